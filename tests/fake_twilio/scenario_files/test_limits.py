"""Tests of what a scenario file may say about limits."""

from fractions import Fraction

import pytest

from fake_twilio.domain.rules.limits import UNLIMITED, Limits, SenderLimit
from fake_twilio.domain.values.patterns import Glob, NumberRange
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError


def parse(limits: str) -> Limits:
    return parse_scenario(f"about: x.\nlimits: {limits}\ndefaults: {{timeline: []}}\n").limits


def test_nothing_is_limited_unless_it_is_said() -> None:
    assert parse_scenario("about: x.\ndefaults: {timeline: []}\n").limits == UNLIMITED
    assert parse("{}") == parse("{senders: false}") == UNLIMITED


def test_the_table_of_twilios_can_be_taken_as_it_is() -> None:
    assert parse("{senders: true, concurrency: 10}") == Limits(paces_senders=True, concurrency=10)


def test_senders_that_differ_from_the_table_are_listed() -> None:
    limits = parse("""
  senders:
    - {from: +1500*, rate: 0.1, queue: 10s}
    - {from: [SHOP, +14155550100..+14155550199]}""")

    assert limits == Limits(
        paces_senders=True,
        senders=(
            SenderLimit((Glob("+1500*"),), Fraction(1, 10), 10.0),
            SenderLimit((Glob("SHOP"), NumberRange("+14155550100", "+14155550199")), None, 36_000),
        ),
    )


A_RATE = "wanted segments per second such as 0.5 or 30, above 0 and at most 10000"
A_COUNT = "wanted how many requests at one time, from 1 to 9999"
SENDERS = "wanted true for Twilio's table, false, or a list of senders that differ from it"
WRONG = [
    ("yes", "2:9: limits: wanted keys and values"),
    ("{sender: true}", "2:10: limits.sender: no such key; did you mean senders?"),
    ("{senders: yes}", f"2:19: limits.senders: {SENDERS}"),
    ("{senders: []}", f"2:19: limits.senders: {SENDERS}"),
    ("{senders: {from: a}}", f"2:19: limits.senders: {SENDERS}"),
    ("{senders: [{rate: 1}]}", "2:20: limits.senders.0.from: this key is missing"),
    ("{senders: [{from: a, rat: 1}]}", "2:30: limits.senders.0.rat: no such key; did you mean rate?"),
    ("{senders: [{from: a, rate: 0}]}", f"limits.senders.0.rate: {A_RATE}"),
    ("{senders: [{from: a, rate: 1/2}]}", f"limits.senders.0.rate: {A_RATE}"),
    ("{senders: [{from: a, rate: 10001}]}", f"limits.senders.0.rate: {A_RATE}"),
    ("{senders: [{from: a, rate: [1]}]}", f"limits.senders.0.rate: {A_RATE}"),
    (
        "{senders: [{from: a, queue: 0s}]}",
        "limits.senders.0.queue: wanted a queue of more than 0s: in none there is room for a message",
    ),
    ("{concurrency: 0}", f"2:23: limits.concurrency: {A_COUNT}"),
    ("{concurrency: 1.5}", f"limits.concurrency: {A_COUNT}"),
    ("{concurrency: [1]}", f"limits.concurrency: {A_COUNT}"),
]


@pytest.mark.parametrize(("limits", "told"), WRONG, ids=[limits for limits, _ in WRONG])
def test_what_is_wrong_is_told_with_its_place(limits: str, told: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(limits)

    (problem,) = caught.value.problems
    assert problem.endswith(told)
