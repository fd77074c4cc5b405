"""The first Ctrl-C ends a run in order, the second at once.

In order means: nothing new begins, and what is under way is waited for and written down. At once is safe, too, since
the journal is made to outlive a kill: what was under way is looked for by the next run. SIGTERM, with which a machine
that goes down asks, counts as Ctrl-C.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from twilio_sms.commands.endings import Ending

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_STDERR = 2
_WAITING = b"\nstopping: waiting for what is under way (again to leave at once)\n"
_LEAVING = b"\x1b[?25h\nleft at once: what was under way is looked for when you resume\n"  # and the cursor is back

Leave = Callable[[int], object]


class Interrupts:
    """Hears the signals. *leave* ends the process at once, *write* writes to stderr, whatever holds its locks."""

    def __init__(self, leave: Leave = os._exit, write: Callable[[int, bytes], object] = os.write) -> None:
        self._leave = leave
        self._write = write
        self._is_asked = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_asked:
            self._write(_STDERR, _LEAVING)
            self._leave(Ending.INTERRUPTED)
        self._is_asked = True
        self._write(_STDERR, _WAITING)
        raise KeyboardInterrupt


@contextmanager
def interruptible(interrupts: Interrupts | None = None) -> Iterator[None]:
    """Let signals interrupt the block; after it they do what they did before. Only for the main thread."""
    hear = interrupts or Interrupts()
    before = {number: signal.signal(number, hear) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
