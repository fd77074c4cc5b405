"""Tests of the door, with nothing but HTTP between."""

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture

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
