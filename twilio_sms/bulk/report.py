"""What a bulk tells: of each row, on the way, and at its end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from twilio_sms.bulk.states import State
from twilio_sms.domain.message import Message
from twilio_sms.errors import TwilioError

OPEN = (State.PENDING, State.INFLIGHT, State.UNKNOWN)  # where a row has not come to an end


@dataclass(frozen=True, slots=True, kw_only=True)
class RowResult:
    """What became of one row: its place in the source from 0 on, its last state, and the message or the error.

    A run tells one result of each row that came to an end in it. It tells none of a row that ended in an earlier run,
    none of one that it leaves for the next (PENDING, or still looked for when it was stopped), and a second one of a
    row whose message turned out to be its twin's.
    """

    index: int
    state: State
    sid: str | None = None
    message: Message | None = None  # None if the message was found by a look into the list, or in a dry run
    error: TwilioError | None = None
    segments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a bulk is: rows by state, of what has been read so far."""

    counts: Mapping[str, int]  # by `State`, which is a text
    segments: int
    seconds: float

    @property
    def ended(self) -> int:
        """Rows that need nothing more."""
        return sum(self.counts[state] for state in (State.ACCEPTED, State.REJECTED, State.SKIPPED))


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkReport:
    """What a bulk came to: rows by state of what was read, segments and cost, and why it ended early if it did."""

    counts: Mapping[str, int]  # by `State`, which is a text
    segments: int  # accepted, or perhaps, in all runs of the journal; in a dry run, those that would be sent
    cost: Decimal | None  # segments by price_per_segment; None without a price
    stopped: str | None = None  # what ended it before all rows were through; what is left is PENDING in the journal
    error: TwilioError | None = None  # the failure that stopped it, if it was one
    missing_rows: int = 0  # of earlier runs, not at their end, and not among the rows of this one: give them again
    seconds: float = field(default=0.0, compare=False)

    @property
    def is_complete(self) -> bool:
        """Whether every row, of this run and of earlier ones, has come to an end that nobody need look at."""
        return self.stopped is None and not self.missing_rows and not any(self.counts[state] for state in OPEN)
