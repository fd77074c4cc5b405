"""An inbound message read from its webhook."""

from collections.abc import Iterator

from twilio_sms.domain.inbound_message import InboundMessage, Media, Place
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.boundaries import check_cuts
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.shapes import (
    ADDRESS,
    API_VERSION,
    CONTENT_TYPE,
    COUNT,
    MEDIA_URL,
    MESSAGE_SID,
    SERVICE_SID,
    STATUS,
    check,
    check_equal,
    read_account,
    read_optional,
)

MAX_MEDIA = 30  # Twilio sends 10; other channels may send more
_PLACE = ("City", "State", "Zip", "Country")
_PLACES_OF = {end: tuple(f"{end}{part}" for part in _PLACE) for end in ("From", "To")}
_PLACES = frozenset(name for names in _PLACES_OF.values() for name in names)
_SHAPED = frozenset(
    {"MessageSid", "SmsSid", "SmsMessageSid", "SmsStatus", "AccountSid", "ApiVersion", "MessagingServiceSid", "From"}
    | {"To", "Body", "NumMedia", "NumSegments", "OptOutType"}
)
_KNOWN = _SHAPED | _PLACES
_OPT_OUT_TYPES = ("STOP", "HELP", "START")


def read_inbound(parameters: Parameters, account_sid: str | None) -> InboundMessage:
    """Read a verified webhook; raise `ValidationError` if it is none of an inbound message of *account_sid*.

    What is signed says only that Twilio wrote it, not where its names end: each known value must have its exact shape,
    and none may hide in another (`boundaries`). What is not known is kept, never refused, since Twilio adds parameters.
    """
    sid = check("MessageSid", parameters.one("MessageSid"), MESSAGE_SID)
    check_equal(parameters, sid, "SmsSid", "SmsMessageSid")
    media = tuple(_media(parameters))
    media_names = _media_names(len(media))
    check_cuts(parameters, _SHAPED | media_names if media else _SHAPED, _KNOWN)
    read_optional(parameters, "ApiVersion", API_VERSION)
    read_optional(parameters, "SmsStatus", STATUS)
    return InboundMessage(
        sid=sid,
        account_sid=read_account(parameters, account_sid),
        from_=check("From", parameters.one("From"), ADDRESS),
        to=check("To", parameters.one("To"), ADDRESS),
        body=parameters.one("Body"),
        messaging_service_sid=read_optional(parameters, "MessagingServiceSid", SERVICE_SID),
        num_segments=int(read_optional(parameters, "NumSegments", COUNT) or 1),
        media=media,
        from_place=_place(parameters, "From"),
        to_place=_place(parameters, "To"),
        opt_out_type=_opt_out_type(parameters),
        extra=parameters.without(_KNOWN | media_names if media else _KNOWN),
    )


def _media(parameters: Parameters) -> Iterator[Media]:
    count = int(read_optional(parameters, "NumMedia", COUNT) or 0)
    if count > MAX_MEDIA:
        raise ValidationError(f"NumMedia must be at most {MAX_MEDIA}, is {count}")
    for index in range(count):
        url, content_type = f"MediaUrl{index}", f"MediaContentType{index}"
        yield Media(
            check(url, parameters.one(url), MEDIA_URL),
            check(content_type, parameters.one(content_type), CONTENT_TYPE),
        )


def _media_names(count: int) -> frozenset[str]:
    return frozenset(f"{name}{index}" for name in ("MediaUrl", "MediaContentType") for index in range(count))


def _place(parameters: Parameters, end: str) -> Place:
    city, state, zip_, country = _PLACES_OF[end]
    find = parameters.find
    return Place(find(city), find(state), find(zip_), find(country))


def _opt_out_type(parameters: Parameters) -> str | None:
    value = parameters.find("OptOutType")
    if value is not None and value not in _OPT_OUT_TYPES:
        raise ValidationError(f"OptOutType must be one of {', '.join(_OPT_OUT_TYPES)}")
    return value
