import math
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.load.arrivals import constant_arrivals, parse_rate
from fake_twilio.load.errors import LoadError
from fake_twilio.load.histogram import Histogram
from tests.fake_twilio.load.doubles import HandClock

SERVICE_SECONDS = 0.01
STALL = (5.0, 6.0)


def ended(began: float) -> float:
    """Return when a server answers that takes 10 ms, and stands still for one second."""
    return max(began, STALL[1] if STALL[0] <= began < STALL[1] else began) + SERVICE_SECONDS


def load_for_ten_seconds(rate: float) -> tuple[Histogram, Histogram, int]:
    """Return durations from the schedule, durations as a user that waits sees them, and how many tasks there were."""
    clock, user = HandClock(), SimpleNamespace(began=0.0, due=None)
    wait_time = constant_arrivals(rate, now=clock)
    from_schedule, as_seen = Histogram(), Histogram()
    while clock.seconds < 10:
        began = clock.seconds
        clock.seconds = ended(began)
        from_schedule.record(clock.seconds - (began if user.due is None else user.due))
        as_seen.record(clock.seconds - began)
        clock.seconds += wait_time(user)
    return from_schedule, as_seen, as_seen.count


def test_a_stall_is_seen_by_all_who_would_have_come_meanwhile() -> None:
    from_schedule, as_seen, _ = load_for_ten_seconds(rate=50)

    assert from_schedule.quantile(0.99) > 0.8
    assert from_schedule.quantile(0.95) > 0.5
    assert as_seen.quantile(0.99) == pytest.approx(SERVICE_SECONDS, rel=0.01)  # one slow request of five hundred


def test_after_a_stall_no_task_is_left_out() -> None:
    assert load_for_ten_seconds(rate=50)[2] == 500


@given(st.floats(0.1, 1000), st.lists(st.floats(0, 3), min_size=1, max_size=30))
def test_each_task_is_due_by_the_schedule_whatever_those_before_took(rate: float, takes: list[float]) -> None:
    clock, user = HandClock(), SimpleNamespace(began=0.0)
    wait_time = constant_arrivals(rate, now=clock)

    for number, seconds in enumerate(takes, start=1):
        clock.seconds += seconds
        rest = wait_time(user)

        assert user.due == pytest.approx(number / rate)
        assert rest == pytest.approx(max(0.0, number / rate - clock.seconds))
        clock.seconds += rest


def test_a_user_without_a_beginning_begins_at_the_first_end_of_a_task() -> None:
    clock, user = HandClock(), SimpleNamespace()
    clock.seconds = 7.0

    assert constant_arrivals(2, now=clock)(user) == 0.5
    assert (user.began, user.due) == (7.0, 7.5)


def test_users_of_one_class_have_schedules_of_their_own() -> None:
    wait_time = constant_arrivals(1, now=HandClock())
    one, another = SimpleNamespace(began=0.0), SimpleNamespace(began=0.0)

    wait_time(one)

    assert [wait_time(one), wait_time(another)] == [2.0, 1.0]


@pytest.mark.parametrize("rate", [0, -1, math.inf, math.nan, "2", None, True])
def test_what_is_no_rate_is_refused(rate: Any) -> None:
    with pytest.raises(LoadError, match="a rate must be tasks a second and above 0"):
        constant_arrivals(rate)


@pytest.mark.parametrize(("text", "rate"), [("2", 2.0), ("0.5", 0.5), (" 1e2 ", 100.0)])
def test_a_rate_is_read(text: str, rate: float) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["", "x", "0", "-1", "inf", "nan"])
def test_what_is_no_rate_is_not_read(text: str) -> None:
    with pytest.raises(LoadError, match="a rate must be tasks a second and above 0"):
        parse_rate(text)
