"""How many messages the users of one process may begin.

A load that ends by time sends as many messages as the machine finds time for; one that ends by count sends so many on
any machine. Each message is taken before it is begun, so that no two users begin the last one.
"""

from collections.abc import Callable
from threading import Lock

from fake_twilio.load.errors import LoadError

MOST_DIGITS = 9  # more than all recipients that a load has


class Allotment:
    """Messages that may be begun; without a limit until one is set. Any number of users may share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._left: int | None = None
        self._on_spent: Callable[[], object] = bool

    def limit_to(self, messages: int, on_spent: Callable[[], object]) -> None:
        """Let *messages* be begun from now on; *on_spent* is told once, by whoever takes the last."""
        with self._lock:
            self._left, self._on_spent = messages, on_spent
        if messages == 0:
            on_spent()

    def take(self, most: int) -> int:
        """Take *most* messages, or as many as are left; return how many those are."""
        with self._lock:
            if self._left is None:
                return most
            taken = min(most, self._left)
            self._left -= taken
            is_last, on_spent = bool(taken) and not self._left, self._on_spent
        if is_last:
            on_spent()
        return taken


def parse_messages(text: str) -> int:
    """Return how many messages *text* says; raises `LoadError` if it says none."""
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS and int(text) > 0:
        return int(text)
    raise LoadError(f"--messages must be a whole number above 0 of {MOST_DIGITS} digits at most, is {text!r}")


def parts_of(messages: int, workers: int) -> list[int]:
    """Return how many of *messages* each worker begins: all of them together, and none two more than another."""
    part, rest = divmod(messages, workers)
    return [part + (place < rest) for place in range(workers)]
