"""Tests of what is due when."""

from concurrent.futures import ThreadPoolExecutor
from math import inf
from threading import Barrier, Thread
from threading import Event as Signal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Event
from fake_twilio.timing.scheduler import Scheduler
from tests.fake_twilio.doubles import PATIENCE_SECONDS, note

DUES = st.lists(st.integers(0, 5).map(float), max_size=30)


def event(at: float) -> Event:
    return Event(at, "SM1", Status.SENT)


@given(DUES, st.integers(0, 5).map(float))
def test_what_is_due_runs_in_due_order_and_ties_in_plan_order(dues: list[float], now: float) -> None:
    scheduler = Scheduler()
    log: list[tuple[float, int]] = []
    for number, due in enumerate(dues):
        scheduler.plan(due, note(log, (due, number)))

    scheduler.run_due(now)

    assert log == sorted((due, number) for number, due in enumerate(dues) if due <= now)
    assert scheduler.next_due() == min((due for due in dues if due > now), default=None)


def test_what_happened_is_returned_in_order() -> None:
    scheduler = Scheduler()
    scheduler.plan(2.0, note([], "late", event(2.0)))
    scheduler.plan(1.5, note([], "nothing", None))
    scheduler.plan(1.0, note([], "early", event(1.0)))

    assert scheduler.run_due(2.0) == [event(1.0), event(2.0)]
    assert scheduler.run_due(2.0) == []


def test_an_action_may_plan_the_next_one() -> None:
    scheduler = Scheduler()
    log: list[str] = []
    scheduler.plan(1.0, lambda: scheduler.plan(1.0, note(log, "second")))

    scheduler.run_due(1.0)

    assert (log, scheduler.next_due()) == ([], 1.0)
    scheduler.run_due(1.0)
    assert log == ["second"]


def test_actions_run_without_a_lock() -> None:
    scheduler = Scheduler()
    seen: list[float | None] = []

    def ask_from_another_thread() -> None:
        asking = Thread(target=lambda: seen.append(scheduler.next_due()))
        asking.start()
        asking.join(PATIENCE_SECONDS)

    scheduler.plan(1.0, ask_from_another_thread)
    scheduler.plan(9.0, note([], "later"))
    scheduler.run_due(1.0)

    assert seen == [9.0]


def test_nobody_waits_for_what_is_due() -> None:
    scheduler = Scheduler()
    scheduler.plan(1.0, note([], "x"))

    assert scheduler.wait_until_due(lambda due: due - 1.0) is True


def test_a_new_action_wakes_who_waits() -> None:
    scheduler, asked = Scheduler(), Signal()

    def wait_seconds(due: float) -> float:
        asked.set()
        return inf if due > 1 else 0.0

    scheduler.plan(9.0, note([], "far away"))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(scheduler.wait_until_due, wait_seconds)
        assert asked.wait(PATIENCE_SECONDS)
        scheduler.plan(1.0, note([], "at once"))
        assert waiting.result(PATIENCE_SECONDS) is True


def test_what_arrives_while_it_is_asked_how_long_is_not_slept_through() -> None:
    scheduler = Scheduler()

    def wait_seconds(due: float) -> float:
        if due == 9.0:
            scheduler.plan(1.0, note([], "at once"))  # what is far away was the first one a moment ago
        return inf if due == 9.0 else 0.0

    scheduler.plan(9.0, note([], "far away"))
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(scheduler.wait_until_due, wait_seconds).result(PATIENCE_SECONDS) is True


def test_who_waits_asks_anew_when_it_is_woken() -> None:
    scheduler, asked = Scheduler(), Signal()
    rests = [inf, 0.0]

    def wait_seconds(_due: float) -> float:
        asked.set()
        return rests.pop(0)

    scheduler.plan(9.0, note([], "far away"))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(scheduler.wait_until_due, wait_seconds)
        assert asked.wait(PATIENCE_SECONDS)
        scheduler.wake()
        assert waiting.result(PATIENCE_SECONDS) is True


def test_closing_wakes_who_waits_for_anything_at_all() -> None:
    scheduler = Scheduler()
    begins = Barrier(2)

    def wait() -> bool:
        begins.wait(PATIENCE_SECONDS)
        return scheduler.wait_until_due(lambda _due: 0.0)

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(wait)
        begins.wait(PATIENCE_SECONDS)
        scheduler.close()

        assert waiting.result(PATIENCE_SECONDS) is False


def test_closing_drops_what_is_planned() -> None:
    scheduler = Scheduler()
    log: list[str] = []
    scheduler.plan(1.0, note(log, "never"))

    scheduler.close()

    assert (scheduler.next_due(), scheduler.run_due(9.0), log) == (None, [], [])
    assert scheduler.wait_until_due(lambda _due: 0.0) is False


def test_a_closed_scheduler_plans_nothing_more() -> None:
    scheduler = Scheduler()
    scheduler.close()

    scheduler.plan(1.0, note([], "never"))

    assert scheduler.next_due() is None


def test_many_threads_may_plan() -> None:
    scheduler = Scheduler()
    log: list[int] = []
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: scheduler.plan(float(number % 7), note(log, number)), range(400)))

    scheduler.run_due(7.0)

    assert sorted(log) == list(range(400))


def test_what_stands_behind_an_accident_is_not_lost() -> None:
    scheduler = Scheduler()
    log: list[str] = []
    scheduler.plan(1.0, note(log, "before"))
    scheduler.plan(1.0, lambda: [][0])
    scheduler.plan(1.0, note(log, "behind"))
    with pytest.raises(IndexError):
        scheduler.run_due(1.0)

    scheduler.run_due(1.0)

    assert log == ["before", "behind"]
