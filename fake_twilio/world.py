"""One run of the fake: a clock, a scenario, and everything that happened since its beginning."""

from collections.abc import Callable
from functools import partial

from fake_twilio.attempts import Attempts
from fake_twilio.clock import ManualClock, RealClock
from fake_twilio.courier import Courier
from fake_twilio.directory import Directory
from fake_twilio.domain.account import Account
from fake_twilio.domain.scenario import Scenario
from fake_twilio.domain.sids import derived_seed
from fake_twilio.engine import Engine
from fake_twilio.outbound import Outbound
from fake_twilio.phone_book import PhoneBook
from fake_twilio.realm import Realm
from fake_twilio.scheduler import Scheduler
from fake_twilio.senders import Senders
from fake_twilio.service_book import ServiceBook
from fake_twilio.store import Store
from fake_twilio.timekeeper import Hand, Ticker
from fake_twilio.webhooks import Webhook
from fake_twilio.workers import Workers

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
        outbound: Outbound,
    ) -> None:
        self.seed = seed
        self.start = clock.now()
        self.clock = clock
        self.scheduler = Scheduler()
        self.workers = Workers(WORKERS, "fake-twilio-webhook")  # of its own: what hangs here holds up no other world
        self.courier = Courier(self.workers, Attempts(outbound).of)
        self.directory = Directory(account, derived_seed(seed, "accounts"), clock, test_account)
        self._numbers = PhoneBook(account.sid, seed, clock, lambda: self.realm.scenario.numbers)
        self.realm = Realm(self.directory, scenario, self._make_engine)
        self.engine = self.realm.main
        self.hand = Hand(clock, self.scheduler, self.courier) if isinstance(clock, ManualClock) else None
        self._ticker = None if self.hand else Ticker(clock, self.scheduler)
        if self._ticker:
            self._ticker.start()

    def _make_engine(self, account_sid: str, scenario: Callable[[], Scenario]) -> Engine:
        is_main = account_sid == self.directory.main_sid
        seed = self.seed if is_main else derived_seed(self.seed, account_sid)
        services = ServiceBook(account_sid, seed, self.clock, lambda: scenario().services if is_main else ())
        return Engine(
            account=partial(self.directory.get, account_sid),
            scenario=scenario,
            seed=seed,
            clock=self.clock,
            senders=Senders(account_sid, self._numbers, services),
            store=Store(),
            scheduler=self.scheduler,
            deliver=self.courier.deliver,
        )

    def end(self) -> tuple[Webhook, ...]:
        """Let no more time pass; return the webhooks that will not be delivered."""
        self.scheduler.close()
        if self._ticker:
            self._ticker.join()
        undelivered = self.courier.close()
        self.workers.close()
        return undelivered
