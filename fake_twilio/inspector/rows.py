"""A message as one row of a list, on the page and live."""

from typing import TypedDict

from fake_twilio.domain.messages.message import Message

SHOWN_CHARACTERS = 200


class Row(TypedDict):
    """What a row shows; the texts are as they are, and whoever shows them escapes them."""

    sid: str
    is_inbound: bool
    sender: str
    recipient: str
    body: str
    media: int
    segments: int
    status: str
    error_code: int | None
    at: float


def to_row(message: Message) -> Row:
    """Return the row of a message."""
    return {
        "sid": message.sid,
        "is_inbound": message.direction == "inbound",
        "sender": message.sender or message.service_sid or "",
        "recipient": message.to,
        "body": message.body[:SHOWN_CHARACTERS],
        "media": len(message.media_urls),
        "segments": message.segments,
        "status": message.status.value,
        "error_code": message.error_code,
        "at": message.created_at,
    }
