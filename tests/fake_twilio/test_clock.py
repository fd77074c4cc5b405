"""Tests of the fake's clocks."""

import time
from math import inf, nan

import pytest

from fake_twilio.clock import ManualClock, RealClock, monotonic, this_second


@pytest.mark.parametrize("speed", [0, -1, 1_000_001, inf, nan], ids=repr)
def test_a_speed_that_no_clock_can_run_at_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="speed must be above 0 and at most 1000000"):
        RealClock(speed)


def test_a_real_clock_shows_the_machines_time() -> None:
    assert RealClock().now() == pytest.approx(time.time(), abs=30)


def test_a_fast_clock_runs_ahead_of_the_machine() -> None:
    clock = RealClock(speed=1_000_000)
    began, outside = clock.now(), time.monotonic()

    while (passed := time.monotonic() - outside) == 0:
        pass
    assert clock.now() - began >= passed * 1_000_000


def test_a_thread_waits_less_when_the_time_runs_fast() -> None:
    clock = RealClock(speed=1000)

    assert 0 < clock.wait_seconds(clock.now() + 60_000) <= 60


def test_nobody_waits_for_the_past() -> None:
    clock = RealClock()

    assert clock.wait_seconds(clock.now() - 5) == 0


def test_a_manual_clock_stands_still_until_it_is_moved() -> None:
    clock = ManualClock(100.0)

    assert clock.now() == clock.now() == 100.0
    clock.move_to(160.0)
    assert clock.now() == 160.0


def test_a_manual_clock_does_not_run_backwards() -> None:
    clock = ManualClock(100.0)

    clock.move_to(40.0)

    assert clock.now() == 100.0


def test_what_a_manual_clock_has_not_reached_is_never_due_by_itself() -> None:
    clock = ManualClock(100.0)

    assert (clock.wait_seconds(99.0), clock.wait_seconds(100.0), clock.wait_seconds(100.5)) == (0.0, 0.0, inf)


def test_this_second_is_whole() -> None:
    assert this_second() == int(this_second())
    assert this_second() == pytest.approx(time.time(), abs=30)


def test_monotonic_seconds_only_grow() -> None:
    readings = [monotonic() for _ in range(100)]

    assert readings == sorted(readings)
