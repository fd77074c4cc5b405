"""The signature workbench in a browser: a request is pasted, and what was signed is told."""

from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import expect
from pytest_httpserver import HTTPServer
from werkzeug import Response

from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.payloads import PAYLOADS, intruders_in
from tests.e2e.browser.watched import Watched
from twilio_sms import Client

URL = "https://app.example.com:8443/sms"
FORM = {"MessageSid": "SM1", "From": RECIPIENT, "Body": "hello"}
PACK = 50  # payloads that stand in one field together
FIELDS = ("url", "parameters", "signature", "headers")


def paste(watched: Watched, url: str, parameters: str, signature: str) -> Any:
    """Fill the fields as a person does, by their labels, and ask; return the page."""
    watched.page.goto("/signature")
    watched.page.get_by_label("URL, as the app saw it").fill(url)
    watched.page.get_by_label("Parameters").fill(parameters)
    watched.page.get_by_label("X-Twilio-Signature").fill(signature)
    watched.page.get_by_label("X-Twilio-Signature").press("Enter")
    watched.page.wait_for_load_state()
    return watched.page


def test_a_good_signature_matches(watched: Watched, fake: FakeTwilio) -> None:
    signed = fake.sign(URL, FORM)

    page = paste(watched, URL, signed.body.decode(), signed.headers["X-Twilio-Signature"])

    expect(page.get_by_role("heading", name="It matches")).to_be_visible()
    assert page.url.startswith(f"{fake.url}/signature?method=POST&url=")


def test_a_port_that_was_dropped_is_named(watched: Watched, fake: FakeTwilio) -> None:
    signed = fake.sign(URL, FORM)
    lines = "\n".join(f"{name}={value}" for name, value in FORM.items())

    page = paste(watched, URL.replace(":8443", ""), lines, signed.headers["X-Twilio-Signature"])

    expect(page.locator(".differences b")).to_have_text("the port :8443")


def test_a_json_body_of_many_lines_is_the_same_after_it_was_pasted(watched: Watched, fake: FakeTwilio) -> None:
    body = '{\n  "status": "delivered"\n}'
    signed = fake.sign_json(URL, body)

    page = paste(watched, signed.url, body, signed.headers["X-Twilio-Signature"])

    expect(page.get_by_role("heading", name="It matches")).to_be_visible()


def test_a_webhook_of_this_fake_is_recognised(watched: Watched, fake: FakeTwilio, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("", 403))
    with Client(fake.account_sid, fake.auth_token, base_url=fake.url) as client:
        callback = httpserver.url_for("/status")
        sid = client.messages.send(to=RECIPIENT, from_=SENDER, body="hello", status_callback=callback).sid
    page = watched.page
    page.goto(f"/messages/{sid}")
    expect(page.locator(".history .webhook")).to_have_count(2, timeout=10_000)

    page.get_by_role("link", name="Take to the workbench").first.click()
    expect(page.get_by_role("heading", name="It matches")).to_be_visible()
    page.get_by_label("URL, as the app saw it").fill("https://app.internal/status")
    page.get_by_role("button", name="Check").click()

    expect(page.locator(".webhook h3")).to_have_text(f"This is the webhook sent of {sid}")
    expect(page.locator(".webhook .rows h4")).to_have_text(["scheme", "host", "port"])


def test_what_is_too_long_for_an_address_is_said_and_stays(watched: Watched, fake: FakeTwilio) -> None:
    page = watched.page
    page.goto("/signature")
    page.get_by_label("URL, as the app saw it").fill(URL)
    page.get_by_label("Parameters").fill("x" * 70_000)

    page.get_by_role("button", name="Check").click()

    expect(page.locator("#live")).to_contain_text("too long for an address")
    assert page.url == f"{fake.url}/signature"


def test_it_works_without_script(browser: Any, fake: FakeTwilio) -> None:
    signed = fake.sign(URL, FORM)
    with browser.new_context(base_url=fake.url, java_script_enabled=False) as context:
        page = Watched(context.new_page(), fake.url)

        shown = paste(page, URL, signed.body.decode(), signed.headers["X-Twilio-Signature"])

        expect(shown.get_by_role("heading", name="It matches")).to_be_visible()


def test_the_page_is_as_wide_as_a_phone(watched: Watched, fake: FakeTwilio) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 800})

    page = paste(watched, f"{URL}/{'x' * 300}", urlencode({"Body": "y" * 300}), "z" * 100)

    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_no_text_in_a_field_becomes_a_script(watched: Watched, fake: FakeTwilio) -> None:
    page = watched.page
    packs = [" ".join(PAYLOADS[start : start + PACK]) for start in range(0, len(PAYLOADS), PACK)]
    for number, pack in enumerate(packs):
        fields = {name: packs[number - place] for place, name in enumerate(FIELDS)}
        page.goto(f"/signature?{urlencode(fields)}")

        assert intruders_in(page) == []
        assert page.get_by_label("URL, as the app saw it").input_value() == pack
