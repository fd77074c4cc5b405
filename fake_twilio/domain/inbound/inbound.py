"""The parameters with which a message that somebody sent is told to the customer.

Source: Twilio, "Twilio's request to your incoming message Webhook URL"; their order, a real capture. Where the media
stand in it is inferred, and so is ``ReferralNumMedia`` in each: it is in that capture and not in all others.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fake_twilio.domain.inbound.opt_outs import Word
from fake_twilio.domain.messages.creation import MAX_BODY_CHARACTERS, MAX_MEDIA
from fake_twilio.domain.messages.media import media_of
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.values.hosts import is_web_address
from fake_twilio.domain.values.numbers import can_receive


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number is at home; what is not known is empty."""

    city: str = ""
    state: str = ""
    zip_code: str = ""
    country: str = ""


def check_inbound(sender: str, body: str, media: Sequence[str]) -> None:
    """Raise `ValueError` if nobody can send such a message."""
    if not can_receive(sender):
        raise ValueError(f"wanted a sender in E.164 form or a short code, not {sender!r}")
    if len(body) > MAX_BODY_CHARACTERS:
        raise ValueError(f"wanted a body of at most {MAX_BODY_CHARACTERS} characters, not {len(body)}")
    if isinstance(media, str) or len(media) > MAX_MEDIA or not all(map(is_web_address, media)):
        raise ValueError(f"wanted a list of up to {MAX_MEDIA} http or https addresses as media")


def inbound_form(message: Message, *, home: Place, here: Place, word: Word | None, media_url: str) -> Form:
    """Return the parameters in wire order: *home* is the sender's place, *here* the recipient's.

    *word* is told as ``OptOutType``; *media_url* is where the message's media lie, without their SIDs.
    """
    media = media_of(message)
    pairs = [
        ("ToCountry", here.country),
        *((f"MediaContentType{number}", one.content_type) for number, one in enumerate(media)),
        ("ToState", here.state),
        ("SmsMessageSid", message.sid),
        ("NumMedia", str(len(media))),
        ("ToCity", here.city),
        ("FromZip", home.zip_code),
        ("SmsSid", message.sid),
        ("OptOutType", word),
        ("FromState", home.state),
        ("SmsStatus", "received"),
        ("FromCity", home.city),
        ("Body", message.body),
        ("FromCountry", home.country),
        ("To", message.to),
        ("MessagingServiceSid", message.service_sid),
        ("ToZip", here.zip_code),
        ("NumSegments", str(message.segments)),
        ("ReferralNumMedia", "0"),
        ("MessageSid", message.sid),
        ("AccountSid", message.account_sid),
        ("From", message.sender),
        *((f"MediaUrl{number}", f"{media_url}/{one.sid}") for number, one in enumerate(media)),
        ("ApiVersion", "2010-04-01"),
    ]
    return tuple((name, str(value)) for name, value in pairs if value is not None)


def fallback_form(form: Form, code: int, url: str) -> Form:
    """Return the parameters for the fallback address: the usual ones, and what failed where."""
    return (*form, ("ErrorCode", str(code)), ("ErrorUrl", url))
