"""The queue of each sender of one account, which drains at the sender's pace on the world's clock.

Nothing ticks: a message that joins knows when it will leave, which is when all before it are sent, and each takes the
seconds of its segments. Moments are fractions, so that a million messages leave as exactly as one.

Source: Twilio, its pages about 21611 and 30001. Inferred: where the queue is full, a message of a service is queued and
fails at once, also if a sender is named with the service; what is bound to expire in the queue takes no time of the
sender's and no room. For simplicity, what fails, is canceled or deleted after it joined frees nothing.
"""

from dataclasses import replace
from fractions import Fraction

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.messages.validity import expires, within_validity
from fake_twilio.domain.messages.wait import Wait
from fake_twilio.domain.rules.limits import Limits
from fake_twilio.domain.twilio.errors import refusal

MANY = 10_000  # senders; beyond that those that are free are forgotten
QUEUE_FULL, OVERFLOW = 21611, 30001


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
        found = Wait(float(wait), float(pace.segments_per_second))
        if wait >= pace.queue_seconds:
            return _overflown(message, found)
        plan = within_validity(message.plan, message.validity_seconds, float(wait))
        if not expires(plan):
            self._keep(sender, now + wait + message.segments / pace.segments_per_second, now)
        return replace(message, plan=plan, wait=found if wait else None)

    def known(self) -> int:
        """Return how many senders are remembered."""
        return len(self._free_at)

    def _keep(self, sender: str, free_at: Fraction, now: Fraction) -> None:
        self._free_at[sender] = free_at
        if len(self._free_at) > self._many:
            self._free_at = {busy: moment for busy, moment in self._free_at.items() if moment > now}
            self._many = max(self._least, 2 * len(self._free_at))  # so that the rest is looked through rarely


def _overflown(message: Message, found: Wait) -> Message:
    if message.service_sid is None:
        raise refusal(QUEUE_FULL)
    plan = (Step(Status.FAILED, 0.0, OVERFLOW),)
    return replace(message, plan=plan, wait=found._replace(is_refused=True))
