"""Tests of how fast which sender sends where."""

import pytest

from fake_twilio.domain.rules.rates import ELSEWHERE, QUEUE_SECONDS, RATES, Kind, kind_of, segments_per_second

LOCAL, TOLL_FREE, BRITISH, SHORT, NAME = "+14155550100", "+18005550100", "+447700900001", "12345", "INFO"
AMERICAN, CANADIAN, GERMAN = "+14155550199", "+14165550199", "+4915112345678"


@pytest.mark.parametrize(
    ("sender", "kind"),
    [
        (LOCAL, Kind.LONG_CODE),
        (BRITISH, Kind.LONG_CODE),
        (TOLL_FREE, Kind.TOLL_FREE),
        (SHORT, Kind.SHORT_CODE),
        (NAME, Kind.ALPHANUMERIC),
        ("4YOU", Kind.ALPHANUMERIC),
    ],
)
def test_the_kind_of_a_sender_is_seen_from_its_form(sender: str, kind: Kind) -> None:
    assert kind_of(sender) is kind


# Source: Twilio, "Understanding Twilio Rate Limits and Message Queues": segments per second and 10 hours of them.
TABLE = [
    (LOCAL, CANADIAN, 1, 36_000),
    (TOLL_FREE, AMERICAN, 3, 108_000),
    (TOLL_FREE, CANADIAN, 3, 108_000),
    (LOCAL, GERMAN, 10, 360_000),
    (BRITISH, GERMAN, 10, 360_000),
    (NAME, GERMAN, 10, 360_000),
    (SHORT, AMERICAN, 100, 3_600_000),
    (SHORT, CANADIAN, 100, 3_600_000),
    (SHORT, BRITISH, 100, 3_600_000),
]


@pytest.mark.parametrize(("sender", "to", "rate", "queue"), TABLE)
def test_the_table_is_twilios(sender: str, to: str, rate: int, queue: int) -> None:
    assert segments_per_second(sender, to) == rate
    assert segments_per_second(sender, to) * QUEUE_SECONDS == queue


def test_a_long_code_in_the_united_states_sends_one_segment_a_second() -> None:
    # Source: Twilio's page about 30001.
    assert segments_per_second(LOCAL, AMERICAN) == 1
    assert segments_per_second(LOCAL, "+15551234567") == 1  # of no state, but American


def test_every_kind_has_its_row() -> None:
    assert set(RATES) == set(Kind)
    assert segments_per_second(NAME, "+999123456") == ELSEWHERE
