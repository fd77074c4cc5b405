"""Whoever comes with wrong credentials, in whatever shape, gets the same 401: reliability, G41."""

from base64 import b64encode
from collections.abc import Callable

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture

Header = str | None
Shape = Callable[[FakeTwilioFixture], Header]
UNKNOWN_SID = "AC" + "9" * 32


def basic(user: str, password: str) -> str:
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode("ascii")


def own(change: Callable[[str], str]) -> Shape:
    """Come with the SID of the account, and with its token as *change* leaves it."""
    return lambda fake: basic(fake.account_sid, change(fake.auth_token))


SHAPES: dict[str, Shape] = {
    "no header": lambda fake: None,
    "an empty header": lambda fake: "",
    "a scheme alone": lambda fake: "Basic",
    "another scheme": lambda fake: f"Bearer {fake.auth_token}",
    "no base64": lambda fake: f"Basic {fake.account_sid}:{fake.auth_token}",
    "a SID alone": lambda fake: "Basic " + b64encode(fake.account_sid.encode()).decode("ascii"),
    "no password": own(lambda token: ""),
    "no user": lambda fake: basic("", fake.auth_token),
    "another token": own(lambda token: "0" * 32),
    "a token that ends too soon": own(lambda token: token[:-1]),
    "a token that goes on": own(lambda token: token + "0"),
    "a token in capitals": own(str.upper),
    "a token twice": own(lambda token: f"{token}:{token}"),
    "a SID in small letters": lambda fake: basic(fake.account_sid.lower(), fake.auth_token),
    "a stranger's SID": lambda fake: basic(UNKNOWN_SID, fake.auth_token),
    "the token of the test credentials": lambda fake: basic(fake.account_sid, fake.test_auth_token),
    "a key that was never made": lambda fake: basic("SK" + "9" * 32, fake.auth_token),
}


def ask(fake: FakeTwilioFixture, header: Header) -> requests.Response:
    """Ask for the messages of the account, with this header and no other."""
    url = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages.json"
    headers = {} if header is None else {"Authorization": header}
    prepared = requests.Request("GET", url, headers=headers).prepare()
    with requests.Session() as session:
        return session.send(prepared, timeout=5)


@pytest.mark.parametrize("shape", SHAPES)
def test_it_is_refused(fake_twilio: FakeTwilioFixture, shape: str) -> None:
    refused = ask(fake_twilio, SHAPES[shape](fake_twilio))

    assert (refused.status_code, refused.json()["code"]) == (401, 20003)
    assert refused.headers["WWW-Authenticate"] == 'Basic realm="Twilio API"'
    assert fake_twilio.auth_token not in refused.text


def test_the_account_itself_is_let_in(fake_twilio: FakeTwilioFixture) -> None:
    assert ask(fake_twilio, own(str)(fake_twilio)).status_code == 200


def test_another_account_is_not_let_in_though_its_credentials_are_right(fake_twilio: FakeTwilioFixture) -> None:
    made = requests.post(
        f"{fake_twilio.url}/2010-04-01/Accounts.json", auth=(fake_twilio.account_sid, fake_twilio.auth_token), timeout=5
    ).json()

    refused = ask(fake_twilio, basic(made["sid"], made["auth_token"]))

    assert (refused.status_code, refused.json()["code"]) == (401, 20003)


def test_there_are_enough_shapes() -> None:
    assert len(SHAPES) >= 14
