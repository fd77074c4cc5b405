"""Reads the source some rows at a time, and says of each what the journal knows of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from twilio_sms.bulk.fingerprint import canonical_hash
from twilio_sms.bulk.journal_row import NewRow, Row, RowKey
from twilio_sms.bulk.rows import SourceRow
from twilio_sms.bulk.tasks import Send
from twilio_sms.domain.draft import Draft
from twilio_sms.errors import ValidationError

CHUNK = 200  # rows of one transaction; few enough that the first message leaves at once

ToDraft = Callable[[SourceRow], Draft]


class Loads(Protocol):
    """What remembers rows from run to run; see `Journal`."""

    job_id: str

    def load(self, rows: Sequence[NewRow]) -> list[Row]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A row of the source as the journal knows it; *send* is what to do with it, *problem* why that cannot be done."""

    known: Row
    send: Send | None
    problem: ValidationError | None


def load_rows(source: Iterator[SourceRow], journal: Loads, to_draft: ToDraft) -> Iterator[Loaded]:
    """Yield the rows of *source*, each once it is in the journal."""
    while chunk := [_Read.of(row, to_draft) for row in islice(source, CHUNK)]:
        known = journal.load([read.new for read in chunk])
        yield from (read.loaded(row, journal.job_id) for read, row in zip(chunk, known, strict=True))


@dataclass(frozen=True, slots=True)
class _Read:
    """A row that was read: what the journal is told of it, and the draft or what is wrong with it."""

    new: NewRow
    draft: Draft | None
    problem: ValidationError | None

    @classmethod
    def of(cls, row: SourceRow, to_draft: ToDraft) -> "_Read":
        try:
            draft = to_draft(row)
        except ValidationError as error:
            return cls(_unsendable(row), None, error)
        new = NewRow(
            index=row.index,
            fingerprint=canonical_hash(draft.to_form()),
            recipient=draft.to.e164,
            segments=draft.count_segments(),
        )
        return cls(new, draft, None)

    def loaded(self, known: Row, job_id: str) -> Loaded:
        if self.draft is None:
            return Loaded(known=known, send=None, problem=self.problem)
        key = RowKey(job_id, self.new.index, self.new.fingerprint)
        send = Send(index=self.new.index, key=str(key), draft=self.draft, segments=self.new.segments)
        return Loaded(known=known, send=send, problem=None)


def _unsendable(row: SourceRow) -> NewRow:
    """Return what the journal keeps of a row that is no message: enough to see whether it was changed."""
    texts = tuple((name, repr(value)) for name, value in row.values.items())
    return NewRow(
        index=row.index,
        fingerprint=canonical_hash((("not a message", ""), *texts)),
        recipient=str(row.values.get("to", "")),
        segments=0,
    )
