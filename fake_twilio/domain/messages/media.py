"""The media of a message: what Twilio says of them, as far as the addresses that were sent tell.

The fake never fetches a ``MediaUrl``. SIDs and types follow from the message; only which of them were deleted
is kept. ``num_media`` stays as it was sent (inferred: no source says that it falls).
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.messages.query import Cursor
from fake_twilio.domain.twilio.errors import refusal
from fake_twilio.domain.values.dates import Interval
from fake_twilio.domain.values.sids import make_sid

DEFAULT_TYPE = "image/jpeg"
_TYPES = {"gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Media:
    """One of a message's media: its SID, its type, and its place among all that were sent, counted from 0."""

    sid: str
    content_type: str
    place: int


def media_of(message: Message) -> list[Media]:
    """Return the media that were not deleted, in the order they were sent in (inferred)."""
    return [
        Media(_sid(message, place), guess_type(url), place)
        for place, url in enumerate(message.media_urls)
        if place not in message.deleted_media
    ]


def find_media(message: Message, sid: str) -> Media:
    """Return one of a message's media; raise `LookupError` if it is not there."""
    for media in media_of(message):
        if media.sid == sid:
            return media
    raise LookupError(sid)


def without_media(message: Message, sid: str) -> Message:
    """Return the message without one of its media; raise `LookupError` if it is not there."""
    return message.without_media(find_media(message, sid).place)


def media_page(message: Message, created: Interval, size: int, cursor: Cursor) -> list[Media]:
    """Return up to *size* media that were made in the interval, on the cursor's side of its own, which may be deleted.

    Media are made with their message (inferred). A cursor on another message's media is refused (21481).
    """
    begin, end = created
    wanted = media_of(message) if begin <= message.created_at <= end else []
    if cursor.sid is None:
        return wanted[:size]
    sids = [_sid(message, place) for place in range(len(message.media_urls))]
    if cursor.sid not in sids:
        raise refusal(21481)
    mark = sids.index(cursor.sid)
    if cursor.is_backward:
        return [media for media in wanted if media.place < mark][-size:]
    return [media for media in wanted if media.place > mark][:size]


def guess_type(url: str) -> str:
    """Return the type that the end of an address tells, of those that there is a placeholder for.

    >>> guess_type("https://example.com/cat.PNG?size=2")
    'image/png'
    """
    return _TYPES.get(urlsplit(url).path.rpartition(".")[2].lower(), DEFAULT_TYPE)


def _sid(message: Message, place: int) -> str:
    return make_sid("ME", int(message.sid[2:], 16), place)
