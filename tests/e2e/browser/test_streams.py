"""Many open pages: the ninth asks, none of them starves the API, and all end with the fake."""

from threading import Thread
from time import perf_counter
from typing import Any

import pytest
import requests
from playwright.sync_api import expect

from fake_twilio.inspector.live import STREAMS
from fake_twilio.server import FakeTwilio
from tests.e2e.browser.messages_list import MessagesList
from tests.e2e.browser.watched import Watched

FORM = (("To", "+15551234567"), ("From", "+15005550006"), ("Body", "hello"))


@pytest.fixture
def crowd(fake: FakeTwilio) -> list[requests.Response]:
    """As many open streams as there may be."""
    url = f"{fake.url}/inspector/events"
    return [requests.get(url, params={"since": "0"}, stream=True, timeout=10) for _ in range(STREAMS)]


def test_the_ninth_page_asks_and_is_live_all_the_same(
    crowd: list[requests.Response], watched: Watched, fake: FakeTwilio
) -> None:
    shown = MessagesList(watched)
    expect(shown.page.locator("#live")).to_have_text("live, asking")

    message = fake.submit(FORM)

    expect(shown.status(message.sid)).to_have_text("delivered", timeout=10_000)
    assert [answer.status_code for answer in crowd] == [200] * STREAMS


def test_a_page_that_is_refused_after_a_restart_asks_from_then_on(browser: Any) -> None:
    with FakeTwilio("delivered") as first, browser.new_context(base_url=first.url) as context:
        page = context.new_page()
        page.goto("/")
        expect(page.locator("#live")).to_have_text("live")
        first.stop()
        with FakeTwilio("delivered", port=first.port) as second:
            url = f"{second.url}/inspector/events"
            crowd = [requests.get(url, stream=True, timeout=10) for _ in range(STREAMS)]
            expect(page.locator("#live")).to_have_text("live, asking", timeout=10_000)

            second.submit(FORM)

            expect(page.locator('#counts [data-status="delivered"]')).to_be_visible(timeout=10_000)
            assert [answer.status_code for answer in crowd] == [200] * STREAMS


def test_a_page_that_comes_back_from_the_history_is_loaded_again(watched: Watched) -> None:
    page = watched.open()
    page.evaluate("window.isOld = true")

    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    page.wait_for_function("!window.isOld")


def test_open_pages_leave_room_for_the_api(crowd: list[requests.Response], fake: FakeTwilio) -> None:
    url = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages.json"
    answers: list[Any] = []

    def post() -> None:
        answers.append(requests.post(url, FORM, auth=(fake.account_sid, fake.auth_token), timeout=5))

    threads = [Thread(target=post) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [answer.status_code for answer in answers] == [201] * 32


def test_a_stop_ends_all_streams(crowd: list[requests.Response], fake: FakeTwilio) -> None:
    began = perf_counter()
    fake.stop()

    for answer in crowd:
        assert answer.raw.read().startswith(b"retry: 2000")
    assert perf_counter() - began < 5


def test_a_page_that_has_gone_leaves_its_place(fake: FakeTwilio, crowd: list[requests.Response]) -> None:
    url = f"{fake.url}/inspector/events"
    refused = requests.get(url, timeout=5)
    for answer in crowd:
        answer.close()

    statuses = []
    while 200 not in statuses and len(statuses) < 500:
        fake.submit(FORM)  # what is said to a page that has gone fails
        with requests.get(url, stream=True, timeout=5) as again:
            statuses.append(again.status_code)

    assert refused.status_code == 204
    assert statuses[-1] == 200
