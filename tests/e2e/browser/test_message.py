"""The page of a message in a browser: it is live, and its webhooks can be brought again."""

from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_httpserver import HTTPServer
from werkzeug import Response

from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.watched import Watched
from twilio_sms import ApiError, Client

WORLD = f"""about: x
numbers: ["{SENDER}"]
inbound: {{url: "https://app.test/sms"}}
defaults: {{timeline: []}}
"""
POOL = "MG" + "0d" * 16
POOLED = f"""about: a service chooses
numbers: ["{SENDER}"]
services: [{{sid: {POOL}, name: Shop, numbers: ["{SENDER}"], inbound_on_number: true}}]
defaults: {{timeline: [{{status: sent, after: 100ms}}, {{status: delivered, after: 100ms}}]}}
"""


def send(fake: FakeTwilio, callback: str | None = None, body: str = "hello") -> str:
    options = {"status_callback": callback} if callback else {}
    with Client(fake.account_sid, fake.auth_token, base_url=fake.url) as client:
        return str(client.messages.send(to=RECIPIENT, from_=SENDER, body=body, **options).sid)


def test_what_happens_appears_without_a_reload(watched: Watched, fake: FakeTwilio, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("", 204))
    sid = send(fake, httpserver.url_for("/status"))
    watched.page.goto(f"/messages/{sid}")
    watched.page.evaluate("window.isSame = true")

    expect(watched.page.get_by_role("heading", level=1)).to_contain_text("delivered", timeout=10_000)
    expect(watched.page.locator(".history .webhook")).to_have_count(2, timeout=10_000)
    assert watched.page.evaluate("window.isSame")


def test_a_webhook_is_brought_again(watched: Watched, fake: FakeTwilio, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("", 204))
    sid = send(fake, httpserver.url_for("/status"))
    watched.page.goto(f"/messages/{sid}")
    expect(watched.page.locator(".history .webhook")).to_have_count(2, timeout=10_000)

    watched.page.get_by_role("button", name="Replay this webhook").first.click()

    expect(watched.page.locator(".history .webhook")).to_have_count(3, timeout=10_000)
    assert len(httpserver.log) == 3


def test_a_webhook_is_brought_again_with_a_wrong_signature_and_later(
    watched: Watched, fake: FakeTwilio, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("", 204))
    sid = send(fake, httpserver.url_for("/status"))
    watched.page.goto(f"/messages/{sid}")
    expect(watched.page.locator(".history .webhook")).to_have_count(2, timeout=10_000)
    fake.freeze()

    form = watched.page.locator(".replay").first
    form.get_by_label("Signature").select_option("wrong")
    form.get_by_label("Times").fill("2")
    form.get_by_label("After").fill("5m")
    form.get_by_role("button").click()

    expect(watched.page.get_by_text("once more, at")).to_contain_text("2 times, wrongly signed")
    expect(watched.page.locator(".replay").first.get_by_label("After")).to_have_value("5m")  # what was filled in stays
    fake.advance("5m")
    expect(watched.page.locator(".history .webhook")).to_have_count(4, timeout=10_000)
    signatures = [request.headers["X-Twilio-Signature"] for request, _ in httpserver.log]
    assert signatures[2] == signatures[3] not in signatures[:2]


def test_a_text_that_is_redacted_stands_nowhere_any_more(watched: Watched, fake: FakeTwilio) -> None:
    sid = send(fake, body="a secret")
    page = opened(watched, sid)
    expect(page.get_by_role("heading", level=1)).to_contain_text("delivered", timeout=10_000)
    expect(page.get_by_text("a secret").first).to_be_visible()

    with Client(fake.account_sid, fake.auth_token, base_url=fake.url) as client:
        client.messages.redact(sid)

    expect(page.locator("pre.body")).to_contain_text("(no text)")
    assert "a secret" not in page.content()


