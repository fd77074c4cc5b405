"""Tests of every view of the inspector: it only reads, and its headers keep hostile texts quiet."""

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.page import SECURITY

PATHS = ("/", "/charts", "/inspector/page.css", "/inspector/page.js", "/inspector/icon.svg", "/inspector/changes")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_headers(fake_twilio: FakeTwilioFixture, path: str) -> None:
    answer = requests.get(f"{fake_twilio.url}{path}", timeout=5)

    assert answer.status_code == 200
    assert SECURITY.items() <= dict(answer.headers).items()
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", [*PATHS, "/inspector/events"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_is_changed_there(fake_twilio: FakeTwilioFixture, path: str, method: str) -> None:
    assert requests.request(method, f"{fake_twilio.url}{path}", timeout=5).status_code in (404, 405)


@pytest.mark.parametrize("path", ["/", "/charts"])
def test_no_script_and_no_style_stands_in_a_page(fake_twilio: FakeTwilioFixture, path: str) -> None:
    text = requests.get(f"{fake_twilio.url}{path}", timeout=5).text

    assert "<style" not in text
    assert " style=" not in text
    assert text.count("<script") == text.count('<script type="module" src="/inspector/')


def test_a_head_of_the_events_holds_no_place(fake_twilio: FakeTwilioFixture) -> None:
    url = f"{fake_twilio.url}/inspector/events"

    statuses = [requests.head(url, timeout=5).status_code for _ in range(20)]
    with requests.get(url, timeout=5, stream=True) as answer:
        statuses.append(answer.status_code)

    assert statuses == [200] * 21
