"""A row of the journal: what is given, what is kept."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Self

from twilio_sms.bulk.states import State
from twilio_sms.errors import JournalError
from twilio_sms.redaction import mask

Columns = tuple[int, bytes, str, int, str, str | None, int | None, str | None, int, int, str | None, int]


@dataclass(frozen=True, slots=True)
class RowKey:
    """What names a row of a job, and no other row of this or another job: reliability rule 7."""

    job_id: str
    index: int
    fingerprint: bytes = field(repr=False)

    @property
    def token(self) -> str:
        """16 hexadecimal digits, for logs and for the query of a callback URL."""
        return sha256(f"{self.job_id}:{self.index}:".encode() + self.fingerprint).hexdigest()[:16]

    def __str__(self) -> str:
        return f"row {self.index} (key {self.token})"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRow:
    """A row as it is handed to the journal, which keeps the recipient only masked and the body not at all."""

    index: int  # 0 for the first row of the source
    fingerprint: bytes  # `canonical_hash` of its form
    recipient: str = field(repr=False)
    segments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as the journal keeps it."""

    index: int
    fingerprint: bytes = field(repr=False)
    recipient: str  # masked
    segments: int
    state: State
    sid: str | None = None
    code: int | None = None  # Twilio's error code
    reason: str | None = None
    attempts: int = 0  # how often it was marked
    doubts: int = 0  # how often it became UNKNOWN: sent again after that, it may have gone out twice
    marked_at: datetime | None = None  # UTC; when the first try began that may have sent it
    is_matched: bool = False  # the SID was found in a list, not read from an answer

    @classmethod
    def pending(cls, row: NewRow) -> Self:
        """Return a new row as the journal keeps it."""
        return cls(
            index=row.index,
            fingerprint=row.fingerprint,
            recipient=mask(row.recipient),
            segments=row.segments,
            state=State.PENDING,
        )

    @classmethod
    def from_columns(cls, columns: Columns) -> Self:
        """Read a row of the file; raises `JournalError` if it holds what no journal writes."""
        try:
            return cls._read(columns)
        except (ValueError, TypeError) as error:
            raise JournalError(f"row {columns[0]} of the journal is damaged: {type(error).__name__}") from error

    @classmethod
    def _read(cls, columns: Columns) -> Self:
        index, fingerprint, recipient, segments, state, sid, code, reason, attempts, doubts, marked_at, matched = (
            columns
        )
        return cls(
            index=index,
            fingerprint=bytes(fingerprint),
            recipient=recipient,
            segments=segments,
            state=State(state),
            sid=sid,
            code=code,
            reason=reason,
            attempts=attempts,
            doubts=doubts,
            marked_at=datetime.fromisoformat(marked_at) if marked_at else None,
            is_matched=bool(matched),
        )
