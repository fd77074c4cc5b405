"""When it is the turn of a rule: the how-manieth time it would apply, with which chance, at which time."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.rules.envelope import Envelope


class Per(StrEnum):
    """What is counted for itself: each recipient, each sender, …"""

    TO = "to"
    FROM = "from"
    BODY = "body"
    SERVICE = "service"
    ACCOUNT = "account"


def _short(text: str) -> str:
    """Return what stands for *text* in 32 characters, so that many long texts take no room."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


_KEYS: dict[Per, Callable[[Envelope], str]] = {
    Per.TO: lambda envelope: envelope.to,
    Per.FROM: lambda envelope: envelope.sender,
    Per.BODY: lambda envelope: _short(envelope.body),
    Per.SERVICE: lambda envelope: envelope.service_sid,
    Per.ACCOUNT: lambda envelope: envelope.account_sid,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Which of the occasions that would fit are taken; all that is said must hold. Occasions count from 1."""

    nth: frozenset[int] = frozenset()
    first: int | None = None
    every: int | None = None
    per: Per | None = None
    probability: float | None = None
    since: float = 0.0  # seconds of the scenario's time
    until: float = math.inf

    @property
    def counts(self) -> bool:
        """Whether it matters how many occasions there were."""
        return bool(self.nth) or self.first is not None or self.every is not None

    def key(self, envelope: Envelope) -> str:
        """Return for what *envelope* counts."""
        return "" if self.per is None else _KEYS[self.per](envelope)

    def is_time(self, elapsed: float) -> bool:
        """Whether it is the time, *elapsed* seconds after the scenario began; the end is no part of it."""
        return self.since <= elapsed < self.until

    def takes(self, count: int, draws: Draws, name: str) -> bool:
        """Return whether the *count*-th occasion is taken."""
        fits = (
            (not self.nth or count in self.nth)
            and (self.first is None or count <= self.first)
            and (self.every is None or count % self.every == 0)
        )
        return fits and (self.probability is None or draws.happens(name, self.probability))


ALWAYS = Turn()
