"""Tests of pages and how they write."""

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.page import clock, moment
from tests.doubles import RECIPIENT, SENDER

HALF = "\ud83d"  # of a pair of surrogates: no bytes say it


def test_a_moment_is_written_in_utc() -> None:
    assert (clock(1_767_225_661.5), moment(1_767_225_661.5)) == ("00:01:01", "2026-01-01 00:01:01.500")


@pytest.mark.parametrize(("given", "shown"), [("dark", "dark"), ("light", "light"), ("<b>", ""), ("", "")])
def test_only_a_theme_that_there_is_is_taken_from_a_cookie(
    fake_twilio: FakeTwilioFixture, given: str, shown: str
) -> None:
    text = requests.get(fake_twilio.url, cookies={"fake_twilio_theme": given}, timeout=5).text

    assert f'<html lang="en" data-theme="{shown}">' in text


def test_a_text_that_no_bytes_can_say_is_named_and_spoils_no_page(fake_twilio: FakeTwilioFixture) -> None:
    sent = fake_twilio.submit((("To", RECIPIENT), ("From", SENDER), ("Body", f"half {HALF}"), (f"odd{HALF}", HALF)))
    written = fake_twilio.receive(RECIPIENT, SENDER, f"half {HALF}")

    paths = ["/", "/phones", f"/phones/{RECIPIENT}/{SENDER}", f"/messages/{sent.sid}", f"/messages/{written.sid}"]
    pages = [requests.get(f"{fake_twilio.url}{path}", timeout=5) for path in paths]

    assert [page.status_code for page in pages] == [200] * len(paths)
    assert all(r"half \ud83d" in page.text for page in pages)
