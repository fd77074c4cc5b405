"""Faults in a browser: turned up, they strike; turned down, all is well."""

from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_httpserver import HTTPServer
from werkzeug import Response

from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.watched import Watched
from twilio_sms import Client, Config, RateLimitedError, RetryPolicy

ONCE = Config(retry=RetryPolicy(max_attempts=1))


def send(fake: FakeTwilio, callback: str | None = None) -> str:
    with Client(fake.account_sid, fake.auth_token, base_url=fake.url, config=ONCE) as client:
        return client.messages.send(to=RECIPIENT, from_=SENDER, body="hello", status_callback=callback).sid


class Dials:
    """The dials of the page, as a person turns them."""

    def __init__(self, watched: Watched) -> None:
        self.page = watched.page
        self.page.goto("/world")
        self.told = self.page.locator("#turned-up")

    def dial(self, name: str) -> Any:
        return self.page.locator(f'[data-fault="{name}"]')

    def range(self, name: str) -> Any:
        return self.page.get_by_label(f"{name}, in percent")

    def type(self, name: str, percent: str) -> None:
        field = self.page.get_by_label(name, exact=True)
        field.fill(percent)
        field.press("Enter")


def test_a_fault_is_turned_up_and_down(watched: Watched, fake: FakeTwilio) -> None:
    dials = Dials(watched)
    expect(dials.told).to_have_text("none")

    dials.type("too_many_requests", "100")
    expect(dials.told).to_have_text("too_many_requests 100 %")
    expect(dials.dial("too_many_requests")).to_have_class("dial is-on")
    with pytest.raises(RateLimitedError):
        send(fake)
    dials.type("too_many_requests", "0")
    expect(dials.told).to_have_text("none")

    assert send(fake)


def test_callbacks_are_dropped_until_all_is_turned_off(
    watched: Watched, fake: FakeTwilio, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/status").respond_with_response(Response("", 204))
    dials = Dials(watched)
    fake.set_speed(100)

    dials.range("callback_drop").focus()
    dials.page.keyboard.press("End")
    expect(dials.told).to_have_text("callback_drop 100 %")
    dropped = send(fake, httpserver.url_for("/status"))
    dials.page.get_by_role("button", name="All off").click()
    expect(dials.told).to_have_text("none")
    told = send(fake, httpserver.url_for("/status"))
    dials.page.goto(f"/messages/{told}")
    expect(dials.page.locator(".history .webhook")).to_have_count(2, timeout=10_000)

    assert {request.form["MessageSid"] for request, _ in httpserver.log} == {told} != {dropped}


def test_a_dial_is_turned_by_keyboard_step_by_step_and_the_focus_stays(watched: Watched, fake: FakeTwilio) -> None:
    dials = Dials(watched)

    dials.range("reset").focus()
    for _ in range(7):
        dials.page.keyboard.press("ArrowRight")

    expect(dials.told).to_have_text("reset 7 %")
    expect(dials.range("reset")).to_be_focused()
    expect(dials.page.get_by_label("reset", exact=True)).to_have_value("7")
    assert dict(fake.faults) == {"reset": 0.07}


def test_what_is_no_share_is_not_sent(watched: Watched, fake: FakeTwilio) -> None:
    dials = Dials(watched)

    dials.type("reset", "150")
    dials.type("landline", "12.5")

    expect(dials.told).to_have_text("landline 12.5 %")
    assert dict(fake.faults) == {"landline": 0.125}


def test_what_others_turned_meanwhile_is_seen_with_the_next_turn(watched: Watched, fake: FakeTwilio) -> None:
    dials = Dials(watched)
    fake.faults["callback_late"] = 0.3

    dials.type("reset", "5")

    expect(dials.told).to_have_text("reset 5 %, callback_late 30 %")
    expect(dials.range("callback_late")).to_have_value("30")


def test_without_script_the_dials_are_read_and_not_turned(browser: Any, fake: FakeTwilio) -> None:
    fake.faults["callback_late"] = 0.3

    with browser.new_context(base_url=fake.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/world")

        expect(page.locator("#turned-up")).to_have_text("callback_late 30 %")
        expect(page.get_by_label("callback_late", exact=True)).to_have_value("30")
        expect(page.get_by_label("callback_late", exact=True)).to_be_disabled()
