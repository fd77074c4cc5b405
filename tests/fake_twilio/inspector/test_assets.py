"""Tests of the files that pages are made of."""

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture


@pytest.mark.parametrize(
    "name", ["no.css", "..%2Fpage.py", "..%2fblueprint.py", "%2e%2e/page.py", "page.css/", ".", "page.css%00"]
)
def test_there_is_no_other_file(fake_twilio: FakeTwilioFixture, name: str) -> None:
    request = requests.Request("GET", "http://placeholder/").prepare()
    request.url = f"{fake_twilio.url}/inspector/{name}"

    with requests.Session() as session:
        assert session.send(request, timeout=5).status_code == 404


def test_a_module_is_served_as_one(fake_twilio: FakeTwilioFixture) -> None:
    answer = requests.get(f"{fake_twilio.url}/inspector/page.js", timeout=5)

    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
