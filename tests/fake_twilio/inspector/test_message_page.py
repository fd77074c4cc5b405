"""The page of a message shows what there is, and a hostile text stays a text."""

import requests
from pytest_httpserver import HTTPServer
from werkzeug import Response

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from tests.sending import send

SLOW = "{about: slow, defaults: {timeline: [{status: sent, after: 400ms}, {status: delivered, after: 10m}]}}"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'"


def test_a_message_is_shown_with_what_happened(fake_twilio: FakeTwilioFixture, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/status").respond_with_response(Response(HOSTILE, 200))
    sid = send(fake_twilio, body=HOSTILE, status_callback=httpserver.url_for("/status"))
    fake_twilio.settle()

    page = requests.get(f"{fake_twilio.url}/messages/{sid}", timeout=5)

    assert page.status_code == 200
    for shown in (sid, "delivered", "webhook sent, attempt 1: answered 200", "Signed string", "--data-urlencode"):
        assert shown in page.text
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_what_is_to_come_is_shown(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use(parse_scenario(SLOW, name="slow"))
    page = requests.get(f"{fake_twilio.url}/messages/{send(fake_twilio)}", timeout=5)

    assert "to come: sent, after 400ms" in page.text
    assert "to come: delivered, after 10m" in page.text


def test_a_message_that_is_not_there_is_404(fake_twilio: FakeTwilioFixture) -> None:
    page = requests.get(f"{fake_twilio.url}/messages/SM{'0' * 32}", timeout=5)

    assert (page.status_code, "No such message" in page.text) == (404, True)