def test_a_message_that_is_deleted_says_so(browser: Any, fake: FakeTwilio) -> None:
    sid = send(fake)
    with browser.new_context(base_url=fake.url) as context:
        page = context.new_page()
        page.goto(f"/messages/{sid}")
        expect(page.get_by_role("heading", level=1)).to_contain_text("delivered", timeout=10_000)

        with Client(fake.account_sid, fake.auth_token, base_url=fake.url) as client:
            client.messages.delete(sid)

        expect(page.get_by_role("heading", level=1)).to_have_text("No such message")


def test_what_its_service_had_to_choose_first_is_live_all_the_same(watched: Watched, fake: FakeTwilio) -> None:
    fake.reset(parse_scenario(POOLED), clock="real")
    fake.freeze()
    sid = fake.submit((("To", RECIPIENT), ("MessagingServiceSid", POOL), ("Body", "hello"))).sid
    page = opened(watched, sid)
    expect(page.get_by_role("heading", level=1)).to_contain_text(POOL)
    fake.thaw()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{SENDER} to {RECIPIENT}", timeout=10_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text("delivered", timeout=10_000)

    fake.receive(RECIPIENT, SENDER, "STOP")

    expect(page.locator(".history .opt-out")).to_contain_text(f"{RECIPIENT} opted out by STOP", timeout=10_000)


def test_a_browser_that_forbids_to_copy_is_told_of(watched: Watched, fake: FakeTwilio) -> None:
    page = opened(watched, send(fake))
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")  # as it is without HTTPS

    page.locator("pre", has_text="--data-urlencode").get_by_role("button", name="Copy").click()

    expect(page.locator("#live")).to_contain_text("copy it by hand")


def test_what_is_open_stays_open_when_more_happens(watched: Watched, fake: FakeTwilio) -> None:
    fake.freeze()
    page = opened(watched, send(fake))
    page.locator(".history .request summary").click()

    fake.receive(RECIPIENT, SENDER, "STOP")

    expect(page.locator(".history .opt-out")).to_contain_text(f"{RECIPIENT} opted out by STOP", timeout=10_000)
    expect(page.locator(".history .request dl")).to_be_visible()


def test_what_came_of_a_message_leads_to_its_page_and_back(watched: Watched, fake: FakeTwilio) -> None:
    fake.reset(parse_scenario(WORLD), clock="real")
    fake.mount("https://app.test", thanks)
    came_in = fake.receive(RECIPIENT, SENDER, "hello <b>you</b>")
    assert came_in is not None
    page = opened(watched, came_in.sid)

    page.get_by_role("link", name="Thank you").click(timeout=10_000)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"to {RECIPIENT}")
    page.get_by_role("link", name="what it answers").click()

    expect(page).to_have_url(f"{fake.url}/messages/{came_in.sid}")


def test_a_copy_comes_into_the_clipboard_as_it_stands(watched: Watched, fake: FakeTwilio) -> None:
    page = opened(watched, send(fake))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.locator("pre", has_text="--data-urlencode").get_by_role("button", name="Copy").click()

    expect(page.locator("#live")).to_have_text("copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("curl ")
    assert copied.endswith("--data-urlencode Body=hello")


def test_a_phone_shows_a_message_without_scrolling_to_the_side(watched: Watched, fake: FakeTwilio) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 844})
    page = opened(watched, send(fake, body="a" * 160))
    page.locator(".history .request summary").click()

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_was_refused_stands_below_the_messages(watched: Watched, fake: FakeTwilio) -> None:
    with Client(fake.account_sid, fake.auth_token, base_url=fake.url) as client, pytest.raises(ApiError):
        client.messages.send(to="+15551234", from_=SENDER, body="x")

    page = watched.open()

    refused = page.locator(".refused tbody tr")
    expect(refused).to_contain_text("21211 Invalid 'To' Phone Number")
    assert refused.get_by_role("link").get_attribute("href") == "https://www.twilio.com/docs/api/errors/21211"


def opened(watched: Watched, sid: str) -> Any:
    return watched.open(f"/messages/{sid}")


def thanks(_environ: dict[str, Any], start: Any) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"Thank you"]
