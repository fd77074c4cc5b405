"""Until when rows rest: those of one sender, or all.

Whoever is turned away by the circuit breaker is told when to ask again. Then one row goes ahead, and all others wait
for what becomes of it: so an outage costs few tries, which each take a token of their recipient's limit. The first
answer that shows that Twilio works ends the waiting. Should that answer be one of before the trouble, the next rows are
turned away again, which costs no request.
"""

from collections.abc import Callable

from twilio_sms.bulk.row_fates import Resting
from twilio_sms.domain.draft import Draft

_ANSWER_SECONDS = 1.0  # the longest wait for a row that went ahead, which may be held up; then another one does
_ANSWER_SHARE = 1 / 4  # of the longest wait that the breaker asked for: after a short one it is asked again soon


class Pauses:
    """The pauses of one bulk; belongs to one thread. *monotonic* returns seconds that only ever grow."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._ends: dict[Resting | str, float] = {}  # for all rows, or by sender
        self._told_seconds = 0.0  # the longest wait that the breaker asked for, since Twilio answered last
        self._is_one_ahead = False  # whether the pause until Twilio answers is for a row that went ahead

    def begin(self, who: Resting, draft: Draft, seconds: float) -> None:
        """Have rows rest for *seconds* because of what happened to *draft*; a pause that lasts longer stays."""
        if who is Resting.ROW:
            return
        if who is Resting.UNTIL_ANSWERED:
            self._told_seconds = max(self._told_seconds, seconds)
            self._wait_for_answer(seconds, is_one_ahead=False)
            return
        whose = _sender(draft) if who is Resting.SENDER else who
        self._ends[whose] = max(self._ends.get(whose, 0.0), self._monotonic() + seconds)

    def note_going(self) -> None:
        """Have all others wait for the row that goes now, if it goes ahead."""
        if self._told_seconds:
            self._wait_for_answer(min(_ANSWER_SECONDS, self._told_seconds * _ANSWER_SHARE), is_one_ahead=True)

    def note_back(self, *, is_answered: bool) -> bool:
        """Take it that something came back, and whether Twilio answered; return whether a pause ends with that.

        An answer ends the pause until Twilio answers. Whatever else comes of the row that went ahead lets another one
        go: it may be an opt-out, which says nothing about Twilio.
        """
        if is_answered:
            self._told_seconds = 0.0
        elif not self._is_one_ahead:
            return False
        return self._ends.pop(Resting.UNTIL_ANSWERED, None) is not None

    def rest_seconds(self, draft: Draft) -> float:
        """Return how long *draft* has to wait; 0 if it may go now."""
        return max(self._left_for_all(), self._left(_sender(draft)))

    @property
    def is_for_all(self) -> bool:
        """Whether all rows rest."""
        return self._left_for_all() > 0

    def _wait_for_answer(self, seconds: float, *, is_one_ahead: bool) -> None:
        self._is_one_ahead = is_one_ahead
        self._ends[Resting.UNTIL_ANSWERED] = self._monotonic() + seconds

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
