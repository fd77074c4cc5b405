"""Tests of an engine for each account."""

from fake_twilio.directory import Directory
from fake_twilio.domain.account import Account
from fake_twilio.domain.scenario import Scenario
from fake_twilio.engine import Engine
from fake_twilio.realm import Realm
from tests.fake_twilio.doubles import ACCOUNT_SID, AUTH_TOKEN, Town, create_form, make_scenario


def make_realm(scenario: Scenario | None = None) -> Realm:
    def make_engine(_account_sid: str, scenario: Scenario) -> Engine:
        return Town(scenario, bound=1).engine

    return Realm(Directory(Account(ACCOUNT_SID, AUTH_TOKEN), 7, Town().clock), scenario or make_scenario(), make_engine)


def test_each_account_has_its_own_engine_and_keeps_it() -> None:
    realm = make_realm()
    other = realm.directory.open_subaccount(ACCOUNT_SID, "shop").sid
    realm.engine(other).accept(create_form())

    assert realm.engine(ACCOUNT_SID) is realm.main
    assert realm.engine(other) is realm.engine(other)
    assert (len(realm.engine(other).messages()), realm.main.messages()) == (1, ())


def test_another_scenario_decides_for_every_account_from_then_on() -> None:
    realm, another = make_realm(), make_scenario(numbers=("+15005550006",))
    used, unused = (realm.directory.open_subaccount(ACCOUNT_SID, name).sid for name in "ab")
    realm.engine(used)

    realm.use(another)

    assert {id(engine.scenario) for engine in (realm.main, realm.engine(used), realm.engine(unused))} == {id(another)}


def test_what_was_forgotten_is_counted_for_all_accounts() -> None:
    realm = make_realm(make_scenario(steps=()))
    other = realm.directory.open_subaccount(ACCOUNT_SID, "shop").sid

    for engine in (realm.main, realm.main, realm.engine(other), realm.engine(other), realm.engine(other)):
        engine.accept(create_form())

    assert realm.evicted == 3
