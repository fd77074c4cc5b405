"""Reads the source some rows at a time, and says of each what the journal knows of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from twilio_sms.bulk.fingerprint import canonical_hash
from twilio_sms.bulk.journal_row import NewRow, Row, RowKey
from twilio_sms.bulk.rows import SourceRow
from twilio_sms.bulk.tasks import Send
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.phone import ReadNumber
from twilio_sms.domain.send_options import Now
from twilio_sms.errors import ValidationError

CHUNK = 200  # rows of one transaction; few enough that the first message leaves at once
_LONGEST_CHUNK = timedelta(seconds=0.1)  # also of a source that reads from a queue


class Loads(Protocol):
    """What remembers rows from run to run; see `Journal`."""

    job_id: str

    def load(self, rows: Sequence[NewRow]) -> list[Row]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A row of the source as the journal knows it: its message if it is one, and why it may not be sent now."""

    known: Row
    send: Send | None
    problem: ValidationError | None


def load_rows(source: Iterator[SourceRow], journal: Loads, read_number: ReadNumber, now: Now) -> Iterator[Loaded]:
    """Yield the rows of *source*, each once it is in the journal."""
    for rows in _chunks(source, now):
        chunk = [_Read.of(row, read_number, now) for row in rows]
        known = journal.load([read.new for read in chunk])
        yield from (read.loaded(row, journal.job_id) for read, row in zip(chunk, known, strict=True))


def _chunks(source: Iterator[SourceRow], now: Now) -> Iterator[list[SourceRow]]:
    """Yield the rows some at a time; those of a source that takes its time wait for few others."""
    chunk: list[SourceRow] = []
    began = now()
    for row in source:
        chunk.append(row)
        if len(chunk) >= CHUNK or abs(now() - began) >= _LONGEST_CHUNK:
            yield chunk
            chunk, began = [], now()
    if chunk:
        yield chunk


@dataclass(frozen=True, slots=True)
class _Read:
    """A row that was read: what the journal is told of it, and the draft or what is wrong with it."""

    new: NewRow
    draft: Draft | None
    problem: ValidationError | None

    @classmethod
    def of(cls, row: SourceRow, read_number: ReadNumber, now: Now) -> "_Read":
        """Read a row. It stays the same message when the time at which it was to be sent has passed."""
        try:
            draft = row.to_draft(read_number)
        except ValidationError as error:
            return cls(_unsendable(row), None, error)
        new = NewRow(
            index=row.index,
            fingerprint=canonical_hash(draft.to_form()),
            recipient=draft.to.e164,
            segments=draft.count_segments(),
        )
        return cls(new, draft, _untimely(row, read_number, now))

    def loaded(self, known: Row, job_id: str) -> Loaded:
        if self.draft is None:
            return Loaded(known=known, send=None, problem=self.problem)
        key = RowKey(job_id, self.new.index, self.new.fingerprint)
        send = Send(
            index=self.new.index,
            key=str(key),
            draft=self.draft,
            segments=self.new.segments,
            doubtful_since=known.marked_at if known.doubts else None,
        )
        return Loaded(known=known, send=send, problem=self.problem)


def _untimely(row: SourceRow, read_number: ReadNumber, now: Now) -> ValidationError | None:
    """Return what is wrong with the time at which a message is to be sent."""
    if row.values.get("send_at") is None:
        return None
    try:
        row.to_draft(read_number, now)
    except ValidationError as error:
        return error
    return None


def _unsendable(row: SourceRow) -> NewRow:
    """Return what the journal keeps of a row that is no message: enough to see whether it was changed."""
    texts = tuple((_encodable(name), _encodable(repr(value))) for name, value in row.values.items())
    return NewRow(
        index=row.index,
        fingerprint=canonical_hash((("not a message", ""), *texts)),
        recipient=_encodable(str(row.values.get("to", ""))),
        segments=0,
    )


def _encodable(text: str) -> str:
    """Return a text that UTF-8 can carry: JSON has escapes for half a character."""
    return text.encode("utf-8", "backslashreplace").decode()
