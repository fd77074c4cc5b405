"""What a bulk has come to so far: rows by state, segments, and what they cost."""

from collections.abc import Mapping
from decimal import Decimal

from twilio_sms.bulk.journal_view import Total
from twilio_sms.bulk.report import BulkReport, Progress
from twilio_sms.bulk.states import State
from twilio_sms.errors import TwilioError

# Whose segments count: a message that may have been sent has to be paid for; in a rehearsal, what would be sent.
SPENT = frozenset({State.ACCEPTED, State.INFLIGHT, State.UNKNOWN})
WANTED = frozenset({State.PENDING})


def spent_segments(totals: Mapping[State, Total]) -> int:
    """Return how many segments of the *totals* of a journal have to be paid for."""
    return sum(total.segments for state, total in totals.items() if state in SPENT)


class Ledger:
    """Counts rows and segments; kept by one thread.

    *segments* are those that earlier runs of the job came to: they count before their rows are read again, so that a
    budget holds for all runs together.
    """

    def __init__(
        self,
        price_per_segment: Decimal | None,
        budget: Decimal | None,
        began_seconds: float,
        counted: frozenset[State],
        *,
        segments: int = 0,
    ) -> None:
        self._price = price_per_segment
        self._budget = budget
        self._began = began_seconds
        self._counted = counted
        self._counts: dict[str, int] = dict.fromkeys(State, 0)
        self._segments = segments

    @property
    def rows(self) -> int:
        """How many rows were read: those with the indexes below it."""
        return sum(self._counts.values())

    @property
    def under_way(self) -> int:
        """How many rows are being sent."""
        return self._counts[State.INFLIGHT]

    def enter(self, state: State, new_segments: int = 0) -> None:
        """Count a row that was read, in the state in which it is, and those of its segments that no run counted yet."""
        self._counts[state] += 1
        self._segments += new_segments if state in self._counted else 0

    def move(self, before: State, after: State, segments: int) -> None:
        """Count a row that went from one state to another."""
        self._counts[before] -= 1
        self._segments -= segments if before in self._counted else 0
        self.enter(after, segments)

    def can_afford(self, segments: int) -> bool:
        """Whether a message of *segments* stays within the budget."""
        if self._budget is None or self._price is None:
            return True
        return (self._segments + segments) * self._price <= self._budget

    def progress(self, now_seconds: float) -> Progress:
        return Progress(counts=dict(self._counts), segments=self._segments, seconds=now_seconds - self._began)

    def report(self, now_seconds: float, stopped: str | None, error: TwilioError | None) -> BulkReport:
        return BulkReport(
            counts=dict(self._counts),
            segments=self._segments,
            cost=None if self._price is None else self._segments * self._price,
            stopped=stopped,
            error=error,
            seconds=now_seconds - self._began,
        )
