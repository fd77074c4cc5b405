"""A message that may be sent: read from the caller's arguments, or refused with everything that is wrong."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

from twilio_sms.domain.form import Form, plain, to_text, to_texts
from twilio_sms.domain.phone import PhoneNumber, ReadNumber, Sender
from twilio_sms.domain.problems import Problems
from twilio_sms.domain.send_options import Now, check_url, read_options
from twilio_sms.errors import ValidationError

MAX_BODY_CHARACTERS = 1600  # Twilio: 21617
MAX_MEDIA = 10  # Twilio: 21623
_ARGUMENTS = frozenset({"to", "from_", "messaging_service_sid", "body", "media_url"})
_SERVICE_SID = re.compile(r"MG[0-9a-fA-F]{32}", re.ASCII)


class Draft(NamedTuple):
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
        read_number: ReadNumber = PhoneNumber.parse,
        now: Now | None = None,
    ) -> Self:
        """Read the arguments of a send by name; see `from_arguments`."""
        named = {"to": to, "from_": from_, "messaging_service_sid": messaging_service_sid, "body": body}
        return cls.from_arguments({**named, "media_url": media_url, **options}, read_number, now)

    @classmethod
    def from_arguments(cls, given: Mapping[str, Any], read_number: ReadNumber, now: Now | None) -> Self:
        """Read the arguments of a send; raise one `ValidationError` that names everything that is wrong.

        *read_number* says what counts as a number; with *now*, a time to send at is held against Twilio's window.
        """
        problems = Problems()
        from_, media_url = given.get("from_"), given.get("media_url")
        recipient = problems.read("to", read_number, given.get("to"))
        sender = problems.read("from_", Sender.parse, from_, read_number) if from_ is not None else None
        service = problems.read("messaging_service_sid", _read_service, given.get("messaging_service_sid"))
        body = problems.read("body", _read_body, given.get("body"))
        media_urls = problems.read("media_url", _read_media, media_url) if media_url is not None else ()
        options = read_options(problems, given, _ARGUMENTS, now)
        problems.extend(_missing(given))
        if problems:
            problems.raise_all()
        assert recipient is not None
        return cls(recipient, sender, service, body, media_urls or (), options)

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

    @property
    def sender_text(self) -> str | None:
        """The sender's number, short code or ID; ``None`` if the messaging service chooses one."""
        return self.sender.text if self.sender else None

    def count_segments(self) -> int:
        """Return how many segments the body takes; one for a message without a body."""
        from twilio_sms.domain.segments import count_segments  # most limits count messages

        return count_segments(self.body or "", smart_encoding=("SmartEncoded", "true") in self.options).segments

    def __repr__(self) -> str:
        return f"Draft(to {self.to!r})"


def _read_service(service: object) -> str | None:
    if service is None:
        return None
    if isinstance(service, str) and _SERVICE_SID.fullmatch(service):
        return plain(service)
    raise ValidationError("must be MG and 32 hexadecimal digits")


def _read_body(body: object) -> str | None:
    if body is None:
        return None
    if not isinstance(body, str):
        raise ValidationError(f"must be a text, is {type(body).__name__}")
    if len(body) > MAX_BODY_CHARACTERS:
        raise ValidationError(f"must have 1 to {MAX_BODY_CHARACTERS} characters, has {len(body)}")
    return plain(body) if body.isascii() else to_text(body)


def _read_media(media_url: object) -> tuple[str, ...]:
    urls = to_texts(media_url)
    if len(urls) > MAX_MEDIA:
        raise ValidationError(f"takes at most {MAX_MEDIA} addresses, has {len(urls)}")
    for url in urls:
        check_url(url)
    return urls


def _missing(given: Mapping[str, object]) -> list[str]:
    service = given.get("messaging_service_sid")
    missing = []
    if not (given.get("from_") or service):
        missing.append("a sender is missing: give from_ or messaging_service_sid")
    if not (given.get("body") or given.get("media_url") or given.get("content_sid")):
        missing.append("content is missing: give body, media_url or content_sid")
    if given.get("send_at") is not None and not service:
        missing.append("send_at needs messaging_service_sid: only a messaging service can schedule")
    return missing
