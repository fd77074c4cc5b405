"""Tests of what the page of the world tells of accounts: as rows, and as HTML in which texts stay texts."""

import requests

from fake_twilio.domain.webhooks.signer import SigningKey
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.inventory_rows import inventory_rows
from fake_twilio.scenario_files.load import parse_scenario
from tests.doubles import RECIPIENT, SENDER
from tests.sending import send

SHOP = "AC" + "0e" * 16
TOKEN, SECOND, SECRET, SHARED = "1a" * 16, "2b" * 16, "3c" * 16, "4d" * 16
HOSTILE = "<img src=x onerror=alert(1)>"
TEXT = f"""
about: A shop, and what it has.
numbers: ["{SENDER}", "12345"]
inbound: {{url: "https://shop:hunter2@app.test/sms"}}
limits: {{senders: [{{from: "{SENDER}", rate: 0.5, queue: 1m}}], concurrency: 3}}
services: [{{sid: MG{"0d" * 16}, name: "{HOSTILE}", numbers: ["12345"]}}]
accounts:
  - {{secondary_token: {SECOND}, keys: [{{sid: SK{"5e" * 16}, secret: {SECRET}, name: "{HOSTILE}"}}]}}
  - {{sid: {SHOP}, auth_token: {TOKEN}, name: "{HOSTILE}", status: suspended}}
defaults: {{timeline: [{{status: sent, after: 1s}}]}}
"""


def shop(fake: FakeTwilioFixture) -> FakeTwilioFixture:
    fake.use(parse_scenario(TEXT, name="shop"))
    fake.share_key(SigningKey("webhooks_sharedkey_1", SHARED))
    send(fake)
    send(fake)
    fake.receive(RECIPIENT, SENDER, "hi")
    return fake


def page(fake: FakeTwilioFixture) -> str:
    answer = requests.get(f"{fake.url}/world", timeout=5)
    assert answer.status_code == 200
    return answer.text


def test_the_rows_tell_of_all_that_there_is(fake_twilio: FakeTwilioFixture) -> None:
    rows = inventory_rows(shop(fake_twilio))

    assert [(row.number, *row.traffic) for row in rows.numbers.rows] == [(SENDER, 2, 1), ("12345", 0, 0)]
    assert [row.service.friendly_name for row in rows.services.rows] == [HOSTILE]
    assert [(row.fill.sender, row.fill.waiting_seconds) for row in rows.queues.rows] == [(SENDER, 4), ("12345", 0)]
    assert [(row.under_way, row.at_most) for row in rows.requests.rows] == [(0, 3)]
    assert [row.sid for row in rows.accounts.rows] == [fake_twilio.account_sid, fake_twilio.test_account_sid, SHOP]
    assert (rows.is_free, rows.is_paced) == (False, True)


def test_of_many_queues_the_fullest_are_shown(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use(parse_scenario("about: Slow.\nlimits: {senders: true}\ndefaults: {timeline: []}\n"))
    for place in range(300):
        body = "x" * (500 if place == 299 else 1)
        fake_twilio.submit((("To", RECIPIENT), ("From", f"+1561555{place:04}"), ("Body", body)))

    rows = inventory_rows(fake_twilio)

    assert (len(rows.queues.rows), rows.queues.left) == (200, 100)
    assert (rows.queues.rows[-1].fill.sender, rows.queues.rows[-1].fill.waiting_seconds) == ("+15615550299", 4)


def test_the_page_shows_senders_queues_and_accounts(fake_twilio: FakeTwilioFixture) -> None:
    text = page(shop(fake_twilio))

    for shown in (
        "POST <bdi>https://app.test/sms</bdi>",
        "nothing is received: its service has no address",
        "4s of 1m",
        "0 of 3",
        "test credentials",
        "suspended",
        "…1a1a",
        "webhooks_sharedkey_1",
    ):
        assert shown in text


def test_no_secret_stands_in_the_page_and_no_name_becomes_html(fake_twilio: FakeTwilioFixture) -> None:
    shop(fake_twilio)
    main = fake_twilio.account_sid
    secrets = [TOKEN, SECOND, SECRET, SHARED, "hunter2", fake_twilio.auth_token, fake_twilio.test_auth_token]

    text = page(fake_twilio)

    assert {secret for account in fake_twilio.inventory.accounts for secret in account.secrets} <= set(secrets)
    assert [secret for secret in secrets if secret in text] == []
    assert HOSTILE not in text
    assert main in text


def test_a_world_without_numbers_and_limits_says_so(fake_twilio: FakeTwilioFixture) -> None:
    text = page(fake_twilio)

    for said in ("every account may send from whatever", "No account has a number yet", "The scenario paces no sender"):
        assert said in text


def test_a_name_as_long_as_a_book_is_cut(fake_twilio: FakeTwilioFixture) -> None:
    url = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}.json"
    login = (fake_twilio.account_sid, fake_twilio.auth_token)
    requests.post(url, {"FriendlyName": "x" * 100_000}, auth=login, timeout=5).raise_for_status()

    text = page(fake_twilio)

    assert "x" * 199 + "…" in text
    assert len(text) < 50_000
