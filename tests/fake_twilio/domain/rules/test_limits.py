"""Tests of what a world lets through."""

from fractions import Fraction

import pytest

from fake_twilio.domain.rules.limits import UNLIMITED, Limits, Pace, SenderLimit
from fake_twilio.domain.values.patterns import Glob
from tests.fake_twilio.doubles import RECIPIENT, SENDER

FAST = SenderLimit((Glob("+1415*"), Glob("FAST")), Fraction(30))
SHORT_QUEUE = SenderLimit((Glob("+1*"),), queue_seconds=60.0)
LIMITS = Limits(paces_senders=True, senders=(FAST, SHORT_QUEUE))


@pytest.mark.parametrize(
    ("sender", "pace"),
    [
        ("+14155550100", Pace(Fraction(30), 36_000)),
        ("FAST", Pace(Fraction(30), 36_000)),
        (SENDER, Pace(Fraction(1), 60.0)),
        ("12345", Pace(Fraction(100), 36_000)),
    ],
    ids=["of the first limit", "of its other pattern", "of the table, in a queue of its own", "of the table"],
)
def test_the_first_limit_that_matches_counts_and_else_the_table(sender: str, pace: Pace) -> None:
    assert LIMITS.pace(sender, RECIPIENT) == pace


def test_without_limits_nobody_is_paced_and_all_requests_are_taken() -> None:
    assert (UNLIMITED.paces_senders, UNLIMITED.concurrency) == (False, None)


def test_what_goes_for_a_sender_is_known_before_it_is_known_where_to() -> None:
    assert LIMITS.of("FAST") is FAST
    assert LIMITS.of("12345") == SenderLimit(())
