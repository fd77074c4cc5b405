"""API keys on the wire, with nothing but HTTP between."""

import requests

from fake_twilio.fixture import FakeTwilioFixture


def test_the_secret_is_shown_once_and_opens_the_account(fake_twilio: FakeTwilioFixture) -> None:
    own = (fake_twilio.account_sid, fake_twilio.auth_token)
    url = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}/Keys"

    made = requests.post(f"{url}.json", auth=own, data={"FriendlyName": "ci"}, timeout=5)
    key = made.json()
    fetched = requests.get(f"{url}/{key['sid']}.json", auth=(key["sid"], key["secret"]), timeout=5).json()

    assert made.status_code == 201
    assert key["sid"].startswith("SK")
    assert fetched == {name: value for name, value in key.items() if name != "secret"}


def test_a_key_that_is_not_there_is_not_found(fake_twilio: FakeTwilioFixture) -> None:
    own = (fake_twilio.account_sid, fake_twilio.auth_token)
    url = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}/Keys/SK{'0' * 32}.json"

    answers = [requests.request(method, url, auth=own, timeout=5) for method in ("GET", "POST", "DELETE")]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(404, 20404)] * 3
