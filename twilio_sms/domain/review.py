"""A text that a person must read before anything follows from it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from twilio_sms.redaction import mask


class Reason(StrEnum):
    """Why a text waits for a person."""

    DOUBTFUL = "doubtful"  # it may ask to opt out, or back in
    UNSIGNED = "unsigned"  # it opts in, but the webhook was not signed
    UNDATED = "undated"  # it opts in, but when it was written cannot be read
    OPTED_OUT_ELSEWHERE = "opted-out-elsewhere"  # it opts in, but the opt-out was made outside this conversation
    NO_NUMBER = "no-number"  # it opts out, but its sender is no E.164 number


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Review:
    """A text on the review list, known by the SID of its message, until a person settles it.

    *number* and *to* are as Twilio sent them. *body* is what a person needs to judge: it is kept in the store, and
    shown nowhere else.
    """

    sid: str
    number: str
    to: str
    body: str
    reason: Reason
    received_time: datetime
    service: str | None = None
    settled_time: datetime | None = None
    actor: str | None = None
    note: str | None = None

    @property
    def is_settled(self) -> bool:
        return self.settled_time is not None

    def __repr__(self) -> str:
        return f"Review({self.sid} from {mask(self.number)}: {self.reason})"
