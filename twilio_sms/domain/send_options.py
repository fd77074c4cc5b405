"""What a message may have besides recipient, sender and content: Twilio's parameters in snake_case."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, TypedDict
from urllib.parse import urlsplit

from twilio_sms.domain.form import Form, to_texts, to_utc
from twilio_sms.domain.problems import Problems
from twilio_sms.domain.settings import is_number, is_whole
from twilio_sms.errors import ValidationError

MAX_VALIDITY_SECONDS = 36_000  # Twilio: 21624
MAX_URL_CHARACTERS = 4000  # Twilio: 21609
# Twilio's pages about 35114 and 35115, 2026: 300 seconds to 35 days ahead, both included.
SOONEST, LATEST = timedelta(seconds=300), timedelta(days=35)

Now = Callable[[], datetime]


class SendOptions(TypedDict, total=False):
    """What a message may have besides recipient, sender and content, under Twilio's names in snake_case."""

    content_sid: str
    content_variables: Mapping[str, str] | str
    status_callback: str
    application_sid: str
    validity_period: int | timedelta
    smart_encoded: bool
    schedule_type: Literal["fixed"]
    send_at: datetime
    provide_feedback: bool
    attempt: int
    force_delivery: bool
    content_retention: Literal["retain", "discard"]
    address_retention: Literal["retain", "obfuscate"]
    persistent_action: str | Sequence[str]
    traffic_type: Literal["free"]
    shorten_urls: bool
    send_as_mms: bool
    risk_check: Literal["enable", "disable"]
    fallback_from: str
    max_price: str
    message_intent: str


_NAMES: dict[str, str] = {
    name: "".join(word.capitalize() for word in name.split("_")) for name in SendOptions.__annotations__
}


_MEANT = {  # by who says it in other words than Twilio's
    "sender": "from_",
    "from_number": "from_",
    "recipient": "to",
    "to_number": "to",
    "number": "to",
    "phone": "to",
    "text": "body",
    "message": "body",
    "content": "body",
    "callback": "status_callback",
    "callback_url": "status_callback",
    "service_sid": "messaging_service_sid",
}


def check_url(url: object) -> None:
    if not isinstance(url, str) or not is_web_address(url) or len(url) > MAX_URL_CHARACTERS:
        raise ValidationError(f"must be an http or https address of at most {MAX_URL_CHARACTERS} characters")


def is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _check_validity(period: object) -> None:
    seconds = period.total_seconds() if isinstance(period, timedelta) else period
    is_right = isinstance(period, timedelta) or is_whole(period)
    if not is_right or not is_number(seconds) or not 1 <= seconds <= MAX_VALIDITY_SECONDS:
        raise ValidationError(f"must be 1 to {MAX_VALIDITY_SECONDS} whole seconds, is {seconds}")


_CHECKS: dict[str, Callable[[object], None]] = {
    "status_callback": check_url,
    "validity_period": _check_validity,
}


def read_options(problems: Problems, given: Mapping[str, object], others: Collection[str], now: Now | None) -> Form:
    """Return the pairs of what is *given* besides the *others*; a time to send at implies the one schedule type."""
    options = {name: value for name, value in given.items() if value is not None and name not in others}
    if not options:
        return ()
    if "send_at" in options:
        options = {"schedule_type": "fixed", **options}
    pairs: list[tuple[str, str]] = []
    for name, value in options.items():
        if name in _NAMES:
            pairs += problems.read(name, _read_option, name, value, now) or ()
        else:
            problems.append(_unknown(name))
    return tuple(pairs)


def _read_option(name: str, value: object, now: Now | None) -> Form:
    if name in _CHECKS:
        _CHECKS[name](value)
    if name == "send_at" and now is not None:
        _check_send_at(value, now())
    return tuple((_NAMES[name], text) for text in to_texts(value))


def _check_send_at(value: object, now: datetime) -> None:
    """Hold a time against Twilio's window; a text is left to Twilio."""
    if isinstance(value, datetime) and not SOONEST <= to_utc(value) - now <= LATEST:
        raise ValidationError(f"must be 300 seconds to 35 days ahead, is {_told(to_utc(value) - now)}")


def _told(ahead: timedelta) -> str:
    seconds = ahead.total_seconds()
    if seconds < 0:
        return "in the past"
    return f"{seconds:.0f} seconds ahead" if ahead < SOONEST else f"{ahead.days} days ahead"


def _unknown(name: str) -> str:
    from twilio_sms.domain.spelling import did_you_mean  # only a wrong name needs it

    known = [*_NAMES, "to", "from_", "body", "media_url", "messaging_service_sid"]
    meant = f": did you mean {_MEANT[name]}?" if name in _MEANT else did_you_mean(name, known)
    return f"{name} is no parameter of a message{meant}"
