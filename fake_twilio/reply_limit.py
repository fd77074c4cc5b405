"""Stops two numbers that answer each other for ever.

Source: Twilio, error dictionary, 14107: 30 replies between two numbers within 30 seconds of each other.
"""

from collections import OrderedDict, deque

MAX_REPLIES = 30
WITHIN_SECONDS = 30.0
MAX_PAIRS = 100_000  # those who wrote to each other last


class ReplyLimit:
    """Counts replies by pair of numbers. Not locked: one thread runs the answers."""

    def __init__(self) -> None:
        self._sent: OrderedDict[frozenset[str], deque[float]] = OrderedDict()

    def allows(self, one: str, other: str, at: float) -> bool:
        """Whether another reply between the two may be sent now; if so, it counts."""
        pair = frozenset((one, other))
        sent = self._sent.setdefault(pair, deque(maxlen=MAX_REPLIES))
        self._sent.move_to_end(pair)
        if len(self._sent) > MAX_PAIRS:
            self._sent.popitem(last=False)
        if len(sent) == MAX_REPLIES and at - sent[0] <= WITHIN_SECONDS:
            return False
        sent.append(at)
        return True
