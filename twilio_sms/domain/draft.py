"""A message that may be sent: read from the caller's arguments, or refused with everything that is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Literal, Self, TypedDict
from urllib.parse import urlsplit

from twilio_sms.domain.form import Form, to_text, to_texts
from twilio_sms.domain.phone import PhoneNumber, Sender
from twilio_sms.domain.problems import Problems
from twilio_sms.errors import ValidationError

MAX_BODY_CHARACTERS = 1600  # Twilio: 21617
MAX_MEDIA = 10  # Twilio: 21623
MAX_VALIDITY_SECONDS = 36_000  # Twilio: 21624
MAX_URL_CHARACTERS = 4000  # Twilio: 21609
_SERVICE_SID = re.compile(r"MG[0-9a-fA-F]{32}", re.ASCII)


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


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Draft:
    """A message that may be sent; one that exists is well-formed."""

    to: PhoneNumber
    sender: Sender | None
    messaging_service_sid: str | None
    body: str | None
    media_urls: tuple[str, ...]
    options: Form

    @classmethod
    def parse(
        cls,
        *,
        to: str,
        from_: str | None = None,
        messaging_service_sid: str | None = None,
        body: str | None = None,
        media_url: str | Sequence[str] | None = None,
        options: Mapping[str, object],
    ) -> Self:
        """Read the arguments of a send; raise one `ValidationError` that names everything that is wrong."""
        problems = Problems()
        recipient = sender = None
        media_urls: tuple[str, ...] = ()
        with problems.of("to"):
            recipient = PhoneNumber.parse(to)
        with problems.of("from_"):
            sender = Sender.parse(from_) if from_ is not None else None
        with problems.of("messaging_service_sid"):
            _check_service(messaging_service_sid)
        with problems.of("body"):
            _check_body(body)
        with problems.of("media_url"):
            media_urls = _media(media_url)
        given = {name: value for name, value in options.items() if value is not None}
        form = tuple(_option_pairs(problems, given))
        problems.extend(_missing(from_ or messaging_service_sid, body or media_url, messaging_service_sid, given))
        problems.raise_any()
        assert recipient is not None
        return cls(
            to=recipient,
            sender=sender,
            messaging_service_sid=messaging_service_sid,
            body=body,
            media_urls=media_urls,
            options=form,
        )

    def to_form(self) -> Form:
        """Return the form of a create-message request."""
        pairs = [("To", self.to.e164)]
        if self.sender:
            pairs.append(("From", self.sender.text))
        if self.messaging_service_sid:
            pairs.append(("MessagingServiceSid", self.messaging_service_sid))
        if self.body is not None:
            pairs.append(("Body", self.body))
        pairs.extend(("MediaUrl", url) for url in self.media_urls)
        return (*pairs, *self.options)

    def __repr__(self) -> str:
        return f"Draft(to {self.to!r})"


def _check_service(service: object) -> None:
    if service is not None and not (isinstance(service, str) and _SERVICE_SID.fullmatch(service)):
        raise ValidationError("must be MG and 32 hexadecimal digits")


def _check_body(body: object) -> None:
    if body is None:
        return
    if not isinstance(body, str):
        raise ValidationError(f"must be a text, is {type(body).__name__}")
    if len(body) > MAX_BODY_CHARACTERS:
        raise ValidationError(f"must have 1 to {MAX_BODY_CHARACTERS} characters, has {len(body)}")
    to_text(body)


def _media(media_url: str | Sequence[str] | None) -> tuple[str, ...]:
    urls = () if media_url is None else to_texts(media_url)
    if len(urls) > MAX_MEDIA:
        raise ValidationError(f"takes at most {MAX_MEDIA} addresses, has {len(urls)}")
    for url in urls:
        _check_url(url)
    return urls


def _check_url(url: object) -> None:
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
    is_whole = isinstance(period, timedelta) or (isinstance(period, int) and not isinstance(period, bool))
    if not is_whole or not isinstance(seconds, int | float) or not 1 <= seconds <= MAX_VALIDITY_SECONDS:
        raise ValidationError(f"must be 1 to {MAX_VALIDITY_SECONDS} whole seconds, is {seconds}")


_CHECKS: dict[str, Callable[[object], None]] = {
    "status_callback": _check_url,
    "validity_period": _check_validity,
}


def _option_pairs(problems: Problems, given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of the known options; a time to send at implies Twilio's only schedule type."""
    if "send_at" in given:
        given = {"schedule_type": "fixed", **given}
    for name, value in given.items():
        if name not in _NAMES:
            problems.append(_unknown(name))
            continue
        with problems.of(name):
            _CHECKS.get(name, _no_check)(value)
            yield from ((_NAMES[name], text) for text in to_texts(value))


def _no_check(value: object) -> None:
    """Leave the judgement to Twilio."""


def _unknown(name: str) -> str:
    close = get_close_matches(name, [*_NAMES, "to", "from_", "body", "media_url", "messaging_service_sid"], n=1)
    hint = f": did you mean {close[0]}?" if close else ""
    return f"{name} is no parameter of a message{hint}"


def _missing(sender: object, content: object, service: str | None, given: Mapping[str, object]) -> Iterator[str]:
    if not sender:
        yield "a sender is missing: give from_ or messaging_service_sid"
    if not content and not given.get("content_sid"):
        yield "content is missing: give body, media_url or content_sid"
    if "send_at" in given and not service:
        yield "send_at needs messaging_service_sid: only a messaging service can schedule"
