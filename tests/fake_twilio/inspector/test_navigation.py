"""Tests of the sections."""

import re

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.inspector.navigation import SECTIONS


@pytest.mark.parametrize(
    ("path", "current"), [("/", "/"), ("/?q=x", "/"), ("/charts", "/charts"), ("/signature?url=x", "/signature")]
)
def test_the_section_of_a_page_is_marked(fake_twilio: FakeTwilioFixture, path: str, current: str) -> None:
    text = requests.get(f"{fake_twilio.url}{path}", timeout=5).text

    assert re.findall(r'<a href="([^"]+)" aria-current="page">', text) == [current]


def test_each_section_has_a_place_of_its_own() -> None:
    assert len({section.path for section in SECTIONS}) == len(SECTIONS)
