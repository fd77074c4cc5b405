"""An inbound message read from its webhook."""

import re
from collections.abc import Callable, Iterator

from twilio_sms.domain.inbound_message import InboundMessage, Media, Place
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.shapes import ACCOUNT_SID, ADDRESS, COUNT, MESSAGE_SID, SERVICE_SID, check, check_equal

MAX_MEDIA = 30  # Twilio sends 10; other channels may send more
_PLACE = ("City", "State", "Zip", "Country")
_KNOWN = frozenset(
    {"MessageSid", "SmsSid", "SmsMessageSid", "SmsStatus", "AccountSid", "ApiVersion", "MessagingServiceSid", "From"}
    | {"To", "Body", "NumMedia", "NumSegments", "OptOutType"}
    | {f"{end}{part}" for end in ("From", "To") for part in _PLACE}
)
_OPT_OUT_TYPES = ("STOP", "HELP", "START")


def read_inbound(parameters: Parameters, account_sid: str | None) -> InboundMessage:
    """Read a verified webhook; raise `ValidationError` if it is none of an inbound message of *account_sid*.

    What is signed says only that Twilio wrote it: names and values are signed without anything between them, so each
    known value must have its exact shape. What is not known is kept, never refused, since Twilio adds parameters.
    """
    sid = check("MessageSid", parameters.one("MessageSid"), MESSAGE_SID)
    check_equal(parameters, sid, "SmsSid", "SmsMessageSid")
    media = tuple(_media(parameters))
    return InboundMessage(
        sid=sid,
        account_sid=_account(parameters, account_sid),
        from_=check("From", parameters.one("From"), ADDRESS),
        to=check("To", parameters.one("To"), ADDRESS),
        body=parameters.find("Body") or "",
        messaging_service_sid=_optional(parameters, "MessagingServiceSid", SERVICE_SID),
        num_segments=int(_optional(parameters, "NumSegments", COUNT) or 1),
        media=media,
        from_place=_place(parameters, "From"),
        to_place=_place(parameters, "To"),
        opt_out_type=_opt_out_type(parameters),
        extra=parameters.without(_KNOWN | _media_names(len(media))),
    )


def _account(parameters: Parameters, expected: str | None) -> str:
    sid = check("AccountSid", parameters.one("AccountSid"), ACCOUNT_SID)
    if expected is not None and sid != expected:
        raise ValidationError("AccountSid is that of another account")
    return sid


def _optional(parameters: Parameters, name: str, shape: re.Pattern[str]) -> str | None:
    value = parameters.find(name)
    return None if value is None else check(name, value, shape)


def _media(parameters: Parameters) -> Iterator[Media]:
    count = int(_optional(parameters, "NumMedia", COUNT) or 0)
    if count > MAX_MEDIA:
        raise ValidationError(f"NumMedia must be at most {MAX_MEDIA}, is {count}")
    for index in range(count):
        yield Media(parameters.one(f"MediaUrl{index}"), parameters.find(f"MediaContentType{index}") or "")


def _media_names(count: int) -> set[str]:
    return {f"{name}{index}" for name in ("MediaUrl", "MediaContentType") for index in range(count)}


def _place(parameters: Parameters, end: str) -> Place:
    find: Callable[[str], str | None] = parameters.find
    return Place(*(find(f"{end}{part}") for part in _PLACE))


def _opt_out_type(parameters: Parameters) -> str | None:
    value = parameters.find("OptOutType")
    if value is not None and value not in _OPT_OUT_TYPES:
        raise ValidationError(f"OptOutType must be one of {', '.join(_OPT_OUT_TYPES)}")
    return value
