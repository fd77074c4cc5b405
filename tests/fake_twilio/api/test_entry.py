"""Tests of the door, with nothing but HTTP between."""

from base64 import b64encode
from dataclasses import replace
from urllib.parse import urlencode

import pytest
import requests
from flask import Flask

from fake_twilio.accounts.directory import Directory
from fake_twilio.api.entry import asking, message_there
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.rules.limits import Limits
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.messages.realm import Realm
from fake_twilio.scenario_files.load import parse_scenario
from tests.fake_twilio.doubles import ACCOUNT_SID, AUTH_TOKEN, MESSAGE_SID, Town, create_form, make_scenario
from tests.fake_twilio.wire.wires import connect, wait_for_stalled

OTHER_ACCOUNT = "AC" + "1" * 32


def make_realm(scenario: Scenario | None = None) -> Realm:
    town = Town(scenario)
    return Realm(
        Directory(Account(ACCOUNT_SID, AUTH_TOKEN), 7, town.clock),
        town.scenario,
        lambda *_: town.engine,
        town.fates,
        town.incidents,
    )


def ask(fake: FakeTwilioFixture, account_sid: str, token: str | None = None) -> tuple[int, int | None]:
    """Return the status of a list of messages below *account_sid*, and the code of a refusal."""
    url = f"{fake.url}/2010-04-01/Accounts/{account_sid}/Messages.json"
    response = requests.get(url, auth=(fake.account_sid, token or fake.auth_token), timeout=5)
    return response.status_code, response.json().get("code")


def test_who_has_the_credentials_may_enter(fake_twilio: FakeTwilioFixture) -> None:
    assert ask(fake_twilio, fake_twilio.account_sid) == (200, None)


@pytest.mark.parametrize("sid", ["BAD_TOKEN", "AC12", "AC" + "g" * 32])
def test_a_malformed_account_is_no_route_whatever_the_credentials(fake_twilio: FakeTwilioFixture, sid: str) -> None:
    assert ask(fake_twilio, sid, "wrong") == (404, 20404)


def test_another_account_and_a_wrong_token_are_refused(fake_twilio: FakeTwilioFixture) -> None:
    assert ask(fake_twilio, OTHER_ACCOUNT) == (401, 20003)
    assert ask(fake_twilio, fake_twilio.account_sid, "wrong") == (401, 20003)


def test_test_credentials_enter_where_a_message_is_sent_and_nowhere_else(fake_twilio: FakeTwilioFixture) -> None:
    test = (fake_twilio.test_account_sid, fake_twilio.test_auth_token)
    url = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.test_account_sid}"
    form = {"To": "+15551234567", "From": "+15005550006", "Body": "x"}

    sent = requests.post(f"{url}/Messages.json", auth=test, data=form, timeout=5)
    others = [
        requests.get(f"{url}/Messages.json", auth=test, timeout=5),
        requests.get(f"{url}/Messages/{sent.json()['sid']}.json", auth=test, timeout=5),
        requests.get(f"{url}.json", auth=test, timeout=5),
        requests.post(f"{url}/Keys.json", auth=test, timeout=5),
        requests.post(f"{fake_twilio.url}/v1/AuthTokens/Secondary", auth=test, timeout=5),
    ]

    assert (sent.status_code, sent.json()["account_sid"]) == (201, fake_twilio.test_account_sid)
    assert [(answer.status_code, answer.json()["code"]) for answer in others] == [(403, 20008)] * 5
    assert ask(fake_twilio, fake_twilio.account_sid) == (200, None)


def test_a_message_that_is_there_is_returned() -> None:
    engine = Town().engine
    message = engine.accept(create_form())

    assert message_there(engine, message.sid) == message


@pytest.mark.parametrize("sid", [MESSAGE_SID, "", "SM1", "ME" + "0c" * 16])
def test_a_message_that_is_not_there_is_refused_with_its_path(sid: str) -> None:
    with Flask("test").test_request_context("/the/path"), pytest.raises(Refusal) as caught:
        message_there(Town().engine, sid)

    assert (caught.value.status, caught.value.code) == (404, 20404)
    assert caught.value.message == "The requested resource /the/path was not found"


def test_a_request_that_asks_twice_who_is_there_counts_once() -> None:
    realm = make_realm()

    with Flask("test").test_request_context("/", auth=(ACCOUNT_SID, AUTH_TOKEN)):
        assert asking(realm) == asking(realm)

    assert realm.under_way.counts() == {ACCOUNT_SID: 1}


def test_one_too_many_is_refused_before_anything_else_is_looked_at() -> None:
    realm = make_realm(replace(make_scenario(), limits=Limits(concurrency=1)))
    realm.under_way.begin(ACCOUNT_SID, None)

    with Flask("test").test_request_context("/", auth=(ACCOUNT_SID, AUTH_TOKEN)), pytest.raises(Refusal) as caught:
        asking(realm)

    assert (caught.value.status, caught.value.code, caught.value.message) == (429, 20429, "Too Many Requests")


def test_every_answer_ends_its_request(fake_twilio: FakeTwilioFixture) -> None:
    auth = (fake_twilio.account_sid, fake_twilio.auth_token)
    url = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}"

    answers = [
        requests.get(f"{url}/Messages.json", auth=auth, timeout=5),
        requests.post(f"{url}/Messages.json", auth=auth, timeout=5),
        requests.get(f"{url}/Messages/{MESSAGE_SID}.json", auth=auth, timeout=5),
        requests.get(f"{url}.json", auth=auth, timeout=5),
    ]

    assert [answer.status_code for answer in answers] == [200, 400, 404, 200]
    assert {answer.headers["Twilio-Concurrent-Requests"] for answer in answers} == {"1"}


def test_a_request_is_under_way_until_a_fault_of_its_answer_is_over(fake_twilio: FakeTwilioFixture) -> None:
    hangs = "rules: [{then: {fault: {kind: hang, commit: true}}}]"
    fake_twilio.use(parse_scenario(f"about: x.\nlimits: {{concurrency: 1}}\n{hangs}\ndefaults: {{timeline: []}}\n"))
    path = f"/2010-04-01/Accounts/{fake_twilio.account_sid}/Messages.json"
    login = b64encode(f"{fake_twilio.account_sid}:{fake_twilio.auth_token}".encode()).decode()

    form = urlencode(dict(create_form()))
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {login}\r\nContent-Length: {len(form)}\r\n"

    with connect(fake_twilio._server) as wire:
        wire.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}".encode())
        wait_for_stalled(fake_twilio._server, 1)
        meanwhile = ask(fake_twilio, fake_twilio.account_sid, fake_twilio.auth_token)
    wait_for_stalled(fake_twilio._server, 0)

    assert meanwhile == (429, 20429)
    assert ask(fake_twilio, fake_twilio.account_sid, fake_twilio.auth_token) == (200, None)
