"""What waits for its moment because of a message, unless that is forgotten before."""

from collections.abc import Callable, Container
from functools import partial
from itertools import count
from threading import Lock

from fake_twilio.timing.scheduler import Scheduler


class Postponed:
    """Plans actions, each for a message; many threads may plan and forget."""

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler
        self._waiting: dict[int, str] = {}  # SIDs, by the number of the action
        self._numbers = count()
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many actions wait."""
        return len(self._waiting)

    def plan(self, due: float, message_sid: str, action: Callable[[], None]) -> None:
        """Have *action* run once the time is *due*."""
        with self._lock:
            number = next(self._numbers)
            self._waiting[number] = message_sid
        self._scheduler.plan(due, partial(self._fall_due, number, action))

    def forget(self, message_sids: Container[str]) -> None:
        """Let nothing happen that waits because of these messages."""
        with self._lock:
            self._waiting = {number: sid for number, sid in self._waiting.items() if sid not in message_sids}

    def _fall_due(self, number: int, action: Callable[[], None]) -> None:
        with self._lock:
            is_wanted = self._waiting.pop(number, None) is not None
        if is_wanted:
            action()
