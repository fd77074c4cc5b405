"""Senders, queues, accounts and keys of the world in a browser."""

from typing import Any

import pytest
from playwright.sync_api import expect

from fake_twilio.domain.webhooks.signer import SigningKey
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.watched import Watched

SHOP = "AC" + "0e" * 16
TOKEN, SECOND, SECRET, SHARED = "1a" * 16, "2b" * 16, "3c" * 16, "4d" * 16
HOSTILE = "<img src=x onerror=window.isRun=1>"
TEXT = f"""
about: A number sends a segment a second.
numbers: ["{SENDER}"]
inbound: {{url: "http://shop:hunter2@127.0.0.1:9/sms"}}
limits: {{senders: [{{from: "{SENDER}", rate: 1, queue: 8s}}]}}
services: [{{sid: MG{"0d" * 16}, name: "{HOSTILE}", inbound_on_number: true}}]
accounts:
  - {{secondary_token: {SECOND}, keys: [{{sid: SK{"5e" * 16}, secret: {SECRET}, name: "{HOSTILE}"}}]}}
  - {{sid: {SHOP}, auth_token: {TOKEN}, name: "{HOSTILE}"}}
rules: [{{name: "{HOSTILE}", when: {{body: "{HOSTILE}"}}, then: {{refuse: 21610}}}}]
defaults: {{timeline: [{{status: sent}}, {{status: delivered, after: 1s}}]}}
"""


@pytest.fixture
def shop(fake: FakeTwilio) -> FakeTwilio:
    """A fake whose only number is paced, and whose time stands still."""
    fake.use(parse_scenario(TEXT, name="shop"))
    fake.share_key(SigningKey("webhooks_sharedkey_1", SHARED))
    fake.freeze()
    return fake


def submit(fake: FakeTwilio, messages: int) -> None:
    for _ in range(messages):
        fake.submit((("To", RECIPIENT), ("From", SENDER), ("Body", "hello")))


def queue(page: Any) -> Any:
    return page.get_by_role("row", name=SENDER).filter(has=page.get_by_role("meter"))


def test_a_queue_is_seen_to_fill_and_to_drain_without_a_reload(watched: Watched, shop: FakeTwilio) -> None:
    page = watched.open("/world")
    page.evaluate("window.isSame = true")
    expect(queue(page)).to_contain_text("0s of 8s")

    submit(shop, 5)
    expect(queue(page)).to_contain_text("5s of 8s")
    assert queue(page).get_by_role("meter").evaluate("meter => [meter.value, meter.max]") == [5, 8]
    submit(shop, 3)
    expect(queue(page)).to_contain_text("8s of 8s")
    expect(queue(page)).to_contain_text("full")
    shop.set_speed(10)
    shop.thaw()

    expect(queue(page)).to_contain_text("0s of 8s", timeout=10_000)
    expect(page.locator("#senders").get_by_role("row", name=SENDER).first.get_by_role("cell").nth(3)).to_have_text("8")
    assert page.evaluate("window.isSame")


def test_what_somebody_reads_and_marks_stays(watched: Watched, shop: FakeTwilio) -> None:
    page = watched.open("/world")
    page.evaluate("getSelection().selectAllChildren(document.getElementById('senders'))")
    page.locator("#senders").evaluate("part => { part.isMarked = true; }")

    submit(shop, 5)

    expect(queue(page)).to_contain_text("5s of 8s")
    assert page.locator("#senders").evaluate("part => part.isMarked")


def test_no_secret_stands_in_the_page_and_no_name_runs(watched: Watched, shop: FakeTwilio) -> None:
    page = watched.open("/world")
    submit(shop, 1)
    expect(queue(page)).to_contain_text("1s of 8s")  # what was drawn anew is looked at, too
    secrets = [TOKEN, SECOND, SECRET, SHARED, "hunter2", shop.auth_token, shop.test_auth_token]

    html = page.content()

    assert page.get_by_text("…1a1a").is_visible()
    assert [secret for secret in secrets if secret in html] == []
    assert page.get_by_text(HOSTILE).count() >= 4
    assert page.evaluate("document.querySelectorAll('main img').length + Number('isRun' in window)") == 0


def test_the_page_is_as_wide_as_a_phone_and_can_be_read_without_script(
    browser: Any, watched: Watched, shop: FakeTwilio
) -> None:
    submit(shop, 8)
    watched.page.set_viewport_size({"width": 390, "height": 800})
    watched.open("/world")
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= 390

    with browser.new_context(base_url=shop.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/world")

        expect(queue(page)).to_contain_text("8s of 8s")
        expect(page.get_by_role("heading", name="Accounts and keys")).to_be_visible()
