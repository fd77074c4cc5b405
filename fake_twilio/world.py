"""One run of the fake: a clock, a scenario, and everything that happened since its beginning."""

from collections.abc import Callable
from functools import partial

from fake_twilio.accounts.application_book import ApplicationBook
from fake_twilio.accounts.directory import Directory
from fake_twilio.accounts.opt_out_book import OptOutBook
from fake_twilio.accounts.phone_book import PhoneBook
from fake_twilio.accounts.senders import Senders
from fake_twilio.accounts.service_book import ServiceBook
from fake_twilio.delivery.attempts import Attempts, Sender
from fake_twilio.delivery.courier import Courier
from fake_twilio.delivery.replays import Manner, Replays
from fake_twilio.delivery.status_teller import StatusTeller
from fake_twilio.delivery.webhook import Webhook
from fake_twilio.delivery.workers import Workers
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.values.sids import derived_seed
from fake_twilio.inbound.alerts import Alerts
from fake_twilio.inbound.conversation import Conversation
from fake_twilio.inbound.geography import Geography
from fake_twilio.inbound.inbox import Inbox
from fake_twilio.messages.engine import Engine
from fake_twilio.messages.fates import Fates
from fake_twilio.messages.realm import Realm
from fake_twilio.movers import freezer_of, hand_of, make_mover, ticker_of
from fake_twilio.records.incidents import Incidents
from fake_twilio.records.request_log import RequestLog
from fake_twilio.records.store import Store
from fake_twilio.timing.activity import Activity
from fake_twilio.timing.clock import InstantClock, ManualClock, RealClock
from fake_twilio.timing.jumper import Jumper
from fake_twilio.timing.scheduler import Scheduler
from fake_twilio.timing.timekeeper import Hand, Ticker

WORKERS = 64  # as many as the courier may keep busy with eight targets


