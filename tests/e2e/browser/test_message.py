"""The page of a message in a browser: it is live, and its webhooks can be brought again."""

from playwright.sync_api import expect
from pytest_httpserver import HTTPServer
from werkzeug import Response

from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.watched import Watched
from twilio_sms import Client


def send(fake: FakeTwilio, callback: str) -> str:
    with Client(fake.account_sid, fake.auth_token, base_url=fake.url) as client:
        return str(client.messages.send(to=RECIPIENT, from_=SENDER, body="hello", status_callback=callback).sid)


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
