"""Tests of the door, with nothing but HTTP between."""

import pytest
import requests
from flask import Flask

from fake_twilio.api.entry import message_there
from fake_twilio.domain.errors import Refusal
from fake_twilio.fixture import FakeTwilioFixture
from tests.fake_twilio.doubles import MESSAGE_SID, Town, create_form

OTHER_ACCOUNT = "AC" + "1" * 32


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
