"""The first Ctrl-C ends a run in order, the second at once.

In order means: nothing new begins, and what is under way is waited for and written down. A handler that raised would
break in between any two lines, also those between an answer and its being written down, and leave a row in doubt for
each few times. So it only notes that somebody asked, and the run looks at that note where nothing is half done: when
it tells its progress, and while it sleeps.

At once is safe, too, since the journal is made to outlive a kill: what was under way is looked for by the next run.
SIGTERM, with which a machine that goes down asks, counts as Ctrl-C.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import get_ident
from types import FrameType
from typing import TypeVar

from twilio_sms.clock import Clock
from twilio_sms.commands.endings import Ending

T = TypeVar("T")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_STDERR = 2
_WAITING = b"\nstopping: waiting for what is under way (again to leave at once)\n"
_LEAVING = b"\x1b[?25h\nleft at once: what was under way is looked for when you resume\n"  # and the cursor is back
_LOOK_SECONDS = 0.1


class Stop:
    """Whether somebody asked to stop. *leave* ends the process at once, *write* writes whatever locks are held."""

    def __init__(
        self, leave: Callable[[int], object] = os._exit, write: Callable[[int, bytes], object] = os.write
    ) -> None:
        self._leave = leave
        self._write = write
        self._is_asked = False
        self._is_told = False

    def hear(self, _number: int, _frame: FrameType | None) -> None:
        """Take a signal."""
        if self._is_asked:
            self._write(_STDERR, _LEAVING)
            self._leave(Ending.INTERRUPTED)
        self._is_asked = True
        self._write(_STDERR, _WAITING)

    def check(self) -> None:
        """Raise `KeyboardInterrupt` once, if somebody asked."""
        if self._is_asked and not self._is_told:
            self._is_told = True
            raise KeyboardInterrupt

    def after(self, call: Callable[[T], object]) -> Callable[[T], None]:
        """Return *call* with a check behind it."""

        def call_and_check(value: T) -> None:
            call(value)
            self.check()

        return call_and_check


class StoppableClock:
    """A clock of which the thread that made it does not oversleep a stop; others may be in the middle of a try."""

    def __init__(self, stop: Stop, clock: Clock) -> None:
        self._stop = stop
        self._clock = clock
        self._thread = get_ident()
        self.now = clock.now
        self.monotonic = clock.monotonic
        self.monotonic_ns = clock.monotonic_ns

    def sleep(self, seconds: float) -> None:
        """Wait for *seconds*; raise `KeyboardInterrupt` if somebody asks to stop meanwhile."""
        if get_ident() != self._thread:
            self._clock.sleep(seconds)
            return
        until = self.monotonic() + seconds
        while (left := until - self.monotonic()) > 0:
            self._stop.check()
            self._clock.sleep(min(left, _LOOK_SECONDS))


@contextmanager
def stoppable(stop: Stop | None = None) -> Iterator[Stop]:
    """Let signals ask the block to stop; after it they do what they did before. Only for the main thread."""
    stop = stop or Stop()
    before = {number: signal.signal(number, stop.hear) for number in _SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
