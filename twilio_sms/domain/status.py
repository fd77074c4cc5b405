"""The statuses of a message, in Twilio's words."""

from enum import StrEnum
from typing import Self


class Status(StrEnum):
    """Where a message is in its life. Source: Twilio's OpenAPI file, ``message_enum_status``."""

    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    CANCELED = "canceled"
    RECEIVING = "receiving"
    RECEIVED = "received"
    READ = "read"
    PARTIALLY_DELIVERED = "partially_delivered"
    UNKNOWN = "unknown"  # a word that Twilio did not have when this was written

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the status *text* names, `UNKNOWN` if it is new to us."""
        try:
            return cls(text)
        except ValueError:
            return cls("unknown")
