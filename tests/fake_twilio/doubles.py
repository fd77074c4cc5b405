"""Values and doubles that the tests of the fake hand in."""

from collections.abc import Callable, Iterable, Iterator
from threading import Event as Signal
from threading import Thread
from typing import Any

from fake_twilio.accounts.application_book import ApplicationBook
from fake_twilio.accounts.opt_out_book import OptOutBook
from fake_twilio.accounts.phone_book import PhoneBook
from fake_twilio.accounts.senders import Senders
from fake_twilio.accounts.service_book import ServiceBook
from fake_twilio.delivery.status_teller import StatusTeller
from fake_twilio.delivery.webhook import Answer, Delivery, Webhook
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.message import Change, Event, Message
from fake_twilio.domain.rules.scenario import Rule, Scenario
from fake_twilio.domain.twilio.form import Form
from fake_twilio.messages.engine import Engine
from fake_twilio.messages.fates import Fates
from fake_twilio.records.incidents import Incidents
from fake_twilio.records.store import BOUND, Store
from fake_twilio.timing.clock import ManualClock
from fake_twilio.timing.scheduler import Scheduler
from fake_twilio.timing.timekeeper import Hand

ACCOUNT_SID = "AC" + "0a" * 16
AUTH_TOKEN = "0b" * 16
SERVICE_SID = "MG" + "0d" * 16
APPLICATION_SID = "AP" + "0f" * 16
MESSAGE_SID = "SM" + "0c" * 16
RECIPIENT = "+15551234567"
SENDER = "+15005550006"
CALLBACK = "http://127.0.0.1:9/status"
START = 1_767_225_600.0  # 2026-01-01T00:00:00Z
PATIENCE_SECONDS = 10.0  # how long a test waits for another thread before it fails

ON_ITS_WAY = (Step(Status.SENDING, 1.0), Step(Status.SENT, 2.0), Step(Status.DELIVERED, 3.0))


def make_message(**changes: Any) -> Message:
    """Return a queued message, just made."""
    values: dict[str, Any] = {
        "sid": MESSAGE_SID,
        "account_sid": ACCOUNT_SID,
        "service_sid": None,
        "to": RECIPIENT,
        "sender": SENDER,
        "body": "hello",
        "media_urls": (),
        "status_callback": CALLBACK,
        "direction": "outbound-api",
        "segments": 1,
        "created_at": START,
        "updated_at": START,
        "validity_seconds": 36_000,
        "status": Status.QUEUED,
        "timeline": (Change(START, Status.QUEUED),),
        "plan": (),
        "rule": None,
        "notes": (),
    }
    return Message(**{**values, **changes})


def make_webhook(message_sid: str = MESSAGE_SID, *, url: str = CALLBACK, token: str = "t") -> Webhook:
    """Return a webhook to *url*; *token* tells one from another."""
    return Webhook(
        message_sid=message_sid,
        status=Status.SENT,
        url=url,
        form=(("MessageStatus", "sent"), ("To", RECIPIENT)),
        signature="c2lnbmF0dXJl",
        token=token,
    )


def make_scenario(*rules: Rule, numbers: tuple[str, ...] = (), steps: tuple[Step, ...] = ON_ITS_WAY) -> Scenario:
    """Return a world of *rules*, in which all other messages live through *steps*."""
    return Scenario(name="test", about="a test", numbers=numbers, rules=rules, otherwise=lives(*steps))


def create_form(**changes: str | None) -> Form:
    """Return the form of a message that may be sent; a value of ``None`` leaves a key out."""
    values: dict[str, str | None] = {"To": RECIPIENT, "From": SENDER, "Body": "hello", **changes}
    return tuple((name, value) for name, value in values.items() if value is not None)


def service_form(**changes: str | None) -> Form:
    """Return the form of a message that a messaging service sends."""
    return create_form(**{"From": None, "MessagingServiceSid": SERVICE_SID, **changes})


class NothingPending:
    """Deliveries that are always at their end; counts how often it was asked."""

    def __init__(self, *, is_idle: bool = True) -> None:
        self.is_idle = is_idle
        self.is_asked_from_webhook = False
        self.asked = 0
        self.ended = 0

    def wait_until_idle(self, seconds: float) -> bool:
        self.asked += 1
        return self.is_idle


