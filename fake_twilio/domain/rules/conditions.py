"""What a message must be like for a rule."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.rates import Kind
from fake_twilio.domain.rules.turns import ALWAYS, Turn
from fake_twilio.domain.values.patterns import Pattern

Patterns = tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Whole numbers from *low* to *high*, both included."""

    low: int
    high: float = math.inf

    def holds(self, number: int) -> bool:
        """Whether *number* is one of them."""
        return self.low <= number <= self.high


@dataclass(frozen=True, slots=True)
class When:
    """What a message must be like; each part holds if one of its values matches, an empty part always does."""

    to: Patterns = ()
    sender: Patterns = ()
    body: Patterns = ()
    service: Patterns = ()
    account: Patterns = ()
    number_type: frozenset[Kind] = frozenset()  # of the sender
    country: frozenset[str] = frozenset()  # of the recipient
    segments: Span | None = None
    media: Span | None = None
    turn: Turn = ALWAYS

    def asked(self) -> Iterator[str]:
        """Yield the name of each part that asks something of the message."""
        others = {
            "number_type": self.number_type,
            "country": self.country,
            "segments": self.segments,
            "media": self.media,
        }
        return (name for name, value in {**self.patterns(), **others}.items() if value)

    def mismatches(self, envelope: Envelope) -> Iterator[str]:
        """Yield the name of each part that does not hold."""
        texts = texts_of(envelope)
        for name, patterns in self.patterns().items():
            if patterns and not any(pattern.matches(texts[name]) for pattern in patterns):
                yield name
        yield from self.other_mismatches(envelope)

    def matches(self, envelope: Envelope) -> bool:
        """Whether every part holds; whose turn it is is another question."""
        return next(self.mismatches(envelope), None) is None

    def patterns(self) -> dict[str, Patterns]:
        """Return the patterns for texts, by the name of what they look at."""
        return {
            "to": self.to,
            "from": self.sender,
            "body": self.body,
            "service": self.service,
            "account": self.account,
        }

    def other_mismatches(self, envelope: Envelope) -> Iterator[str]:
        """Yield the name of each part without patterns that does not hold."""
        if self.number_type and envelope.sender_kind not in self.number_type:
            yield "number_type"
        if self.country and envelope.country not in self.country:
            yield "country"
        if self.segments and not self.segments.holds(envelope.segments):
            yield "segments"
        if self.media and not self.media.holds(envelope.media):
            yield "media"


def texts_of(envelope: Envelope) -> dict[str, str]:
    """Return the texts that patterns look at, by name."""
    return {
        "to": envelope.to,
        "from": envelope.sender,
        "body": envelope.body,
        "service": envelope.service_sid,
        "account": envelope.account_sid,
    }
