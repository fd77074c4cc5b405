"""Tests of the time that jumps."""

from collections.abc import Iterator
from threading import Event as Signal

import pytest

from fake_twilio.delivery.courier import Courier
from fake_twilio.delivery.webhook import Answer, Webhook
from fake_twilio.delivery.workers import Workers
from fake_twilio.timing.activity import Activity
from fake_twilio.timing.clock import InstantClock, monotonic
from fake_twilio.timing.jumper import Jumper
from fake_twilio.timing.scheduler import Scheduler
from tests.fake_twilio.doubles import PATIENCE_SECONDS, START, GatedPost, make_webhook

A_WHILE = 0.05  # how long a test looks for what must not happen


class Run:
    """A jumper with its clock and everything that it watches, and a log of what ran when."""

    def __init__(self) -> None:
        self.clock = InstantClock(START)
        self.scheduler = Scheduler()
        self.activity = Activity(monotonic)
        self.gated = GatedPost()
        self.workers = Workers(4, "test-webhook")
        self.courier = Courier(self.workers, self.post)
        self.log: list[tuple[str, float]] = []
        self.done = Signal()
        self.jumper = Jumper(self.clock, self.scheduler, self.courier, self.activity)
        self.jumper.start()

    def note(self, what: str) -> None:
        self.log.append((what, self.clock.now() - START))

    def post(self, webhook: Webhook) -> Answer:
        answer = self.gated.post(webhook) if webhook.token in self.gated.gates else Answer(status=204)
        self.note(webhook.token)
        return answer

    def plan(self, *dues: float, name: str = "step", webhook: str | None = None) -> None:
        for due in dues:
            self.scheduler.plan(START + due, lambda: self._step(name, webhook))
        self.scheduler.plan(START + max(dues), self.done.set)

    def _step(self, name: str, webhook: str | None) -> None:
        self.note(name)
        if webhook:
            self.courier.deliver(make_webhook(token=webhook))

    def end(self) -> None:
        self.scheduler.close()
        self.activity.close()
        self.jumper.join()
        self.courier.close()
        self.workers.close()


@pytest.fixture
def run() -> Iterator[Run]:
    made = Run()
    yield made
    made.end()


def test_a_day_passes_by_itself_one_moment_at_a_time_and_in_order(run: Run) -> None:
    run.plan(86_400.0, 1.0, 3600.0)

    assert run.done.wait(PATIENCE_SECONDS)
    assert run.log == [("step", 1.0), ("step", 3600.0), ("step", 86_400.0)]
    assert run.clock.now() == START + 86_400


def test_without_anything_to_come_time_stands_still(run: Run) -> None:
    run.plan(5.0)
    assert run.done.wait(PATIENCE_SECONDS)

    assert run.clock.now() == START + 5


def test_time_stands_still_while_a_request_is_being_answered(run: Run) -> None:
    with run.activity.request(is_work=True):
        run.plan(1.0)

        assert not run.done.wait(A_WHILE)
        assert run.clock.now() == START
    assert run.done.wait(PATIENCE_SECONDS)


def test_the_webhooks_of_a_moment_end_before_the_next(run: Run) -> None:
    run.gated.expect("slow")
    run.plan(1.0, webhook="slow")
    assert run.gated.has_begun["slow"].wait(PATIENCE_SECONDS)
    run.done.clear()

    run.plan(2.0, name="later")

    assert not run.done.wait(A_WHILE)
    run.gated.gates["slow"].set()
    assert run.done.wait(PATIENCE_SECONDS)
    assert run.log == [("step", 1.0), ("slow", 1.0), ("later", 2.0)]


def test_a_webhook_that_a_request_caused_is_waited_for_too(run: Run) -> None:
    run.gated.expect("canceled")
    with run.activity.request(is_work=True):
        run.plan(1.0)
        run.courier.deliver(make_webhook(token="canceled"))

    assert not run.done.wait(A_WHILE)
    run.gated.gates["canceled"].set()
    assert run.done.wait(PATIENCE_SECONDS)
    assert run.log == [("canceled", 0.0), ("step", 1.0)]


def test_a_step_that_fails_stops_nobody_elses_time(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    run.scheduler.plan(START + 1, lambda: 1 / 0)
    run.plan(2.0)

    assert run.done.wait(PATIENCE_SECONDS)
    assert "a step failed" in caplog.text


def test_nothing_happens_while_time_is_frozen_and_it_goes_on_when_it_is_thawed(run: Run) -> None:
    run.jumper.freeze()
    run.plan(1.0)

    assert not run.done.wait(A_WHILE)
    assert run.clock.now() == START
    run.jumper.thaw()
    assert run.done.wait(PATIENCE_SECONDS)


def test_a_freeze_counts_also_for_who_waits_for_stillness_already(run: Run) -> None:
    with run.activity.request(is_work=True):
        run.plan(1.0)
        assert not run.done.wait(A_WHILE)
        run.jumper.freeze()

    assert not run.done.wait(A_WHILE)
    assert (run.log, run.clock.now()) == ([], START)


def test_it_ends_although_a_webhook_hangs(run: Run) -> None:
    run.gated.expect("hanging")
    run.plan(1.0, webhook="hanging")
    assert run.gated.has_begun["hanging"].wait(PATIENCE_SECONDS)

    run.end()

    run.gated.gates["hanging"].set()
