"""Tests of pages and how they write."""

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.page import clock, moment


def test_a_moment_is_written_in_utc() -> None:
    assert (clock(1_767_225_661.5), moment(1_767_225_661.5)) == ("00:01:01", "2026-01-01 00:01:01.500")


@pytest.mark.parametrize(("given", "shown"), [("dark", "dark"), ("light", "light"), ("<b>", ""), ("", "")])
def test_only_a_theme_that_there_is_is_taken_from_a_cookie(
    fake_twilio: FakeTwilioFixture, given: str, shown: str
) -> None:
    text = requests.get(fake_twilio.url, cookies={"fake_twilio_theme": given}, timeout=5).text

    assert f'<html lang="en" data-theme="{shown}">' in text
