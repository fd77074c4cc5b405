"""What a test wants of a message, and in which fields one differs from that."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.values.patterns import parse_pattern

Text = str | re.Pattern[str]
Media = int | Sequence[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One field: what was wanted of it, what came, and whether that fits."""

    name: str
    wanted: Text | Media
    came: str | Media | None
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a message; what is ``None`` may be anything.

    A text is matched as in a scenario: equal, with ``*`` and ``?``, or a range of numbers; a compiled expression is
    searched for. `from_` is the sender or the messaging service, `media` a count or the URLs in their order. Raises
    `ValueError` for what no message can have.
    """

    to: Text | None = None
    from_: Text | None = None
    body: Text | None = None
    media: Media | None = None
    status: str | None = None

    def __post_init__(self) -> None:
        for text in (self.to, self.from_, self.body):
            if isinstance(text, str):
                parse_pattern(text)
        if self.status is not None:
            parse_status(self.status)
        if self.media is not None and isinstance(self.media, str):
            raise ValueError("media must be a count or a sequence of URLs, is one text: write (url,)")

    def findings(self, message: Message) -> Iterator[Finding]:
        """Yield what is found in each field of which something is wanted."""
        yield from _text("to", self.to, message.to)
        yield from _text("from_", self.from_, *_origins(message))
        yield from _text("body", self.body, message.body)
        yield from _media(self.media, message.media_urls)
        yield from _text("status", self.status, str(message.status))

    def matches(self, message: Message) -> bool:
        """Whether every field fits."""
        return all(finding.fits for finding in self.findings(message))

    def lines(self) -> list[str]:
        """Return what is wanted, a line for each field."""
        fields = (("to", self.to), ("from_", self.from_), ("body", self.body), ("media", self.media))
        named = [*fields, ("status", self.status)]
        return [f"  {name:<7} {shown(value)}" for name, value in named if value is not None] or ["  anything"]


def parse_status(text: str) -> Status:
    """Return the status with this name; raise `ValueError` if there is none."""
    try:
        return Status(text)
    except ValueError:
        raise ValueError(f"status must be one of {', '.join(Status)}, is {text!r}") from None


def shown(value: Text | Media | None) -> str:
    """Write a value as it stands in a test."""
    return f"re.compile({value.pattern!r})" if isinstance(value, re.Pattern) else repr(value)


def _origins(message: Message) -> tuple[str, ...]:
    sender = message.sender or message.intended_sender
    return tuple(origin for origin in (sender, message.service_sid) if origin)


def _text(name: str, wanted: Text | None, *came: str) -> Iterator[Finding]:
    if wanted is not None:
        yield Finding(name, wanted, " or ".join(came) or None, any(_matches(wanted, text) for text in came))


def _matches(wanted: Text, text: str) -> bool:
    if isinstance(wanted, re.Pattern):
        return wanted.search(text) is not None
    return wanted == text or parse_pattern(wanted).matches(text)


def _media(wanted: Media | None, urls: tuple[str, ...]) -> Iterator[Finding]:
    if isinstance(wanted, int):
        yield Finding("media", wanted, len(urls), wanted == len(urls))
    elif wanted is not None:
        yield Finding("media", tuple(wanted), urls, tuple(wanted) == urls)
