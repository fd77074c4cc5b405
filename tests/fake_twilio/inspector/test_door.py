"""Tests of who may look at the page."""

from collections.abc import Iterator

import pytest
import requests

from fake_twilio.server import FakeTwilio
from tests.fake_twilio.admin.calls import ON_PURPOSE

TOKEN = "a-token-of-this-test"
PATHS = ("/", "/charts", "/signature", "/inspector/page.css", "/inspector/changes", "/inspector/events")


@pytest.fixture
def guarded() -> Iterator[FakeTwilio]:
    with FakeTwilio(clock="manual", admin_token=TOKEN) as fake:
        yield fake


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("given", ["", "?token=no", "?token=", "?token=%ff"])
def test_without_the_token_there_is_nothing_to_see(guarded: FakeTwilio, path: str, given: str) -> None:
    answer = requests.get(f"{guarded.url}{path}{given}", timeout=5, cookies={"fake_twilio_token": "no"})

    assert answer.status_code == 401
    assert TOKEN not in answer.text


def test_who_brings_it_once_is_let_in_and_may_change_things(guarded: FakeTwilio) -> None:
    with requests.Session() as browser:
        page = browser.get(f"{guarded.url}/charts?token={TOKEN}", timeout=5)
        changed = browser.post(f"{guarded.url}/_fake/clock", json={"advance": "1s"}, headers=ON_PURPOSE, timeout=5)

    assert (page.status_code, page.url) == (200, f"{guarded.url}/charts")
    assert changed.status_code == 200


def test_the_cookie_is_for_this_site_alone_and_no_script_reads_it(guarded: FakeTwilio) -> None:
    answer = requests.get(f"{guarded.url}/?token={TOKEN}", timeout=5, allow_redirects=False)

    assert answer.status_code == 302
    assert answer.headers["Set-Cookie"] == f"fake_twilio_token={TOKEN}; HttpOnly; Path=/; SameSite=Strict"
