"""Until when rows rest: those of one sender, or all."""

from collections.abc import Callable

from twilio_sms.bulk.row_fates import Resting
from twilio_sms.domain.draft import Draft


class Pauses:
    """The pauses of one bulk; belongs to one thread. *monotonic* returns seconds that only ever grow."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._ends: dict[str | None, float] = {}  # by sender; None stands for all

    def begin(self, who: Resting, draft: Draft, seconds: float) -> None:
        """Have rows rest for *seconds* because of what happened to *draft*; a pause that lasts longer stays."""
        if who is Resting.ROW:
            return
        sender = _sender(draft) if who is Resting.SENDER else None
        self._ends[sender] = max(self._ends.get(sender, 0.0), self._monotonic() + seconds)

    def rest_seconds(self, draft: Draft) -> float:
        """Return how long *draft* has to wait; 0 if it may go now."""
        return max(self._left(None), self._left(_sender(draft)))

    @property
    def is_for_all(self) -> bool:
        """Whether all rows rest."""
        return self._left(None) > 0

    def _left(self, sender: str | None) -> float:
        """Return what is left of a pause, and forget one that is over."""
        if sender not in self._ends:
            return 0.0
        seconds = self._ends[sender] - self._monotonic()
        if seconds <= 0:
            del self._ends[sender]
        return max(0.0, seconds)


def _sender(draft: Draft) -> str:
    return draft.sender_text or draft.messaging_service_sid or ""
