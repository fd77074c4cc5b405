"""The page about what is not simulated: each thing is as it says, and nothing that is missing is left out."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from tests.docs.pages import ROOT, page

PAGE = page("docs/explanation/not_simulated.md")
COVERAGE = page("docs/coverage.md")


class Account:
    """The fake's account, asked without any client."""

    def __init__(self, fake: FakeTwilioFixture) -> None:
        self._own = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}"
        self._session = requests.Session()
        self._session.auth = (fake.account_sid, fake.auth_token)
        self.close = self._session.close

    def get(self, path: str) -> Any:
        return self._session.get(f"{self._own}/{path}.json").json()

    def send(self, headers: dict[str, str] | None = None, **form: str) -> Any:
        usual = {"To": "+15551234567", "From": "+15005550006", "Body": "hello"}
        return self._session.post(f"{self._own}/Messages.json", {**usual, **form}, headers=headers).json()


@pytest.fixture
def account(fake_twilio: FakeTwilioFixture) -> Iterator[Account]:
    made = Account(fake_twilio)
    yield made
    made.close()


@pytest.mark.parametrize("path", ["Calls", "Balance", "Usage/Records", "AvailablePhoneNumbers/US/Local"])
def test_other_products_are_not_found_and_told_of(
    fake_twilio: FakeTwilioFixture, account: Account, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = account.get(path)

    assert (answer["status"], answer["code"]) == (404, 20404)
    assert list(fake_twilio.unknown_routes.values()) == [1]
    assert "no such route here" in caplog.text


def test_other_channels_are_refused(account: Account) -> None:
    assert account.send(To="whatsapp:+15551234567")["code"] == 21211


@pytest.mark.parametrize(
    ("to", "body"),
    [("+442071838750", "hello"), ("+15551234567", "Free money, click here!"), ("+881612345678", "hello")],
    ids=["a landline abroad", "a text that smells of spam", "a satellite phone"],
)
def test_no_carrier_and_no_country_says_no_by_itself(
    fake_twilio: FakeTwilioFixture, account: Account, to: str, body: str
) -> None:
    sid = account.send(To=to, Body=body)["sid"]

    message = fake_twilio.wait_for(sid, "delivered")

    assert account.get(f"Messages/{sid}")["price"] == "-0.00750"
    assert "0.00750 USD a segment" in PAGE
    assert message.error_code is None


def test_a_message_is_in_the_list_at_once(account: Account) -> None:
    sid = account.send()["sid"]

    assert [message["sid"] for message in account.get("Messages")["messages"]] == [sid]


def test_an_idempotency_key_has_no_effect(account: Account) -> None:
    first, second = (account.send({"Idempotency-Key": "one and the same"})["sid"] for _ in range(2))

    assert first != second


def test_a_429_says_when_to_come_back_only_if_the_scenario_does(fake_twilio: FakeTwilioFixture) -> None:
    told = []
    for refuse in ("20429", "{code: 20429, retry_after: 2s}"):
        rules = f"rules: [{{then: {{refuse: {refuse}}}}}]\ndefaults: {{timeline: [{{status: sent}}]}}"
        fake_twilio.use(parse_scenario(f"about: Too many.\n{rules}\n"))
        form = {"To": "+15551234567", "From": "+15005550006", "Body": "hello"}
        url = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}/Messages.json"
        answer = requests.post(url, form, auth=(fake_twilio.account_sid, fake_twilio.auth_token))
        told.append(answer.headers.get("Retry-After"))

    assert told == [None, "2"]


def test_media_are_never_fetched_and_have_the_type_that_their_name_tells(account: Account) -> None:
    sid = account.send(MediaUrl="http://127.0.0.1:9/nobody-listens.png")["sid"]

    assert [media["content_type"] for media in account.get(f"Messages/{sid}/Media")["media_list"]] == ["image/png"]


def test_a_message_that_is_under_way_is_redacted(fake_twilio: FakeTwilioFixture, account: Account) -> None:
    sid = account.send()["sid"]

    with fake_twilio.client() as client:
        assert client.messages.redact(sid).body == ""
        assert client.messages.get(sid).status == "queued"


def test_a_key_may_do_all_that_its_account_may(fake_twilio: FakeTwilioFixture, account: Account) -> None:
    key = fake_twilio.sdk().new_keys.create(friendly_name="ci")

    listed = fake_twilio.sdk(username=key.sid, password=key.secret, account_sid=fake_twilio.account_sid).keys.list()

    assert [each.sid for each in listed] == [key.sid]


def test_every_parameter_of_a_message_that_is_stored_only_is_named() -> None:
    section = COVERAGE.partition("Messages.json`")[2].partition("\n### ")[0]
    stored = re.findall(r"^\| `(\w+)` \| stored only", section, re.MULTILINE)

    assert len(stored) > 8
    assert [name for name in stored if f"`{name}`" not in PAGE] == []


def test_everything_that_is_not_yet_there_is_told_of() -> None:
    missing = re.findall(r"^### `\w+ ([^`]+)`\n\n\*not yet\*", COVERAGE, re.MULTILINE)
    told = {"AvailablePhoneNumbers": "`AvailablePhoneNumbers`", "ShortCodes": "short codes", "AlphaSenders": "names"}

    assert missing
    assert [route for route in missing if not any(key in route and word in PAGE for key, word in told.items())] == []


def test_what_is_inferred_stands_in_the_code() -> None:
    sources = (ROOT / "fake_twilio").rglob("*.py")

    assert sum("inferred" in path.read_text("utf-8").lower() for path in sources) > 30
