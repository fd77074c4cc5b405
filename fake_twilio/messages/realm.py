"""The accounts of one world and the engine of each."""

from collections.abc import Callable
from heapq import merge
from operator import attrgetter
from threading import Lock

from fake_twilio.accounts.directory import Directory
from fake_twilio.accounts.opt_out_book import OptIn, OptOut
from fake_twilio.accounts.under_way import UnderWay
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.messages.engine import Engine
from fake_twilio.messages.fates import Fates
from fake_twilio.messages.inventory import Inventory
from fake_twilio.records.incidents import Incidents

MakeEngine = Callable[[str, Callable[[], Scenario]], Engine]


class Realm:
    """An engine for each account, made when the account is first used; one scenario decides for all of them."""

    def __init__(
        self,
        directory: Directory,
        scenario: Scenario,
        make_engine: MakeEngine,
        fates: Fates,
        incidents: Incidents,
    ) -> None:
        self.directory = directory
        self.scenario = scenario
        self.fates = fates
        self.incidents = incidents
        self.under_way = UnderWay()
        self._make_engine = make_engine
        self._engines: dict[str, Engine] = {}
        self._lock = Lock()
        directory.adopt(scenario.accounts)
        self.main = self.engine(directory.main_sid)

    @property
    def evicted(self) -> int:
        """How many messages of all accounts were forgotten because a store was full."""
        return sum(engine.evicted for engine in self._all())

    def messages(self) -> tuple[Message, ...]:
        """Return the messages of all accounts, in the order of their making."""
        return tuple(merge(*(engine.messages() for engine in self._all()), key=attrgetter("created_at")))

    def find(self, sid: str) -> Message | None:
        """Return the message of any account, ``None`` if there is none."""
        return next((message for engine in self._all() if (message := engine.get(sid)) is not None), None)

    def forget(self, wanted: Callable[[Message], bool]) -> list[str]:
        """Forget the messages of all accounts that are *wanted*, and return their SIDs."""
        return [sid for engine in self._all() for sid in engine.forget(wanted)]

    def forget_opt_outs(self, account_sid: str | None, number: str | None) -> None:
        """Forget the opt-outs of one account or of all, of and from one number or all."""
        with self._lock:
            engines = [engine for sid, engine in self._engines.items() if account_sid in (None, sid)]
        for engine in engines:
            engine.senders.opt_outs.forget(number)

    def opt_outs(self) -> tuple[OptOut, ...]:
        """Return who opted out in which account, the oldest first."""
        return tuple(merge(*(engine.senders.opt_outs.all() for engine in self._all()), key=attrgetter("since")))

    def opt_ins(self) -> tuple[OptIn, ...]:
        """Return which opt-outs were lifted by hand, in all accounts, the first first."""
        return tuple(merge(*(engine.senders.opt_outs.lifted() for engine in self._all()), key=attrgetter("at")))

    def inventory(self) -> Inventory:
        """Return what the accounts have at this moment; nothing is made by looking."""
        with self._lock:
            engines = tuple(self._engines.items())
        return Inventory(
            accounts=tuple(self.directory.all()),
            keys=tuple(self.directory.all_keys()),
            numbers=tuple(self.main.senders.numbers.registered()),
            pools=tuple(pool for _, engine in engines for pool in engine.senders.services.pools()),
            applications=tuple(one for _, engine in engines for one in engine.senders.applications.all()),
            queues={sid: engine.queues() for sid, engine in engines},
            under_way=self.under_way.counts(),
        )

    def use(self, scenario: Scenario) -> None:
        """Let another scenario decide from now on; the accounts that it lists come to those that there are."""
        self.directory.adopt(scenario.accounts)
        self.scenario = scenario
        self.fates.begin()

    def engine(self, account_sid: str) -> Engine:
        """Return the engine of an account of the directory."""
        with self._lock:
            if account_sid not in self._engines:
                self._engines[account_sid] = self._make_engine(account_sid, lambda: self.scenario)
            return self._engines[account_sid]

    def _all(self) -> tuple[Engine, ...]:
        """Return the engines of the moment: who asks them holds no lock, since requests wait for this one."""
        with self._lock:
            return tuple(self._engines.values())
