"""Moves the fake through time: by itself on a real clock, by hand on a manual one; `jumper.py` moves an instant one.

By hand means: to the next due moment, everything that is due there, then its webhooks to their end, then on. No lock is
held during a delivery, so the customer may call the API from a webhook.
"""

import logging
from collections.abc import Callable
from threading import Lock, Thread
from typing import Protocol

from fake_twilio.domain.messages.message import Event
from fake_twilio.timing.clock import ManualClock, RealClock
from fake_twilio.timing.scheduler import Scheduler

_log = logging.getLogger("fake_twilio")
LATEST_MOMENT = 253_370_764_800.0  # the year 9999: what happens there still has a date
DELIVERY_SECONDS = 60.0  # real time in which one webhook at least must end; each does by itself within 20 s


class Idle(Protocol):
    """What is waited for before the time moves on."""

    @property
    def is_asked_from_webhook(self) -> bool:
        """Whether who asks is an app that takes a webhook right now: it would wait for itself."""

    @property
    def ended(self) -> int:
        """How many deliveries have come to their end."""

    def wait_until_idle(self, seconds: float) -> bool:
        """Wait until nothing is pending, at most *seconds*; return whether that came about."""


class TimeError(RuntimeError):
    """Time cannot be moved as asked."""


class Ticker:
    """The only thread that moves real time on; who freezes it may count on nothing happening until it is thawed."""

    def __init__(self, clock: RealClock, scheduler: Scheduler) -> None:
        self._clock = clock
        self._scheduler = scheduler
        self._stepping = Lock()
        self._thread = Thread(target=self._tick, name="fake-twilio-ticker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        """Wait for the thread's end; the scheduler must be closed before."""
        self._thread.join()

    def freeze(self) -> None:
        """Let time stand still; what is happening at this moment has happened when this returns."""
        with self._stepping:
            self._clock.freeze()

    def thaw(self) -> None:
        """Let time pass again, from where it stands."""
        self._clock.thaw()
        self._scheduler.wake()

    def set_speed(self, speed: float) -> None:
        """Let time pass *speed* times as fast as outside from now on."""
        self._clock.set_speed(speed)
        self._scheduler.wake()

    def _tick(self) -> None:
        while self._scheduler.wait_until_due(self._clock.wait_seconds):
            with self._stepping:
                if not self._clock.is_frozen:
                    self._step()

    def _step(self) -> None:
        try:
            self._scheduler.run_due(self._clock.now())
        except Exception:  # the outermost door of this thread: time goes on for everyone else
            _log.exception("a step failed")


class Hand:
    """Moves a manual clock, or a real one that stands still."""

    def __init__(self, clock: ManualClock | RealClock, scheduler: Scheduler, deliveries: Idle) -> None:
        self._clock = clock
        self._scheduler = scheduler
        self._deliveries = deliveries
        self._moving = Lock()

    def advance(self, seconds: float) -> list[Event]:
        """Move the time by *seconds*; return what happened, after its webhooks have ended."""
        return self._move(seconds)

    def settle(self, at_most_seconds: float, until: Callable[[], bool] = lambda: False) -> list[Event]:
        """Jump from due moment to due moment until none is left within *at_most_seconds*, or *until* says so."""
        return self._move(at_most_seconds, stop_at_last=True, until=until)

    def _move(
        self, seconds: float, *, stop_at_last: bool = False, until: Callable[[], bool] = lambda: False
    ) -> list[Event]:
        if self._deliveries.is_asked_from_webhook or not self._moving.acquire(blocking=False):
            raise TimeError("the time is being moved already: a webhook cannot move it, nor can two threads")
        try:
            target = _checked(self._clock.now() + seconds)
            events: list[Event] = []
            self._wait_for_deliveries()  # what was replayed, say, belongs to this moment
            while not until() and (due := self._scheduler.next_due()) is not None and due <= target:
                events += self._run(due)
            if not stop_at_last:
                self._clock.move_to(target)
            return events
        finally:
            self._moving.release()

    def _run(self, due: float) -> list[Event]:
        self._clock.move_to(due)
        events = self._scheduler.run_due(due)
        self._wait_for_deliveries()
        return events

    def _wait_for_deliveries(self) -> None:
        """Wait for the webhooks of this moment; many that hang take long, but one after the other they end."""
        ended = self._deliveries.ended
        while not self._deliveries.wait_until_idle(DELIVERY_SECONDS):
            if self._deliveries.ended == ended:
                raise TimeError(f"no webhook of this moment ended within {DELIVERY_SECONDS:g} s")
            ended = self._deliveries.ended


def _checked(moment: float) -> float:
    if moment > LATEST_MOMENT:
        raise TimeError("time ends with the year 9998")
    return moment
