"""The accounts of one world and the engine of each."""

from collections.abc import Callable
from threading import Lock

from fake_twilio.directory import Directory
from fake_twilio.domain.scenario import Scenario
from fake_twilio.engine import Engine

MakeEngine = Callable[[str, Scenario], Engine]


class Realm:
    """An engine for each account, made when the account is first used; one scenario decides for all of them."""

    def __init__(self, directory: Directory, scenario: Scenario, make_engine: MakeEngine) -> None:
        self.directory = directory
        self._scenario = scenario
        self._make_engine = make_engine
        self._engines: dict[str, Engine] = {}
        self._lock = Lock()
        self.main = self.engine(directory.main_sid)

    @property
    def evicted(self) -> int:
        """How many messages of all accounts were forgotten because a store was full."""
        with self._lock:
            return sum(engine.evicted for engine in self._engines.values())

    def use(self, scenario: Scenario) -> None:
        """Let another scenario decide from now on."""
        with self._lock:
            self._scenario = scenario
            for engine in self._engines.values():
                engine.scenario = scenario

    def engine(self, account_sid: str) -> Engine:
        """Return the engine of an account of the directory."""
        with self._lock:
            if account_sid not in self._engines:
                self._engines[account_sid] = self._make_engine(account_sid, self._scenario)
            return self._engines[account_sid]
