"""Tests of conditions, faults and mischief in words."""

import math

import pytest

from fake_twilio.domain.fate.delays import Delay, Empirical, Fixed, Uniform
from fake_twilio.domain.fate.outcome import PlannedReply, Refuse
from fake_twilio.domain.rules.conditions import Span, When
from fake_twilio.domain.rules.rates import Kind
from fake_twilio.domain.rules.turns import Per, Turn
from fake_twilio.domain.values.patterns import parse_pattern
from fake_twilio.scenario_files.outcomes import ThenPart
from fake_twilio.scenario_tools import words

TIMES = {0: "0s", 0.4: "400ms", 0.0004: "0ms", 1: "1s", 1.5: "1.5s", 3.796: "3.8s", 60: "1m", 90: "90s", 600: "10m"}
TIMES |= {3_600: "1h", 3_600.5: "60m", 86_400: "1d", 1_000_000: "11.6d", 86_400 * 366: "366d"}


@pytest.mark.parametrize(("seconds", "told"), TIMES.items())
def test_times_are_as_in_a_file(seconds: float, told: str) -> None:
    assert words.time(seconds) == told


@pytest.mark.parametrize(
    ("delay", "told"),
    [
        (Fixed(30.0), "30s"),
        (Uniform(1.0, 3.0), "uniform(1s, 3s): half within 2s, 90% within 2.8s"),
    ],
)
def test_what_is_left_to_chance_has_its_median(delay: Delay, told: str) -> None:
    assert words.delay(delay) == told


def test_many_measured_times_are_told_in_part() -> None:
    assert len(words.delay(Empirical((1.0,) * 1_000))) < 110


def test_each_condition_is_told() -> None:
    when = When(
        to=(parse_pattern("+1555*"), parse_pattern("+15550..+15559")),
        body=(parse_pattern("re:^a\x1b"),),
        number_type=frozenset({Kind.TOLL_FREE}),
        country=frozenset({"US", "CA"}),
        segments=Span(2),
        media=Span(1, 1),
    )

    assert list(words.conditions(when)) == [
        'the recipient is "+1555*" or +15550..+15559',
        "the text is re:^a\\x1b",
        "the sender is a toll-free number",
        "the recipient's country is CA or US",
        "segments: 2 or more",
        "media: 1",
    ]


def test_a_long_list_is_told_in_part() -> None:
    (line,) = words.conditions(When(to=tuple(parse_pattern(str(number)) for number in range(10))))

    assert line.endswith('"4" or one of 5 others')


def test_each_turn_is_told() -> None:
    turn = Turn(nth=frozenset({3, 1}), first=5, every=2, per=Per.TO, probability=0.05, since=10, until=300)

    assert list(words.turns(turn)) == [
        "its turn is number 1, 3 and one of the first 5 and every 2nd, counted for each recipient",
        "chance wants it, 5% of the times",
        "the time is from 10s until 5m",
    ]
    assert list(words.turns(Turn(since=10, until=math.inf))) == ["the time is from 10s on"]
    assert list(words.turns(Turn())) == []


def test_refusals_are_told() -> None:
    assert words.refusal(Refuse(21211)) == "refused with code 21211"
    assert words.refusal(Refuse(status=503, retry_after_seconds=3.0)) == "refused with HTTP 503, Retry-After 3s"


def test_faults_callbacks_and_replies_are_told() -> None:
    tree = {
        "fault": {"kind": "reset", "commit": "true", "latency": "2s", "drip": "1s"},
        "callbacks": {
            "order": "shuffled",
            "duplicate": "3",
            "drop": "0.05",
            "late": {"by": "90s", "statuses": ["sent"]},
        },
        "reply": {"body": "YES", "after": "30s"},
    }
    outcome = ThenPart.model_validate(tree).to_outcome()

    assert outcome.fault
    assert outcome.chaos
    assert outcome.reply
    assert words.fault(outcome.fault) == "reset; after the message was taken; latency 2s; drip 1s"
    assert list(words.mischief(outcome.chaos)) == [
        "shuffled",
        "duplicate 3 times",
        "drop 5% of the times",
        "late by 90s of sent",
    ]
    assert words.reply(outcome.reply) == "'YES', 30s after delivered"
    assert words.reply(PlannedReply("", Fixed(0.0), ("http://x.test/",))) == "'' with 1 media, 0s after delivered"
