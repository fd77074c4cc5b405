"""Tests of the fake's clocks."""

import sys
import time
from collections.abc import Callable
from math import inf, nan
from threading import Thread, current_thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.timing.clock import InstantClock, ManualClock, RealClock, monotonic, this_second
from tests.fake_twilio.doubles import PATIENCE_SECONDS

Change = Callable[[RealClock], None]
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.just(RealClock.freeze),
    st.just(RealClock.thaw),
    st.floats(0.001, 1_000_000).map(lambda speed: lambda clock: clock.set_speed(speed)),
)


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


@given(st.lists(st.tuples(st.floats(0, 1e6), CHANGES)))
def test_time_never_runs_backwards_however_the_clock_is_changed(steps: list[tuple[float, Change]]) -> None:
    outside = [0.0]
    clock = RealClock(monotonic=lambda: outside[0])
    shown = [clock.now()]

    for passed, change in steps:
        outside[0] += passed
        shown.append(clock.now())
        change(clock)
        shown.append(clock.now())

    assert shown == sorted(shown)
    assert shown[1::2] == shown[2::2]  # no change moves the time itself


@given(st.lists(st.floats(0, 1e6)))
def test_a_frozen_clock_stands_still_and_nothing_is_due_by_it(spans: list[float]) -> None:
    outside = [0.0]
    clock = RealClock(monotonic=lambda: outside[0])
    clock.freeze()
    moment = clock.now()

    for span in spans:
        outside[0] += span
        assert (clock.is_frozen, clock.now(), clock.wait_seconds(moment)) == (True, moment, inf)


def test_a_thawed_clock_goes_on_from_where_it_stood() -> None:
    outside = [0.0]
    clock = RealClock(monotonic=lambda: outside[0])
    began = clock.now()

    clock.freeze()
    outside[0] = 100.0
    clock.thaw()
    outside[0] = 103.0

    assert clock.now() == pytest.approx(began + 3)


def test_a_new_speed_counts_from_now_on_also_for_who_waits() -> None:
    outside = [0.0]
    clock = RealClock(monotonic=lambda: outside[0])
    began = clock.now()

    outside[0] = 10.0
    clock.set_speed(60)
    outside[0] = 12.0

    assert clock.now() == pytest.approx(began + 130)
    assert clock.wait_seconds(began + 250) == pytest.approx(2)


def test_the_speed_of_a_frozen_clock_counts_once_it_is_thawed() -> None:
    outside = [0.0]
    clock = RealClock(monotonic=lambda: outside[0])
    began = clock.now()

    clock.freeze()
    clock.set_speed(10)
    outside[0] = 5.0
    assert clock.now() == began
    clock.thaw()
    outside[0] = 6.0

    assert clock.now() == pytest.approx(began + 10)


def test_a_running_clock_refuses_a_speed_that_no_clock_can_run_at() -> None:
    with pytest.raises(ValueError, match="speed must be above 0"):
        RealClock().set_speed(0)


def test_an_instant_clock_is_moved_like_a_manual_one() -> None:
    clock = InstantClock(100.0)

    clock.move_to(160.0)

    assert clock.now() == 160.0


@pytest.mark.parametrize("is_freeze_first", [True, False])
def test_two_changes_at_once_both_count(is_freeze_first: bool) -> None:
    """The second one waits for the lock while the first one holds it, and must not bring back what it saw before."""
    first, second = (RealClock.freeze, pace) if is_freeze_first else (pace, RealClock.freeze)
    holder = Thread(target=lambda: first(clock))
    waiter = Thread(target=lambda: second(clock))

    def reading() -> float:
        if current_thread() is holder:
            waiter.start()
            while not is_inside(waiter, "_change_pace"):
                pass
        return 0.0

    clock = RealClock(monotonic=reading)
    holder.start()
    holder.join(PATIENCE_SECONDS)
    waiter.join(PATIENCE_SECONDS)

    assert clock.is_frozen
    clock.thaw()
    assert clock.wait_seconds(clock.now() + 700) == pytest.approx(100)


@pytest.mark.parametrize("change", [lambda clock: clock.set_speed(1000), RealClock.freeze, lambda c: c.move_to(500.0)])
def test_who_asks_while_the_pace_changes_sees_the_moment_of_the_change(change: Change) -> None:
    outside, is_asking = [0.0], [False]

    def reading() -> float:
        moment = outside[0]
        if is_asking[0]:  # the pace is another once this has been read, and time has passed
            is_asking[0] = False
            outside[0] += 10.0
            change(clock)
        return moment

    clock = RealClock(monotonic=reading, start=100.0)
    outside[0] = 50.0
    before = clock.now()
    is_asking[0] = True

    asked = clock.now()

    assert before <= asked <= clock.now()


def pace(clock: RealClock) -> None:
    clock.set_speed(7)


def is_inside(thread: Thread, function: str) -> bool:
    frame = sys._current_frames().get(thread.ident or 0)
    return frame is not None and frame.f_code.co_name == function


def test_a_real_clock_that_stands_still_can_be_moved_and_goes_on_from_there() -> None:
    clock = RealClock(start=1000.0, monotonic=lambda: 5.0)
    clock.freeze()

    clock.move_to(4600.0)
    clock.move_to(2000.0)  # time does not run backwards
    clock.thaw()

    assert clock.now() == 4600.0
