"""Tests of the clock that is moved by hand."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

from twilio_sms.errors import ValidationError
from twilio_sms.simulation.manual_clock import ManualClock

START = datetime(2026, 5, 1, tzinfo=UTC)


def test_who_sleeps_moves_the_clock_and_nobody_waits() -> None:
    clock = ManualClock(START)

    clock.sleep(3600)
    clock.advance(0.5)

    assert clock.now() == START + timedelta(seconds=3600.5)
    assert (clock.monotonic(), clock.monotonic_ns()) == (3600.5, 3_600_500_000_000)


def test_it_begins_now_unless_it_is_told_when() -> None:
    assert abs(ManualClock().now() - datetime.now(UTC)) < timedelta(seconds=60)


def test_it_never_rests_shorter_than_it_was_asked_to() -> None:
    clock = ManualClock(START)

    clock.sleep(1e-10)

    assert clock.monotonic_ns() == 1


@pytest.mark.parametrize("seconds", [-1, float("inf"), float("nan")])
def test_it_does_not_go_back(seconds: float) -> None:
    with pytest.raises(ValidationError, match="moves on"):
        ManualClock(START).advance(seconds)


def test_a_start_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="time zone"):
        ManualClock(datetime(2026, 5, 1))


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("eager_threads")
def test_what_many_threads_sleep_adds_up() -> None:
    clock = ManualClock(START)
    threads = [Thread(target=lambda: [clock.sleep(0.001) for _ in range(5000)]) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert clock.monotonic_ns() == 20_000_000_000
