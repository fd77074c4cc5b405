"""What a scenario lets go wrong with the status callbacks of a message.

Source of what really happens: Twilio, "Track Outbound Message Status" (callbacks may arrive out of order, and their
parameters may change); the issues that users report of duplicates and of callbacks that come too early or too late.
"""

from dataclasses import dataclass
from enum import StrEnum

from fake_twilio.domain.fate.delays import Delay
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.lifecycle import Status


class Mischief(StrEnum):
    """What may happen to a callback."""

    SHUFFLED = "shuffled"  # the callbacks of a message come in another order
    REVERSED = "reversed"  # the last one comes first
    ORDERED = "ordered"  # they come in an order that is given, and at given moments
    DUPLICATE = "duplicate"  # it comes more than once
    DROP = "drop"  # it never comes
    LATE = "late"
    BEFORE_RESPONSE = "before_response"  # it comes before the answer to the request that made the message
    REGRESS = "regress"  # after the last one, an earlier one comes once more
    BAD_SIGNATURE = "bad_signature"
    EXTRA_PARAMETERS = "extra_parameters"  # with parameters that nobody has seen before, and signed with them
    MISSING_OPTIONAL = "missing_optional"  # without those that Twilio does not always send


@dataclass(frozen=True, slots=True)
class Arrival:
    """One callback of an order that is given: it leaves no earlier than *at* seconds after the message was made."""

    status: Status
    at: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trick:
    """When something happens: with the callbacks of some statuses (of all, if none is named), and how likely."""

    probability: float = 1.0
    statuses: frozenset[Status] = frozenset()
    times: int = 2  # how often a duplicate comes in all
    delay: Delay | None = None  # of what is late
    arrivals: tuple[Arrival, ...] = ()  # the order that is given

    def happens(self, mischief: Mischief, draws: Draws) -> bool:
        """Return whether this happens to a message: all its callbacks, or none."""
        return draws.happens(mischief, self.probability)

    def strikes(self, mischief: Mischief, status: Status, draws: Draws) -> bool:
        """Return whether this happens to the callback of *status*."""
        is_meant = not self.statuses or status in self.statuses
        return is_meant and draws.happens(f"{mischief}/{status}", self.probability)


@dataclass(frozen=True, slots=True)
class Chaos:
    """All that may happen to the callbacks of a message; nothing, if there is no trick."""

    tricks: tuple[tuple[Mischief, Trick], ...] = ()

    def trick(self, mischief: Mischief, status: Status, draws: Draws) -> Trick | None:
        """Return the trick that strikes the callback of *status*, if there is one of this kind and chance wants it."""
        for kind, trick in self.tricks:
            if kind is mischief and trick.strikes(mischief, status, draws):
                return trick
        return None

    def has(self, mischief: Mischief) -> bool:
        """Whether there is a trick of this kind."""
        return any(kind is mischief for kind, _ in self.tricks)


CALM = Chaos()
