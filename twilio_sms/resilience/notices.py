"""Changes are told to listeners in order, and never under a lock.

Who makes a change puts it in the queue under its own lock, which settles the order, and tells it after that lock is
free. Only one thread tells at a time: another one that comes meanwhile leaves its change to the first, and so does a
listener that makes a change itself.
"""

import logging
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock
from typing import Generic, TypeVar

C = TypeVar("C")
_log = logging.getLogger("twilio_sms")


class Notices(Generic[C]):
    """The changes that wait to be told, and who is to be told."""

    def __init__(self, listeners: Iterable[Callable[[C], None]]) -> None:
        self._listeners = tuple(listeners)
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what waits; for a child process, whose parent tells it."""
        self._lock = Lock()
        self._waiting: deque[C] = deque()
        self._is_telling = False

    def put(self, change: C) -> None:
        """Let *change* be told by the next `tell`; waits for nobody."""
        self._waiting.append(change)

    def tell(self) -> None:
        """Tell what waits, unless another call is at it: then that one tells it all."""
        is_mine = False
        try:
            with self._lock:
                if self._is_telling:
                    return
                is_mine = self._is_telling = True
            while (change := self._next()) is not None:
                self._tell_all(change)
        except BaseException:
            if is_mine:
                self._is_telling = False  # what still waits is told with the next change
            raise

    def _next(self) -> C | None:
        """Take the first change, or end the telling: both in one, so that no change is left between two threads."""
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._is_telling = False
            return None

    def _tell_all(self, change: C) -> None:
        for listener in self._listeners:
            try:
                listener(change)
            except Exception:  # a stranger's code: what is wrong with it must not harm the call
                with suppress(Exception):  # where the log is broken, too, nobody is left to tell
                    _log.exception("a listener failed; it is ignored")
