"""What is to be done later: rows that rest, and looks that are due."""

import heapq
from itertools import count

from twilio_sms.bulk.tasks import Task


class Agenda:
    """Tasks by the moment from which on they may be done, in seconds on the monotonic clock."""

    def __init__(self) -> None:
        self._tasks: list[tuple[float, int, Task]] = []
        self._numbers = count()  # tasks cannot be compared: of two with one moment, the earlier comes first

    def __len__(self) -> int:
        return len(self._tasks)

    def add(self, due: float, task: Task) -> None:
        heapq.heappush(self._tasks, (due, next(self._numbers), task))

    def take_due(self, now: float) -> Task | None:
        """Return the task that has been due for longest, or ``None``."""
        if self._tasks and self._tasks[0][0] <= now:
            return heapq.heappop(self._tasks)[2]
        return None

    def wait_seconds(self, now: float) -> float | None:
        """Return how long it is until the next is due; ``None`` if there is none."""
        return max(0.0, self._tasks[0][0] - now) if self._tasks else None
