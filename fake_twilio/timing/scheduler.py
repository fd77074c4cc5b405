"""What is due when: a heap. Things due at the same moment happen in the order in which they were planned.

Who plans takes no lock: a request would wait for it as long as the thread that moves the time has the interpreter.
"""

import heapq
import math
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from threading import Condition
from typing import NamedTuple

from fake_twilio.domain.messages.message import Event

GRAIN_SECONDS = 0.005  # of real time: who waits sleeps no shorter, so that what is due in one burst is taken at once
Action = Callable[[], Event | None]


class _Entry(NamedTuple):
    due: float
    ordinal: int
    action: Action


class Scheduler:
    """A heap of actions; many threads may plan, one runs them."""

    def __init__(self) -> None:
        self._arrivals: deque[_Entry] = deque()  # planned, and not yet in the heap
        self._entries: list[_Entry] = []
        self._ordinals = count()
        self._changed = Condition()
        self._awaited = -math.inf  # the moment that is waited for; what is planned before it wakes who waits
        self._closed = False

    def plan(self, due: float, action: Action) -> None:
        """Have *action* run once the time is *due*."""
        if self._closed:
            return
        self._arrivals.append(_Entry(due, next(self._ordinals), action))
        if due < self._awaited:
            self.wake()

    def next_due(self) -> float | None:
        """Return when the next action is due, ``None`` if none is planned."""
        with self._changed:
            self._sort_in()
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
                self._sort_in()
                first = self._entries[0].due if self._entries else math.inf
                rest = wait_seconds(first) if self._entries else 60.0
                if rest <= 0:
                    return True
                self._wait(first, min(max(rest, GRAIN_SECONDS), 60.0))
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

    def _wait(self, moment: float, seconds: float) -> None:
        """Wait for *moment*, unless something arrived before everyone could see that it is waited for."""
        self._awaited = moment
        if not self._arrivals:
            self._changed.wait(seconds)
        self._awaited = -math.inf

    def _sort_in(self) -> None:
        while self._arrivals and not self._closed:
            heapq.heappush(self._entries, self._arrivals.popleft())

    def _take_due(self, now: float) -> deque[_Entry]:
        taken: deque[_Entry] = deque()
        with self._changed:
            self._sort_in()
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
