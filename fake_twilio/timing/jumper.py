"""Moves an instant clock: to the next due moment, as soon as nothing is left to do at this one.

Nothing left to do means: for 5 ms of real time no request was being answered, but for those that only read, and no
webhook was under way. So code that polls, or waits for a callback, sees a day pass within milliseconds, while code that
sends several messages in a row sends them all at the same moment.
"""

import logging
from threading import Lock, Thread

from fake_twilio.timing.activity import Activity
from fake_twilio.timing.clock import InstantClock
from fake_twilio.timing.scheduler import Scheduler
from fake_twilio.timing.timekeeper import Idle

_log = logging.getLogger("fake_twilio")
QUIET_SECONDS = 0.005
PATIENCE_SECONDS = 1.0  # with requests that never pause; then time moves on between two of them
GLANCE_SECONDS = 0.05  # how often a wait for webhooks looks up, so that it ends with the run


class Jumper:
    """The only thread that moves an instant clock: one moment at a time, its webhooks to their end before the next."""

    def __init__(self, clock: InstantClock, scheduler: Scheduler, deliveries: Idle, activity: Activity) -> None:
        self._clock = clock
        self._scheduler = scheduler
        self._deliveries = deliveries
        self._activity = activity
        self._ended = 0
        self._is_frozen = False
        self._stepping = Lock()
        self._thread = Thread(target=self._jump, name="fake-twilio-jumper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self) -> None:
        """Wait for the thread's end; the scheduler and the activity must be closed before."""
        self._thread.join()

    def freeze(self) -> None:
        """Let time stand still; what is happening at this moment has happened when this returns."""
        with self._stepping:
            self._is_frozen = True

    def thaw(self) -> None:
        """Let time jump again."""
        with self._stepping:
            self._is_frozen = False
        self._scheduler.wake()

    def _jump(self) -> None:
        while self._scheduler.wait_until_due(self._wait_seconds):
            self._deliveries.wait_until_idle(GLANCE_SECONDS)
            if self._note_deliveries():
                continue
            with self._activity.stillness(QUIET_SECONDS, PATIENCE_SECONDS) as is_still:
                if is_still and not self._note_deliveries():
                    self._step()

    def _wait_seconds(self, _due: float) -> float:
        return float("inf") if self._is_frozen else 0.0

    def _note_deliveries(self) -> bool:
        """Return whether a webhook is under way, or has ended since the last look; if so, the quiet begins anew."""
        before, self._ended = self._ended, self._deliveries.ended
        if self._ended == before and self._deliveries.wait_until_idle(0):
            return False
        self._activity.note_work()
        return True

    def _step(self) -> None:
        """Go to the next due moment, and run what is due there."""
        with self._stepping:
            due = self._scheduler.next_due()
            if due is None or self._is_frozen:
                return
            self._clock.move_to(due)
            self._run_due(due)
        self._activity.note_work()

    def _run_due(self, due: float) -> None:
        try:
            self._scheduler.run_due(due)
        except Exception:  # the outermost door of this thread: time goes on for everyone else
            _log.exception("a step failed")