class World:
    """The parts of a run, put together; it begins when it is made, and is dropped when another one begins."""

    def __init__(
        self,
        *,
        account: Account,
        test_account: Account,
        scenario: Scenario,
        seed: int,
        clock: ManualClock | RealClock,
        sender: Sender,
        monotonic: Callable[[], float],
        note: Callable[[str], None] = lambda _sid: None,
        base_url: str = "https://api.twilio.com",
    ) -> None:
        self.seed = seed
        self.start = clock.now()
        self.clock = clock
        self._note = note  # of each message that changed, or of which a webhook ended
        self.scheduler = Scheduler()
        self.workers = Workers(WORKERS, "fake-twilio-webhook")  # of its own: what hangs here holds up no other world
        self.courier = Courier(self.workers, Attempts(sender).of, note=note, now=clock.now)
        self.replays = Replays(clock, self.scheduler, self.courier.deliver)
        self.directory = Directory(account, derived_seed(seed, "accounts"), clock, test_account)
        self._numbers = self._make_numbers(account.sid)
        self.alerts = Alerts(clock)
        self.inbox = self._make_inbox(base_url)
        self.incidents = Incidents(clock.now)
        self.requests = RequestLog(clock.now)
        self._fates = self._make_fates()
        self._teller = self._make_teller()
        self.realm = Realm(self.directory, scenario, self._make_engine, self._fates, self.incidents)
        self.engine = self.realm.main
        self.activity = Activity(monotonic) if isinstance(clock, InstantClock) else None  # nobody else asks for it
        self.mover = make_mover(clock, self.scheduler, self.courier, self.activity)
        self._hand_of_frozen = Hand(clock, self.scheduler, self.courier)  # of its own lock: one for all who ask
        if not isinstance(self.mover, Hand):
            self.mover.start()

    @property
    def hand(self) -> Hand:
        """What moves the time; raises `TimeError` while it moves by itself."""
        if isinstance(self.clock, RealClock) and self.clock.is_frozen:
            return self._hand_of_frozen
        return hand_of(self.mover)

    @property
    def freezer(self) -> Ticker | Jumper:
        """What can stop and start the time; raises `TimeError` if it only moves by hand."""
        return freezer_of(self.mover)

    @property
    def ticker(self) -> Ticker:
        """What lets real time pass; raises `TimeError` on another clock."""
        return ticker_of(self.mover)

    def _make_numbers(self, account_sid: str) -> PhoneBook:
        listed, settings = lambda: self.realm.scenario.numbers, lambda: self.realm.scenario.number_settings
        return PhoneBook(account_sid, self.seed, self.clock, listed, settings)

    def _make_inbox(self, base_url: str) -> Inbox:
        return Inbox(
            seed=self.seed,
            clock=self.clock,
            scheduler=self.scheduler,
            numbers=self._numbers,
            geography=Geography(derived_seed(self.seed, "geography")),
            engine=self._engine,
            conversation=Conversation(
                seed=self.seed,
                clock=self.clock,
                scheduler=self.scheduler,
                deliver=self.courier.deliver,
                engine=self._engine,
                alerts=self.alerts,
            ),
            base_url=base_url,
        )

    def _make_fates(self) -> Fates:
        return Fates(
            seed=self.seed,
            scenario=lambda: self.realm.scenario,
            elapsed=lambda: self.clock.now() - self.start,
            incidents=self.incidents,
        )

    def _make_teller(self) -> StatusTeller:
        return StatusTeller(
            seed=self.seed,
            signer=lambda account_sid: self.directory.get(account_sid).signer,
            clock=self.clock,
            scheduler=self.scheduler,
            deliver=partial(self.courier.deliver, then=self.alerts.judge),
            wait_for=self.courier.wait_for,
            incidents=self.incidents,
        )

    def _engine(self, account_sid: str) -> Engine:
        return self.realm.engine(account_sid)

    def _make_engine(self, account_sid: str, scenario: Callable[[], Scenario]) -> Engine:
        is_main = account_sid == self.directory.main_sid
        seed = self.seed if is_main else derived_seed(self.seed, account_sid)
        services = ServiceBook(account_sid, seed, self.clock, lambda: scenario().services if is_main else ())
        opt_outs = OptOutBook(self.clock, lambda: scenario().opt_outs if is_main else ())
        listed = (lambda: scenario().applications) if is_main else tuple
        applications = ApplicationBook(account_sid, seed, self.clock, listed)
        return Engine(
            account=partial(self.directory.get, account_sid),
            scenario=scenario,
            seed=seed,
            clock=self.clock,
            senders=Senders(account_sid, self._numbers, services, opt_outs, applications),
            store=Store(note=self._note),
            scheduler=self.scheduler,
            fates=self._fates,
            teller=self._teller,
            notify=self.inbox.noticed,
        )

    def forget(self, *, account_sid: str | None, number: str | None) -> int:
        """Forget the messages and opt-outs of an account, or those to or from a number, or all; return how many."""
        sids = self.realm.forget(
            lambda message: account_sid in (None, message.account_sid) and number in (None, message.to, message.sender)
        )
        gone = frozenset(sids)
        self.courier.forget(gone)
        self.replays.forget(gone)
        self.alerts.forget(gone)
        self.inbox.forget(gone, account_sid, number)
        for sid in sids:
            self._note(sid)
        self.realm.forget_opt_outs(account_sid, number)
        return len(sids)

    def replay(self, token: str, manner: Manner) -> Webhook:
        """Bring a webhook once more in this *manner*; raise `LookupError` if none has this token."""
        return self.replays.bring(self.courier.find(token), manner)

    def end(self) -> tuple[Webhook, ...]:
        """Let no more time pass; return the webhooks that will not be delivered."""
        self.scheduler.close()
        if self.activity is not None:
            self.activity.close()
        if not isinstance(self.mover, Hand):
            self.mover.join()
        undelivered = self.courier.close()
        self.workers.close()
        return undelivered
