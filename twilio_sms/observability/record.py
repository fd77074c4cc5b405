"""What there is to say of a call that ended."""

from typing import NamedTuple

from twilio_sms.domain.message import Message
from twilio_sms.observability.outcomes import Outcome


class CallRecord(NamedTuple):
    """One call. Numbers are whole in here, so it is for those parts alone that redact them."""

    operation: str
    outcome: Outcome
    seconds: float
    attempts: int | None = None
    recipient: str | None = None
    sender: str | None = None
    message: Message | None = None
    error: BaseException | None = None

    def __repr__(self) -> str:
        return f"CallRecord({self.operation}, {self.outcome})"
