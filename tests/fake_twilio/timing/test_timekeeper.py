"""Tests of moving the fake through time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.delivery.courier import Courier
from fake_twilio.delivery.webhook import Answer, Webhook
from fake_twilio.delivery.workers import Workers
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Event
from fake_twilio.timing.clock import ManualClock, RealClock
from fake_twilio.timing.scheduler import Scheduler
from fake_twilio.timing.timekeeper import LATEST_MOMENT, Hand, Ticker, TimeError
from tests.fake_twilio.doubles import PATIENCE_SECONDS, START, NothingPending, make_webhook, note, once


class Watch:
    """A hand with its clock, its scheduler, and a log of what ran when."""

    def __init__(self, *dues: float, is_idle: bool = True) -> None:
        self.clock = ManualClock(START)
        self.scheduler = Scheduler()
        self.deliveries = NothingPending(is_idle=is_idle)
        self.hand = Hand(self.clock, self.scheduler, self.deliveries)
        self.log: list[float] = []
        for due in dues:
            self.plan(due)

    def plan(self, due: float) -> None:
        def action() -> Event:
            self.log.append(self.clock.now() - START)
            return Event(self.clock.now(), "SM1", Status.SENT)

        self.scheduler.plan(START + due, action)

    def passed(self) -> float:
        return self.clock.now() - START


@given(st.lists(st.integers(0, 20).map(float)), st.integers(0, 20).map(float))
def test_advance_runs_what_is_due_in_order_at_its_own_moment(dues: list[float], span: float) -> None:
    watch = Watch(*dues)

    events = watch.hand.advance(span)

    assert watch.log == sorted(due for due in dues if due <= span)
    assert [event.at - START for event in events] == watch.log
    assert watch.passed() == span


@given(st.lists(st.integers(0, 20).map(float)), st.integers(0, 20).map(float))
def test_settle_stops_at_the_last_moment_that_is_due(dues: list[float], span: float) -> None:
    watch = Watch(*dues)

    events = watch.hand.settle(span)

    assert [event.at - START for event in events] == sorted(due for due in dues if due <= span)
    assert watch.passed() == max((due for due in dues if due <= span), default=0.0)


def test_settle_stops_as_soon_as_it_is_told_to() -> None:
    watch = Watch(1, 2, 2, 3)

    watch.hand.settle(10, until=lambda: len(watch.log) >= 2)
    events = watch.hand.settle(10, until=lambda: True)

    assert (watch.log, watch.passed(), events) == ([1, 2, 2], 2, [])


def test_settle_goes_on_with_what_is_planned_on_the_way() -> None:
    watch = Watch()
    watch.scheduler.plan(START + 1, lambda: watch.plan(3.0))

    watch.hand.settle(10)

    assert (watch.log, watch.passed()) == ([3.0], 3.0)


def test_settle_ends_although_there_is_always_something_to_come() -> None:
    watch = Watch()

    def again() -> None:
        watch.log.append(watch.passed())
        watch.scheduler.plan(watch.clock.now() + 1, again)

    watch.scheduler.plan(START, again)
    watch.hand.settle(5)

    assert watch.log == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]


def test_what_is_overdue_runs_now_and_the_time_does_not_run_backwards() -> None:
    watch = Watch(-5.0)

    watch.hand.advance(1)

    assert (watch.log, watch.passed()) == ([0.0], 1.0)


def test_the_deliveries_of_each_moment_are_waited_for_and_those_before_the_first() -> None:
    watch = Watch(1.0, 1.0, 2.0)

    watch.hand.advance(5)

    assert watch.deliveries.asked == 3


def test_a_webhook_has_ended_before_the_time_moves_on() -> None:
    watch, seen = Watch(), []

    def post(_webhook: Webhook) -> Answer:
        seen.append(watch.passed())
        return Answer(status=204)

    workers = Workers(2, "test")
    courier = Courier(workers, once(post))
    for due in (1.0, 2.0):
        watch.scheduler.plan(START + due, lambda: courier.deliver(make_webhook()))
    Hand(watch.clock, watch.scheduler, courier).advance(10)
    workers.close()
    assert seen == [1.0, 2.0]


def test_webhooks_that_do_not_end_stop_the_time() -> None:
    watch = Watch(1.0, 2.0, is_idle=False)

    with pytest.raises(TimeError, match="no webhook of this moment ended within 60 s"):
        watch.hand.advance(5)

    assert (watch.log, watch.passed()) == ([], 0.0)


def test_the_time_can_be_moved_again_after_a_failure() -> None:
    watch = Watch(1.0, 2.0, is_idle=False)
    with pytest.raises(TimeError):
        watch.hand.advance(5)

    watch.deliveries.is_idle = True
    watch.hand.advance(5)

    assert (watch.log, watch.passed()) == ([1.0, 2.0], 5.0)


@pytest.mark.parametrize("word", ["advance", "settle"])
def test_who_is_called_while_the_time_moves_cannot_move_it(word: str) -> None:
    watch = Watch()
    refusals: list[str] = []

    def move_again() -> None:
        with pytest.raises(TimeError) as caught:
            getattr(watch.hand, word)(1)
        refusals.append(str(caught.value))

    watch.scheduler.plan(START + 1, move_again)
    watch.hand.advance(5)

    assert refusals == ["the time is being moved already: a webhook cannot move it, nor can two threads"]


def test_a_ticker_runs_what_is_due_by_itself_until_the_scheduler_closes() -> None:
    clock, scheduler, done = RealClock(), Scheduler(), Signal()
    ticker = Ticker(clock, scheduler)
    ticker.start()

    scheduler.plan(clock.now() + 0.01, done.set)

    assert done.wait(PATIENCE_SECONDS)
    scheduler.close()
    ticker.join()
    assert scheduler.wait_until_due(lambda _due: 0.0) is False


def test_a_ticker_runs_in_due_order() -> None:
    clock, scheduler, done = RealClock(speed=1000), Scheduler(), Signal()
    log: list[str] = []
    scheduler.plan(clock.now() + 20, done.set)
    scheduler.plan(clock.now() + 10, note(log, "second"))
    scheduler.plan(clock.now() - 10, note(log, "first"))
    ticker = Ticker(clock, scheduler)

    ticker.start()

    assert done.wait(PATIENCE_SECONDS)
    assert log == ["first", "second"]
    scheduler.close()
    ticker.join()


def test_nothing_happens_while_time_is_frozen_and_it_goes_on_when_it_is_thawed() -> None:
    clock, scheduler, done = RealClock(), Scheduler(), Signal()
    ticker = Ticker(clock, scheduler)
    ticker.start()
    ticker.freeze()

    scheduler.plan(clock.now() - 1, done.set)

    assert not done.wait(0.05)
    ticker.thaw()
    assert done.wait(PATIENCE_SECONDS)
    scheduler.close()
    ticker.join()


def test_a_freeze_waits_for_what_is_happening() -> None:
    clock, scheduler = RealClock(), Scheduler()
    begun, go, log = Signal(), Signal(), []

    def step() -> None:
        begun.set()
        go.wait(PATIENCE_SECONDS)
        log.append("a step ended")

    ticker = Ticker(clock, scheduler)
    scheduler.plan(clock.now(), step)
    ticker.start()
    assert begun.wait(PATIENCE_SECONDS)
    with ThreadPoolExecutor(1) as pool:
        freezing = pool.submit(ticker.freeze)
        go.set()
        freezing.result(PATIENCE_SECONDS)

    assert log == ["a step ended"]
    scheduler.close()
    ticker.join()


def test_who_waits_learns_of_a_new_speed() -> None:
    clock, scheduler, done = RealClock(), Scheduler(), Signal()
    ticker = Ticker(clock, scheduler)
    ticker.start()
    scheduler.plan(clock.now() + 3600, done.set)

    ticker.set_speed(1_000_000)

    assert done.wait(PATIENCE_SECONDS)
    scheduler.close()
    ticker.join()


def test_a_step_that_fails_stops_nobody_elses_time(caplog: pytest.LogCaptureFixture) -> None:
    clock, scheduler, done = RealClock(), Scheduler(), Signal()
    ticker = Ticker(clock, scheduler)
    scheduler.plan(clock.now() - 1, lambda: 1 / 0)
    scheduler.plan(clock.now() + 0.02, done.set)

    ticker.start()

    assert done.wait(PATIENCE_SECONDS)
    assert "a step failed" in caplog.text
    scheduler.close()
    ticker.join()


def test_time_ends_before_the_dates_do() -> None:
    clock = ManualClock(LATEST_MOMENT - 1)
    hand = Hand(clock, Scheduler(), NothingPending())

    hand.advance(1)
    with pytest.raises(TimeError, match="time ends"):
        hand.advance(1)
    assert clock.now() == LATEST_MOMENT


def test_a_span_is_counted_from_its_own_turn() -> None:
    """Nobody may move the time between the moment from which a span is counted and the move itself."""
    refused: list[str] = []

    class Watched(ManualClock):
        def now(self) -> float:
            if not refused:
                refused.append("not")
                with pytest.raises(TimeError) as info:  # what another thread would meet at this point
                    hand.advance(5)
                refused[0] = str(info.value)
            return super().now()

    clock = Watched(START)
    hand = Hand(clock, Scheduler(), NothingPending())
    hand.advance(7)

    assert refused == ["the time is being moved already: a webhook cannot move it, nor can two threads"]
    assert clock.now() == START + 7
