"""The queue of each sender of one account, which drains at the sender's pace on the world's clock.

Nothing ticks: a message that joins knows when it will leave, which is when all before it are sent, and each takes the
seconds of its segments. Moments are fractions, so that a million messages leave as exactly as one.

Source: Twilio, its pages about 21611 and 30001. Inferred: where the queue is full, a message of a service is queued and
fails at once, also if a sender is named with the service; what is bound to expire in the queue takes no time of the
sender's and no room. For simplicity, what fails, is canceled or deleted after it joined frees nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple, Self

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.messages.validity import expires, within_validity
from fake_twilio.domain.rules.limits import Limits
from fake_twilio.domain.twilio.errors import refusal
from fake_twilio.domain.values.logged import masked_number

MANY = 10_000  # senders; beyond that those that are free are forgotten
QUEUE_FULL, OVERFLOW = 21611, 30001


class QueueFill(NamedTuple):
    """How much waits in the queue of a sender, in seconds of its traffic, and how much it may hold.

    A message joins as long as less waits than may, so what waits may be more by one message.
    """

    sender: str
    waiting_seconds: float
    queue_seconds: float
    segments_per_second: float | None  # none: by Twilio's table, which looks at where a message goes

    @classmethod
    def of(cls, sender: str, waiting_seconds: float, limits: Limits) -> Self:
        """Return the fill of a queue in which so much waits."""
        limit = limits.of(sender)
        rate = limit.segments_per_second
        return cls(sender, waiting_seconds, limit.queue_seconds, None if rate is None else float(rate))

    @property
    def is_full(self) -> bool:
        """Whether the next message is turned away."""
        return self.waiting_seconds >= self.queue_seconds

    def __repr__(self) -> str:
        waits = f"{self.waiting_seconds:g} of {self.queue_seconds:g} seconds"
        return f"<QueueFill of {masked_number(self.sender)}: {waits}>"


class SenderQueues:
    """When each sender will be free. Not locked: the engine holds the lock."""

    def __init__(self, many: int = MANY) -> None:
        self._free_at: dict[str, Fraction] = {}
        self._many = self._least = many

    def line_up(self, message: Message, limits: Limits) -> Message:
        """Return a message that was queued just now with the wait for its sender before its next step.

        If the queue is full, a message of a service will fail (30001); any other is refused: raises 21611.
        """
        sender, now = message.sender or "", Fraction(message.updated_at)
        pace = limits.pace(sender, message.to)
        wait = max(self._free_at.get(sender, now) - now, Fraction(0))
        if wait >= pace.queue_seconds:
            return _overflown(message)
        plan = within_validity(message.plan, message.validity_seconds, float(wait))
        if not expires(plan):
            self._keep(sender, now + wait + message.segments / pace.segments_per_second, now)
        return replace(message, plan=plan)

    def known(self) -> int:
        """Return how many senders are remembered."""
        return len(self._free_at)

    def free_at(self) -> Mapping[str, Fraction]:
        """Return when each sender that is remembered will be free; what happens next does not change it."""
        return self._free_at.copy()

    def _keep(self, sender: str, free_at: Fraction, now: Fraction) -> None:
        self._free_at[sender] = free_at
        if len(self._free_at) > self._many:
            self._free_at = {busy: moment for busy, moment in self._free_at.items() if moment > now}
            self._many = max(self._least, 2 * len(self._free_at))  # so that the rest is looked through rarely


def fills(free_at: Mapping[str, Fraction], limits: Limits, now: float) -> Iterator[QueueFill]:
    """Yield how full the queue of each sender is at the moment *now*."""
    at, nothing = Fraction(now), Fraction(0)
    for sender, moment in free_at.items():
        yield QueueFill.of(sender, float(max(moment - at, nothing)), limits)


def _overflown(message: Message) -> Message:
    if message.service_sid is None:
        raise refusal(QUEUE_FULL)
    return replace(message, plan=(Step(Status.FAILED, 0.0, OVERFLOW),))
