"""How much a world lets through: the pace of each sender, and an account's requests at one time."""

from dataclasses import dataclass
from fractions import Fraction

from fake_twilio.domain.rules.rates import QUEUE_SECONDS, segments_per_second
from fake_twilio.domain.values.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Pace:
    """How many segments a sender sends in a second, and how many seconds of its traffic may wait."""

    segments_per_second: Fraction
    queue_seconds: float = QUEUE_SECONDS


@dataclass(frozen=True, slots=True)
class SenderLimit:
    """What goes for the senders that one of the patterns matches; without a rate it is that of Twilio's table."""

    senders: tuple[Pattern, ...]
    segments_per_second: Fraction | None = None
    queue_seconds: float = QUEUE_SECONDS

    def matches(self, sender: str) -> bool:
        """Whether this goes for *sender*."""
        return any(pattern.matches(sender) for pattern in self.senders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a scenario limits: senders by Twilio's table and by what *senders* says instead; requests of an account."""

    paces_senders: bool = False
    senders: tuple[SenderLimit, ...] = ()
    concurrency: int | None = None

    def of(self, sender: str) -> SenderLimit:
        """Return what goes for *sender*: the first limit that matches counts, else Twilio's table."""
        return next((limit for limit in self.senders if limit.matches(sender)), SenderLimit(()))

    def pace(self, sender: str, to: str) -> Pace:
        """Return the pace of *sender* on its way to *to*."""
        limit = self.of(sender)
        rate = limit.segments_per_second or Fraction(segments_per_second(sender, to))
        return Pace(rate, limit.queue_seconds)


UNLIMITED = Limits()
