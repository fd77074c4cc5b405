"""Tests of an engine for each account."""

from collections.abc import Callable
from dataclasses import replace
from threading import Thread

from fake_twilio.accounts.directory import Directory
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.accounts.account_plan import AccountPlan
from fake_twilio.domain.inbound.opt_outs import Word
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.limits import Limits
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.messages.engine import Engine
from fake_twilio.messages.realm import MakeEngine, Realm
from fake_twilio.timing.clock import ManualClock
from tests.fake_twilio.doubles import (
    ACCOUNT_SID,
    AUTH_TOKEN,
    PATIENCE_SECONDS,
    SENDER,
    START,
    Town,
    create_form,
    make_scenario,
)


def town_engine(_account_sid: str, scenario_now: Callable[[], Scenario]) -> Engine:
    return Town(scenario_now(), bound=1).engine


def make_realm(scenario: Scenario | None = None, make_engine: MakeEngine = town_engine) -> Realm:
    town = Town()
    directory = Directory(Account(ACCOUNT_SID, AUTH_TOKEN), 7, town.clock)
    return Realm(directory, scenario or make_scenario(), make_engine, town.fates, town.incidents)


class AskingEngine(Engine):
    """An engine that, asked for something, asks the realm for an engine, as a request does at the same time."""

    def __init__(self, realm: Callable[[], Realm]) -> None:
        self._realm = realm

    def messages(self) -> tuple[Message, ...]:
        self._ask()
        return ()

    @property
    def evicted(self) -> int:
        self._ask()
        return 0

    def _ask(self) -> None:
        asked = Thread(target=self._realm().engine, args=(ACCOUNT_SID,), daemon=True)
        asked.start()
        asked.join(PATIENCE_SECONDS)
        assert not asked.is_alive()


def test_each_account_has_its_own_engine_and_keeps_it() -> None:
    realm = make_realm()
    other = realm.directory.open_subaccount(ACCOUNT_SID, "shop").sid
    realm.engine(other).accept(create_form())

    assert realm.engine(ACCOUNT_SID) is realm.main
    assert realm.engine(other) is realm.engine(other)
    assert (len(realm.engine(other).messages()), realm.main.messages()) == (1, ())


def test_a_message_is_found_whichever_account_it_is_of() -> None:
    realm = make_realm()
    other = realm.directory.open_subaccount(ACCOUNT_SID, "shop").sid
    message = realm.engine(other).accept(create_form())

    assert realm.find(message.sid) == message
    assert realm.find("SM1") is None


def test_another_scenario_decides_for_every_account_from_then_on() -> None:
    asked: list[Callable[[], Scenario]] = []

    def make_engine(_account_sid: str, scenario_now: Callable[[], Scenario]) -> Engine:
        asked.append(scenario_now)
        return Town().engine

    realm, another = make_realm(make_engine=make_engine), make_scenario(numbers=("+15005550006",))
    realm.engine(realm.directory.open_subaccount(ACCOUNT_SID, "shop").sid)

    realm.use(another)

    assert [scenario_now() for scenario_now in asked] == [another, another]


def test_the_accounts_of_each_scenario_are_let_in_from_its_beginning() -> None:
    first, second = "AC" + "1" * 32, "AC" + "2" * 32
    realm = make_realm(replace(make_scenario(), accounts=(AccountPlan(sid=first, auth_token="one"),)))

    realm.use(replace(make_scenario(), accounts=(AccountPlan(sid=second, auth_token="two"),)))

    assert realm.directory.authenticate(first, "one").owner_sid == ACCOUNT_SID
    assert realm.directory.authenticate(second, "two").sid == second


def test_messages_of_all_accounts_stand_in_the_order_of_their_making() -> None:
    clock = ManualClock(START)
    realm = make_realm(make_engine=lambda _sid, _scenario_now: Town(seed=len(_sid), clock=clock).engine)
    other = realm.directory.open_subaccount(ACCOUNT_SID, "shop").sid

    for engine in (realm.main, realm.engine(other), realm.main):
        engine.accept(create_form(Body=f"at {clock.now() - START:.0f}"))
        clock.move_to(clock.now() + 1)

    assert [message.body for message in realm.messages()] == ["at 0", "at 1", "at 2"]


def test_what_was_forgotten_is_counted_for_all_accounts() -> None:
    realm = make_realm(make_scenario(steps=()))
    other = realm.directory.open_subaccount(ACCOUNT_SID, "shop").sid

    for engine in (realm.main, realm.main, realm.engine(other), realm.engine(other), realm.engine(other)):
        engine.accept(create_form())

    assert realm.evicted == 3


def test_opt_outs_of_all_accounts_stand_in_the_order_of_their_beginning() -> None:
    clock = ManualClock(START)
    realm = make_realm(make_engine=lambda _sid, _scenario_now: Town(clock=clock).engine)
    other = realm.directory.open_subaccount(ACCOUNT_SID, "shop").sid

    for number, engine in enumerate((realm.main, realm.engine(other), realm.main)):
        engine.senders.opt_outs.change(Word.STOP, f"+1555000000{number}", "+15005550006", None)
        clock.move_to(clock.now() + 1)

    assert [opt_out.to[-1] for opt_out in realm.opt_outs()] == ["0", "1", "2"]


def test_faults_that_are_turned_up_outlive_a_scenario() -> None:
    realm = make_realm()
    realm.fates.faults["callback_drop"] = 0.2

    realm.use(make_scenario(numbers=("+15005550006",)))

    assert dict(realm.fates.faults) == {"callback_drop": 0.2}


def test_an_inventory_has_what_is_there_and_makes_no_engine() -> None:
    made: list[str] = []

    def make_engine(account_sid: str, scenario_now: Callable[[], Scenario]) -> Engine:
        made.append(account_sid)
        return Town(scenario_now()).engine

    realm = make_realm(replace(make_scenario(numbers=(SENDER,)), limits=Limits(paces_senders=True)), make_engine)
    below = realm.directory.open_subaccount(ACCOUNT_SID, "shop")
    key = realm.directory.make_key(below.sid, "ci")
    visit = realm.under_way.begin(below.sid, None)
    realm.main.accept(create_form())

    inventory = realm.inventory()

    assert ([account.sid for account in inventory.accounts], inventory.keys) == ([ACCOUNT_SID, below.sid], (key,))
    assert [number.phone_number for number in inventory.numbers] == [SENDER]
    assert {sid: [fill.waiting_seconds for fill in fills] for sid, fills in inventory.queues.items()} == {
        ACCOUNT_SID: [1.0]
    }
    assert (inventory.under_way, made) == ({below.sid: 1}, [ACCOUNT_SID])
    visit.end()


def test_who_asks_for_all_messages_keeps_no_request_waiting() -> None:
    realm = make_realm(make_engine=lambda _sid, _scenario_now: AskingEngine(lambda: realm))

    assert realm.messages() == ()
    assert realm.evicted == 0
