"""A journey's waits never outlast its deadline."""

import pytest

from tests.doubles import HandClock
from twilio_sms.transport.journey import Journey, JourneyTimeout
from twilio_sms.transport.wire import Timeouts

TIMES = Timeouts(connect_seconds=3, read_seconds=10, total_seconds=30)


def test_a_wait_takes_no_longer_than_the_deadline_leaves() -> None:
    clock = HandClock()
    journey = Journey(TIMES, clock.monotonic)

    clock.sleep(25)

    assert journey.left(10) == 5
    assert journey.left(3) == 3


def test_after_the_deadline_nothing_is_waited_for() -> None:
    clock = HandClock()
    journey = Journey(TIMES, clock.monotonic)
    clock.sleep(30)

    with pytest.raises(TimeoutError, match="longer than 30 s in total"):
        journey.left(1)


def test_a_time_out_before_the_deadline_stays_what_it_is() -> None:
    error = TimeoutError("timed out")

    assert Journey(TIMES, HandClock().monotonic).too_late(error) is error


def test_a_copied_timeout_has_the_same_journey_and_less_time() -> None:
    clock = HandClock()
    timeout = JourneyTimeout(Journey(TIMES, clock.monotonic))
    clock.sleep(28)

    copy = timeout.clone()

    assert copy.journey is timeout.journey
    assert (copy.connect_timeout, copy.read_timeout) == (2, 2)


def test_a_journey_may_be_given_the_deadline_of_a_longer_one() -> None:
    clock = HandClock()
    clock.sleep(20)

    assert Journey(TIMES, clock.monotonic, deadline=24).left(10) == 4
