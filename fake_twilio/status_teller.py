"""Tells customers of statuses, and does to the callbacks what the scenario says: late, twice, in disorder, or never."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Protocol

from fake_twilio.clock import Clock
from fake_twilio.domain.chaos import Chaos, Mischief
from fake_twilio.domain.draws import Draws
from fake_twilio.domain.lifecycle import REPORTED
from fake_twilio.domain.message import Message
from fake_twilio.domain.sids import make_token
from fake_twilio.domain.signer import Signer
from fake_twilio.incidents import Incidents, Sort
from fake_twilio.scheduler import Scheduler
from fake_twilio.tampering import ALTERATIONS
from fake_twilio.webhooks import Webhook, is_told, status_webhook

MANY = 100_000  # messages whose callbacks wait for others; the oldest are let go without them
PATIENCE_SECONDS = 20.0  # real time in which a webhook ends by itself
RELAPSE_SECONDS = 1.0  # from the last callback to one that was told before


class Deliver(Protocol):
    """What brings a webhook to the customer."""

    def __call__(self, webhook: Webhook, /) -> None:
        """Deliver *webhook* after those of the same message; return at once."""


@dataclass(slots=True)
class _Telling:
    """The callbacks of one message so far."""

    order: tuple[int, ...]  # in which they leave
    told: list[Webhook] = field(default_factory=list)
    waiting: dict[int, Webhook] = field(default_factory=dict)
    gone: int = 0  # how many of the order have left

    def add(self, webhook: Webhook, *, is_last: bool) -> list[Webhook]:
        """Take the next callback; return those that may leave now. After the last one none waits for another."""
        self.waiting[len(self.told)] = webhook
        self.told.append(webhook)
        leaving = []
        while self.gone < len(self.order) and self.order[self.gone] in self.waiting:
            leaving.append(self.waiting.pop(self.order[self.gone]))
            self.gone += 1
        if is_last:
            leaving += self.waiting.values()
            self.waiting.clear()
        return leaving


class StatusTeller:
    """Makes and delivers the status callbacks of all accounts; *signer* is that of an account."""

    def __init__(
        self,
        *,
        seed: int,
        signer: Callable[[str], Signer],
        clock: Clock,
        scheduler: Scheduler,
        deliver: Deliver,
        wait_for: Callable[[str, float], object],
        incidents: Incidents,
    ) -> None:
        self._seed = seed
        self._signer = signer
        self._clock = clock
        self._scheduler = scheduler
        self._deliver = deliver
        self._await = wait_for
        self._incidents = incidents
        self._tellings: dict[str, _Telling] = {}
        self._lock = Lock()

    def tell(self, message: Message) -> None:
        """Tell the customer of the status that *message* just took, if that is told at all."""
        if not is_told(message):
            return
        token = make_token(self._seed, message.sid, len(message.timeline))
        webhook = status_webhook(message, self._signer(message.account_sid), token)
        if message.twist is None or not message.twist.chaos.tricks:
            self._deliver(webhook)
        else:
            self._play(message, message.twist.chaos, webhook)

    def await_told(self, message: Message) -> None:
        """Wait until the customer has been told all that was to be told of *message* so far, at most 20 s."""
        self._await(message.sid, PATIENCE_SECONDS)

    def _play(self, message: Message, chaos: Chaos, webhook: Webhook) -> None:
        draws = Draws(self._seed, message.to, message.ordinal)
        is_last = not any(step.status in REPORTED for step in message.plan)
        with self._lock:
            telling = self._telling(message, chaos, draws)
            leaving = telling.add(webhook, is_last=is_last)
            if is_last:
                del self._tellings[message.sid]
        for each in leaving:
            self._send(each, chaos, draws)
        if leaving != [webhook] and len(telling.order) > 1:
            self._note(Mischief.SHUFFLED, webhook)
        if is_last:
            self._relapse(telling.told, chaos, draws)

    def _telling(self, message: Message, chaos: Chaos, draws: Draws) -> _Telling:
        if message.sid not in self._tellings:
            if len(self._tellings) >= MANY:
                del self._tellings[next(iter(self._tellings))]
            count = 1 + sum(step.status in REPORTED for step in message.plan)
            self._tellings[message.sid] = _Telling(_order(chaos, count, draws))
        return self._tellings[message.sid]

    def _send(self, webhook: Webhook, chaos: Chaos, draws: Draws) -> None:
        """Let one callback leave, unless it is dropped: as often as it comes, and when, and with what it says."""
        if self._strikes(Mischief.DROP, webhook, chaos, draws):
            return
        for mischief, alter in ALTERATIONS.items():
            if self._strikes(mischief, webhook, chaos, draws):
                webhook = alter(webhook)
        duplicate = chaos.trick(Mischief.DUPLICATE, webhook.status, draws)
        late = chaos.trick(Mischief.LATE, webhook.status, draws)
        if duplicate:
            self._note(Mischief.DUPLICATE, webhook)
        if late:
            self._note(Mischief.LATE, webhook)
        seconds = late.delay.seconds(draws, f"late/{webhook.status}") if late and late.delay else 0.0
        self._leave([webhook] * (duplicate.times if duplicate else 1), seconds)

    def _relapse(self, told: list[Webhook], chaos: Chaos, draws: Draws) -> None:
        """Tell once more of a status before the last one."""
        trick = chaos.trick(Mischief.REGRESS, told[-1].status, draws)
        if trick is None or len(told) < 2:
            return
        earlier = told[int(draws.fraction("regress") * (len(told) - 1))]
        self._note(Mischief.REGRESS, earlier)
        self._leave([earlier], RELAPSE_SECONDS)

    def _leave(self, webhooks: Iterable[Webhook], seconds: float) -> None:
        if seconds <= 0:
            for webhook in webhooks:
                self._deliver(webhook)
        else:
            self._scheduler.plan(self._clock.now() + seconds, partial(self._leave, list(webhooks), 0.0))

    def _strikes(self, mischief: Mischief, webhook: Webhook, chaos: Chaos, draws: Draws) -> bool:
        strikes = chaos.trick(mischief, webhook.status, draws) is not None
        if strikes:
            self._note(mischief, webhook)
        return strikes

    def _note(self, mischief: Mischief, webhook: Webhook) -> None:
        self._incidents.note(Sort.CALLBACK, f"{mischief}", message_sid=webhook.message_sid)


def _order(chaos: Chaos, count: int, draws: Draws) -> tuple[int, ...]:
    if chaos.has(Mischief.REVERSED):
        return tuple(reversed(range(count)))
    return draws.shuffled("order", count) if chaos.has(Mischief.SHUFFLED) else tuple(range(count))
