"""What a bulk tells: of each row, on the way, and at its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from twilio_sms.bulk.states import State
from twilio_sms.domain.message import Message
from twilio_sms.errors import TwilioError


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """What became of one row: its place in the source from 0 on, its last state, and the message or the error."""

    index: int
    state: State
    sid: str | None = None
    message: Message | None = None  # None if the message was found by a look into the list, or in a dry run
    error: TwilioError | None = None
    segments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a bulk is: rows by state, of what has been read so far."""

    counts: Mapping[State, int]
    segments: int
    seconds: float

    @property
    def ended(self) -> int:
        """Rows that need nothing more."""
        return sum(self.counts[state] for state in (State.ACCEPTED, State.REJECTED, State.SKIPPED))


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkReport:
    """What a bulk came to: rows by state, segments and their cost, and why it ended early if it did."""

    counts: Mapping[State, int]
    segments: int  # of the rows that were accepted, or may have been; in a dry run, of those that would be sent
    cost: Decimal | None  # segments by price_per_segment; None without a price
    stopped: str | None = None  # what ended it before all rows were through; what is left is PENDING in the journal
    error: TwilioError | None = None  # the failure that stopped it, if it was one
    seconds: float = field(default=0.0, compare=False)

    @property
    def is_complete(self) -> bool:
        """Whether every row has come to an end that nobody need look at."""
        open_rows = (State.PENDING, State.INFLIGHT, State.UNKNOWN)
        return self.stopped is None and not any(self.counts[state] for state in open_rows)
