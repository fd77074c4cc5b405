"""Which messages changed lately, numbered, for who wants to see it happen."""

from collections import deque
from itertools import takewhile
from threading import Lock

KEPT = 10_000  # changes; who has not asked for so long begins anew


class Feed:
    """The last changes of all worlds of a fake; their numbers only grow."""

    def __init__(self, kept: int = KEPT) -> None:
        self._lock = Lock()
        self._newest = 0
        self._changes: deque[tuple[int, str]] = deque(maxlen=kept)

    @property
    def newest(self) -> int:
        """The number of the last change."""
        return self._newest

    def note(self, sid: str) -> None:
        """Note that something about the message with this SID changed."""
        with self._lock:
            self._newest += 1
            self._changes.append((self._newest, sid))

    def begin_anew(self) -> None:
        """Note that all there was is gone."""
        with self._lock:
            self._newest += 1
            self._changes.clear()

    def since(self, number: int) -> tuple[str, ...] | None:
        """Return the SIDs that changed after *number*, each once, or ``None`` if that is not known any more."""
        with self._lock:
            if self._newest - number > len(self._changes) or number > self._newest:
                return None
            changed = takewhile(lambda change: change[0] > number, reversed(self._changes))
            return tuple(dict.fromkeys(sid for _, sid in changed))[::-1]