class Town:
    """An engine with everything it needs, a hand to move its time, and the webhooks it sent."""

    def __init__(
        self,
        scenario: Scenario | None = None,
        *,
        seed: int = 7,
        bound: int = BOUND,
        clock: ManualClock | None = None,
        on_delivery: Callable[[Webhook], None] | None = None,
    ) -> None:
        self.webhooks: list[Webhook] = []
        self.account = Account(ACCOUNT_SID, AUTH_TOKEN)
        self.clock = clock or ManualClock(START)
        self.scheduler = Scheduler()
        self.hand = Hand(self.clock, self.scheduler, NothingPending())
        self.scenario = scenario or make_scenario()
        self.opt_outs = OptOutBook(self.clock)
        numbers = PhoneBook(ACCOUNT_SID, seed, self.clock, lambda: self.scenario.numbers)
        services = ServiceBook(ACCOUNT_SID, seed, self.clock, lambda: self.scenario.services)
        self.applications = ApplicationBook(ACCOUNT_SID, seed, self.clock, lambda: self.scenario.applications)
        self.incidents = Incidents(self.clock.now)
        self.fates = Fates(
            seed=seed,
            scenario=lambda: self.scenario,
            elapsed=lambda: self.clock.now() - START,
            incidents=self.incidents,
        )
        teller = StatusTeller(
            seed=seed,
            signer=lambda _sid: self.account.signer,
            clock=self.clock,
            scheduler=self.scheduler,
            deliver=on_delivery or self.webhooks.append,
            wait_for=lambda _sid, _seconds: True,
            incidents=self.incidents,
        )
        self.engine = Engine(
            account=lambda: self.account,
            scenario=lambda: self.scenario,
            seed=seed,
            clock=self.clock,
            senders=Senders(ACCOUNT_SID, numbers, services, self.opt_outs, self.applications),
            store=Store(bound),
            scheduler=self.scheduler,
            fates=self.fates,
            teller=teller,
        )

    def told(self) -> list[str]:
        """Return the statuses that the customer was told of."""
        return [str(webhook.status) for webhook in self.webhooks]


class GatedPost:
    """Posts that begin at once and end when they are let through."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.has_begun: dict[str, Signal] = {}
        self.gates: dict[str, Signal] = {}

    def expect(self, *tokens: str) -> None:
        """Prepare the gates of webhooks with these tokens."""
        for token in tokens:
            self.has_begun[token], self.gates[token] = Signal(), Signal()

    def post(self, webhook: Webhook) -> Answer:
        self.began.append(webhook.token)
        self.has_begun[webhook.token].set()
        is_open = self.gates[webhook.token].wait(PATIENCE_SECONDS)
        return Answer(status=204 if is_open else 500)


def once(post: Callable[[Webhook], Answer]) -> Callable[[Webhook], Iterator[Delivery]]:
    """Return attempts that are one request each."""

    def attempts(webhook: Webhook) -> Iterator[Delivery]:
        yield Delivery(webhook=webhook, answer=post(webhook))

    return attempts


class ScarceThreads:
    """Makes threads like `threading.Thread`; so many as *refused* says cannot be started."""

    def __init__(self, refused: int) -> None:
        self.refused = refused

    def __call__(self, **about: Any) -> Thread:
        thread = Thread(**about)
        if self.refused:
            self.refused -= 1
            thread.start = self._refuse  # type: ignore[method-assign] # as the system does, when it has none left
        return thread

    def _refuse(self) -> None:
        raise RuntimeError("can't start new thread")


class Resolver:
    """A resolver that gives the same addresses for every host and notes what it was asked."""

    def __init__(self, addresses: Iterable[str]) -> None:
        self._addresses = list(addresses)
        self.asked: list[tuple[str, int]] = []

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked.append((host, port))
        return self._addresses


class Stopwatch:
    """A monotonic clock that moves on by *step* seconds each time it is read."""

    def __init__(self, step: float = 0.0) -> None:
        self._now = 0.0
        self._step = step

    def __call__(self) -> float:
        now, self._now = self._now, self._now + self._step
        return now


def note(log: list[Any], thing: Any, event: Event | None = None) -> Callable[[], Event | None]:
    """Return an action that writes *thing* into *log* and returns *event*."""

    def action() -> Event | None:
        log.append(thing)
        return event

    return action
