"""Tells customers of statuses, and does to the callbacks what the scenario says: late, twice, in disorder, or never."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Protocol

from fake_twilio.delivery.tampering import ALTERATIONS
from fake_twilio.delivery.webhook import Webhook, is_told, status_webhook
from fake_twilio.domain.fate.chaos import CALM, Chaos, Mischief
from fake_twilio.domain.fate.departures import Departure, departures
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.fate.lifecycle import REPORTED, Status
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.values.sids import make_token
from fake_twilio.domain.webhooks.signer import Signer
from fake_twilio.records.incidents import Incidents, Sort
from fake_twilio.timing.clock import Clock
from fake_twilio.timing.postponed import Postponed
from fake_twilio.timing.scheduler import Scheduler

BOUND = 100_000  # messages whose callbacks wait for others; the oldest are let go without them
PATIENCE_SECONDS = 20.0  # real time in which a webhook ends by itself


class Deliver(Protocol):
    """What brings a webhook to the customer."""

    def __call__(self, webhook: Webhook, /) -> None:
        """Deliver *webhook* after those of the same message; return at once."""


@dataclass(slots=True)
class _Telling:
    """The callbacks of one message so far, by their places, and which departures have left."""

    webhooks: dict[int, Webhook] = field(default_factory=dict)
    left: set[tuple[int, int]] = field(default_factory=set)

    def leaving(self, planned: Iterable[Departure], place: int, *, is_last: bool) -> list[Departure]:
        """Return what may leave now that the callback in *place* is there; after the last one none waits for another.

        What waited for a status that the message never took leaves with the last one, too.
        """
        free = [
            departure
            for departure in planned
            if departure.place in self.webhooks
            and (is_last or departure.after <= place)
            and departure.key not in self.left
        ]
        self.left.update(departure.key for departure in free)
        return free


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
        bound: int = BOUND,
    ) -> None:
        self._seed = seed
        self._signer = signer
        self._clock = clock
        self._deliver = deliver
        self._await = wait_for
        self._incidents = incidents
        self._bound = bound
        self._tellings: dict[str, _Telling] = {}
        self._postponed = Postponed(scheduler)  # callbacks that leave at a later moment
        self._lock = Lock()

    def tell(self, message: Message) -> None:
        """Tell the customer of the status that *message* just took, if that is told at all."""
        if not is_told(message):
            return
        token = make_token(self._seed, message.sid, len(message.timeline))
        webhook = status_webhook(message, self._signer(message.account_sid), token)
        chaos = _chaos(message)
        if chaos.tricks:
            self._play(message, chaos, webhook)
        else:
            self._deliver(webhook)

    def has_begun(self, message: Message) -> bool:
        """Whether the first callback of *message* that is not dropped is free to leave, or none is to come."""
        told, to_come = _told(message), _to_come(message)
        planned = departures(_chaos(message), (*told, *to_come), self._draws(message))
        return not to_come or any(departure.times and departure.after < len(told) for departure in planned)

    def await_told(self, message: Message) -> None:
        """Wait until the customer has been told all that was to be told of *message* so far, at most 20 s."""
        self._note(Mischief.BEFORE_RESPONSE, message.sid)
        self._await(message.sid, PATIENCE_SECONDS)

    def forget(self, sids: Collection[str]) -> None:
        """Let callbacks of these messages that wait, for others or for their moment, never leave."""
        with self._lock:
            for sid in sids:
                self._tellings.pop(sid, None)
        self._postponed.forget(sids)

    def _play(self, message: Message, chaos: Chaos, webhook: Webhook) -> None:
        told, to_come = _told(message), _to_come(message)
        planned = departures(chaos, (*told, *to_come), self._draws(message))
        with self._lock:
            telling = self._tellings.pop(message.sid, None) or _Telling()
            telling.webhooks[len(told) - 1] = webhook
            leaving = telling.leaving(planned, len(told) - 1, is_last=not to_come)
            if to_come:
                self._keep(message.sid, telling)
        for departure in leaving:
            self._send(message, departure, telling.webhooks[departure.place])

    def _keep(self, sid: str, telling: _Telling) -> None:
        if len(self._tellings) >= self._bound:
            del self._tellings[next(iter(self._tellings))]
        self._tellings[sid] = telling

    def _send(self, message: Message, departure: Departure, webhook: Webhook) -> None:
        """Let one callback leave, at once or at its moment."""
        for mischief in departure.mischiefs:
            self._note(mischief, message.sid)
        moment = max(message.created_at + departure.at, self._clock.now()) + departure.delay
        if moment <= self._clock.now():
            return self._leave(message.account_sid, departure, webhook)
        leave = partial(self._leave, message.account_sid, departure, webhook)
        return self._postponed.plan(moment, message.sid, leave)

    def _leave(self, account_sid: str, departure: Departure, webhook: Webhook) -> None:
        """Deliver a callback as often as it comes, altered as it was planned, and signed as the account signs now."""
        webhook = webhook.signed_by(self._signer(account_sid))
        for mischief, alter in ALTERATIONS.items():
            if mischief in departure.mischiefs:
                webhook = alter(webhook)
        for _ in range(departure.times):
            self._deliver(webhook)

    def _draws(self, message: Message) -> Draws:
        return Draws(self._seed, message.to, message.ordinal)

    def _note(self, mischief: Mischief, message_sid: str) -> None:
        self._incidents.note(Sort.CALLBACK, f"{mischief}", message_sid=message_sid)


def _chaos(message: Message) -> Chaos:
    return message.twist.chaos if message.twist else CALM


def _told(message: Message) -> tuple[Status, ...]:
    """Return the statuses that were told so far, in order; the first one of a message never is."""
    return tuple(change.status for change in message.timeline[1:] if change.status in REPORTED)


def _to_come(message: Message) -> tuple[Status, ...]:
    return tuple(step.status for step in message.plan if step.status in REPORTED)
