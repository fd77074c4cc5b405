"""Stops two numbers that answer each other for ever.

Source: Twilio, error dictionary, 14107, of 2026: what comes after 30 replies between two numbers within 30 seconds
fails, and so does what comes in the 30 seconds that follow. Earlier editions count replies less than 30 seconds after
one another instead, and up to 15 or 20. Inferred: it is replies that count and fail, not what is sent through the API,
which Twilio names among the causes.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field

MAX_REPLIES = 30
WITHIN_SECONDS = 30.0
HELD_SECONDS = 30.0
MAX_PAIRS = 100_000  # those who wrote to each other last


@dataclass(slots=True)
class _Pair:
    """When replies between two numbers were sent, and until when no others are."""

    sent: deque[float] = field(default_factory=lambda: deque(maxlen=MAX_REPLIES))
    held_until: float = float("-inf")


class ReplyLimit:
    """Counts replies by pair of numbers. Not locked: one thread runs the answers."""

    def __init__(self) -> None:
        self._pairs: OrderedDict[frozenset[str], _Pair] = OrderedDict()

    def allows(self, one: str, other: str, at: float) -> bool:
        """Whether another reply between the two may be sent now; if so, it counts."""
        pair = self._pair(frozenset((one, other)))
        if at < pair.held_until:
            return False
        if len(pair.sent) == MAX_REPLIES and at - pair.sent[0] <= WITHIN_SECONDS:
            pair.held_until = at + HELD_SECONDS
            return False
        pair.sent.append(at)
        return True

    def _pair(self, numbers: frozenset[str]) -> _Pair:
        pair = self._pairs.setdefault(numbers, _Pair())
        self._pairs.move_to_end(numbers)
        if len(self._pairs) > MAX_PAIRS:
            self._pairs.popitem(last=False)
        return pair
