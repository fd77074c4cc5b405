"""What is to be done later: rows that rest, and looks that are due."""

import heapq
from itertools import count
from typing import NamedTuple

from twilio_sms.bulk.tasks import Task


class _Entry(NamedTuple):
    due: float
    number: int  # tasks cannot be compared: of two with one moment, the earlier comes first
    task: Task
    ends_with_pause: bool


class Agenda:
    """Tasks by the moment from which on they may be done, in seconds on the monotonic clock."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []  # a heap
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, due: float, task: Task, *, ends_with_pause: bool = False) -> None:
        heapq.heappush(self._entries, _Entry(due, next(self._numbers), task, ends_with_pause))

    def end_pause(self, now: float) -> None:
        """Have what waits for the end of a pause be due *now*, in the order in which it came."""
        self._entries = [
            entry._replace(due=min(entry.due, now)) if entry.ends_with_pause else entry for entry in self._entries
        ]
        heapq.heapify(self._entries)

    def take_due(self, now: float) -> Task | None:
        """Return the task that has been due for longest, or ``None``."""
        if self._entries and self._entries[0].due <= now:
            return heapq.heappop(self._entries).task
        return None

    def wait_seconds(self, now: float) -> float | None:
        """Return how long it is until the next is due; ``None`` if there is none."""
        return max(0.0, self._entries[0].due - now) if self._entries else None
