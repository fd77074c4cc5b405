"""Who stands in line waits for all before it, and for nobody behind it."""

import pytest

from twilio_sms.resilience.token_bucket import Rate, TokenBucket
from twilio_sms.resilience.turnstile import TURN_NS, Turnstile

SECOND = 1_000_000_000


@pytest.fixture
def turnstile() -> Turnstile:
    return Turnstile(TokenBucket.empty(Rate(1, 5), 0))


def test_without_a_line_the_bucket_alone_decides(turnstile):
    assert turnstile.wait_ns(2, 7, 0) == 2 * SECOND
    assert turnstile.wait_ns(2, 7, 2 * SECOND) == 0


def test_a_later_ticket_waits_for_all_before_it(turnstile):
    turnstile.join(1, 2)
    turnstile.join(2, 3)

    assert turnstile.wait_ns(4, 3, 0) == (2 + 3 + 4) * SECOND


def test_an_earlier_ticket_waits_for_nobody_behind_it(turnstile):
    turnstile.join(2, 3)

    assert turnstile.wait_ns(1, 1, 0) == 1 * SECOND


def test_a_ticket_does_not_wait_for_itself(turnstile):
    turnstile.join(1, 2)

    assert turnstile.wait_ns(2, 1, 2 * SECOND) == 0


def test_tokens_for_all_are_no_reason_to_overtake(turnstile):
    turnstile.join(1, 1)

    assert turnstile.wait_ns(1, 2, 5 * SECOND) == TURN_NS


def test_a_place_that_was_given_up_holds_nobody_up(turnstile):
    turnstile.join(1, 4)
    turnstile.leave(1)
    turnstile.leave(1)

    assert turnstile.wait_ns(1, 2, 1 * SECOND) == 0
    assert turnstile.waiting == 0


def test_joining_twice_is_one_place(turnstile):
    turnstile.join(1, 2)
    turnstile.join(1, 2)

    assert turnstile.waiting == 1


def test_it_is_idle_when_it_is_full_and_nobody_waits(turnstile):
    assert not turnstile.is_idle(4 * SECOND)
    assert turnstile.is_idle(5 * SECOND)

    turnstile.join(1, 1)

    assert not turnstile.is_idle(5 * SECOND)
