"""Until when rows rest: those of one sender, or all.

Whoever is turned away by the circuit breaker is told when to ask again, and while a trial is out that is a guess. So
such a pause has an end of its own besides the clock: the first answer that shows that Twilio works. Should that answer
be one of before the trouble, the next row is turned away again, which costs no request.
"""

from collections.abc import Callable

from twilio_sms.bulk.row_fates import Resting
from twilio_sms.domain.draft import Draft


class Pauses:
    """The pauses of one bulk; belongs to one thread. *monotonic* returns seconds that only ever grow."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._ends: dict[Resting | str, float] = {}  # for all rows, or by sender

    def begin(self, who: Resting, draft: Draft, seconds: float) -> None:
        """Have rows rest for *seconds* because of what happened to *draft*; a pause that lasts longer stays."""
        if who is Resting.ROW:
            return
        whose = _sender(draft) if who is Resting.SENDER else who
        self._ends[whose] = max(self._ends.get(whose, 0.0), self._monotonic() + seconds)

    def note_answer(self) -> bool:
        """End the pause until Twilio answers again, since it did; return whether there was one."""
        return self._ends.pop(Resting.UNTIL_ANSWERED, None) is not None

    def rest_seconds(self, draft: Draft) -> float:
        """Return how long *draft* has to wait; 0 if it may go now."""
        return max(self._left_for_all(), self._left(_sender(draft)))

    @property
    def is_for_all(self) -> bool:
        """Whether all rows rest."""
        return self._left_for_all() > 0

    def _left_for_all(self) -> float:
        return max(self._left(Resting.ALL), self._left(Resting.UNTIL_ANSWERED))

    def _left(self, whose: Resting | str) -> float:
        """Return what is left of a pause, and forget one that is over."""
        if whose not in self._ends:
            return 0.0
        seconds = self._ends[whose] - self._monotonic()
        if seconds <= 0:
            del self._ends[whose]
        return max(0.0, seconds)


def _sender(draft: Draft) -> str:
    return draft.sender_text or draft.messaging_service_sid or ""
