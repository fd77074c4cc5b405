"""Domain values as Twilio's JSON; pure."""

from collections.abc import Sequence
from typing import Any

from fake_twilio.domain.messages.media import Media
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.twilio.errors import title
from fake_twilio.domain.values.dates import rfc2822

Json = dict[str, Any]
VERSION = "2010-04-01"


def key_of(parameter: str) -> str:
    """Return the key under which an answer shows *parameter*: ``sms_url`` for ``SmsUrl``."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in parameter).removeprefix("_")


def parameter_of(key: str) -> str:
    """Return the name of *key* where words begin with capitals: ``SmsUrl`` for ``sms_url``."""
    return "".join(map(str.capitalize, key.split("_")))


def render_message(message: Message, *, is_new: bool = False) -> Json:
    """Return a message; every key is always there. A new one has no link to its feedback yet (observed)."""
    uri, created = _uri(message), rfc2822(message.created_at)
    links = {"media": f"{uri}/Media.json"}
    return {
        "body": message.body,
        "num_segments": "0" if message.sender is None else str(message.segments),
        "direction": message.direction,
        "from": message.sender,
        "date_updated": created if is_new else rfc2822(message.updated_at),
        "price": None if message.price is None else str(message.price),
        "error_message": title(message.error_code) if message.error_code else None,
        "uri": f"{uri}.json",
        "account_sid": message.account_sid,
        "num_media": str(len(message.media_urls)),
        "to": message.to,
        "date_created": created,
        "status": message.status,
        "sid": message.sid,
        "date_sent": rfc2822(message.sent_at),
        "messaging_service_sid": message.service_sid,
        "error_code": message.error_code,
        "price_unit": "USD",
        "api_version": VERSION,
        "subresource_uris": links if is_new else {**links, "feedback": f"{uri}/Feedback.json"},
    }


def render_page(messages: Sequence[Message], page: Json) -> Json:
    """Return a page: the paging keys and exactly one other, as the SDKs insist."""
    return {**page, "messages": [render_message(message) for message in messages]}


def render_media(message: Message, media: Media) -> Json:
    """Return one of a message's media; its dates are those of its making (inferred)."""
    return {
        "sid": media.sid,
        "account_sid": message.account_sid,
        "parent_sid": message.sid,
        "content_type": media.content_type,
        "date_created": rfc2822(message.created_at),
        "date_updated": rfc2822(message.created_at),
        "uri": f"{_uri(message)}/Media/{media.sid}.json",
    }


def render_media_page(message: Message, shown: Sequence[Media], page: Json) -> Json:
    """Return a page of a message's media: the paging keys and exactly one other."""
    return {**page, "media_list": [render_media(message, media) for media in shown]}


def render_feedback(message: Message) -> Json:
    """Return the feedback of a message that has some."""
    feedback = message.feedback
    assert feedback is not None
    return {
        "account_sid": message.account_sid,
        "message_sid": message.sid,
        "outcome": feedback.outcome,
        "date_created": rfc2822(feedback.created_at),
        "date_updated": rfc2822(feedback.updated_at),
        "uri": f"{_uri(message)}/Feedback.json",
    }


def _uri(message: Message) -> str:
    return f"/{VERSION}/Accounts/{message.account_sid}/Messages/{message.sid}"
