"""What is due when: a heap. Things due at the same moment happen in the order in which they were planned."""

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from threading import Condition
from typing import NamedTuple

from fake_twilio.domain.message import Event

GRAIN_SECONDS = 0.005  # of real time: who waits sleeps no shorter, so that what is due in one burst is taken at once
Action = Callable[[], Event | None]


class _Entry(NamedTuple):
    due: float
    ordinal: int
    action: Action


class Scheduler:
    """A heap of actions; many threads may plan, one runs them."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._planned = 0
        self._changed = Condition()
        self._closed = False

    def plan(self, due: float, action: Action) -> None:
        """Have *action* run once the time is *due*."""
        with self._changed:
            if self._closed:
                return
            self._planned += 1
            entry = _Entry(due, self._planned, action)
            heapq.heappush(self._entries, entry)
            if self._entries[0] is entry:  # who waits, waits for another moment
                self._changed.notify_all()

    def next_due(self) -> float | None:
        """Return when the next action is due, ``None`` if none is planned."""
        with self._changed:
            return self._entries[0].due if self._entries else None

    def run_due(self, now: float) -> list[Event]:
        """Run what is due, without holding a lock; return what happened, in order.

        If an action raises, those behind it stay planned.
        """
        due = self._take_due(now)
        try:
            return [event for entry in _emptied(due) if (event := entry.action()) is not None]
        finally:
            self._put_back(due)

    def wait_until_due(self, wait_seconds: Callable[[float], float]) -> bool:
        """Wait until the first action is due by *wait_seconds*; return whether the scheduler is still open."""
        with self._changed:
            while not self._closed:
                rest = wait_seconds(self._entries[0].due) if self._entries else 60.0
                if rest <= 0:
                    return True
                self._changed.wait(min(max(rest, GRAIN_SECONDS), 60.0))
        return False

    def wake(self) -> None:
        """Have who waits ask anew how long: the clock runs otherwise than before."""
        with self._changed:
            self._changed.notify_all()

    def close(self) -> None:
        """Plan nothing more and wake who waits; what is planned is dropped."""
        with self._changed:
            self._closed = True
            self._entries.clear()
            self._changed.notify_all()

    def _take_due(self, now: float) -> deque[_Entry]:
        taken: deque[_Entry] = deque()
        with self._changed:
            while self._entries and self._entries[0].due <= now:
                taken.append(heapq.heappop(self._entries))
        return taken

    def _put_back(self, entries: Iterable[_Entry]) -> None:
        with self._changed:
            for entry in () if self._closed else entries:
                heapq.heappush(self._entries, entry)


def _emptied(entries: deque[_Entry]) -> Iterator[_Entry]:
    """Yield the entries from the left, each gone from there before its turn."""
    while entries:
        yield entries.popleft()
