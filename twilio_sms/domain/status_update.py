"""What one status callback says of a message: a frozen value."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from twilio_sms.domain.status import Status
from twilio_sms.redaction import mask

if TYPE_CHECKING:
    from twilio_sms.domain.delivery_error import DeliveryError

_NOTHING: Mapping[str, str] = {}


class StatusUpdate(NamedTuple):
    """A message reached *status*. Callbacks come late, twice and out of order: this is not always its newest.

    *error_code* is there for a message that failed or was not delivered. *carrier_time* is the carrier's own, in UTC,
    to the minute (``RawDlrDoneDate``). *extra* is what else Twilio sent. Source: Twilio, "Track the Message Status of
    Outbound Messages".
    """

    message_sid: str
    status: Status
    status_text: str  # Twilio's word, also one that is new
    account_sid: str
    to: str
    from_: str
    messaging_service_sid: str | None = None
    error_code: int | None = None
    carrier_time: datetime | None = None
    extra: Mapping[str, str] = _NOTHING

    @property
    def key(self) -> str:
        """What tells it from other events: the same words twice are one event, another status is another."""
        return f"{self.message_sid}:{self.status_text}:{self.error_code or ''}"

    @property
    def error(self) -> "DeliveryError | None":
        """Why it was not delivered, as a value that says what to do next; ``None`` without an error code."""
        from twilio_sms.domain.delivery_error import DeliveryError  # most messages are delivered

        return DeliveryError.of(self.error_code) if self.error_code else None

    def __repr__(self) -> str:
        return f"StatusUpdate({self.message_sid} to {mask(self.to)}: {self.status_text} {self.error_code or ''})"
