"""Who follows a run is told the lag of each callback once."""

import pytest
import requests
from pytest_httpserver import HTTPServer
from werkzeug import Response

from fake_twilio.fixture import FakeTwilioFixture
from tests.fake_twilio.admin.calls import ask
from tests.sending import send


@pytest.fixture
def callback(httpserver: HTTPServer) -> str:
    httpserver.expect_request("/status").respond_with_response(Response(status=204))
    httpserver.expect_request("/broken").respond_with_response(Response(status=500))
    return httpserver.url_for("/status")


def test_each_lag_is_told_once_to_who_asks_with_the_last_mark(fake_twilio: FakeTwilioFixture, callback: str) -> None:
    send(fake_twilio, status_callback=callback)
    fake_twilio.settle()
    first = ask(fake_twilio, "/webhooks/lags")
    send(fake_twilio, status_callback=callback)
    send(fake_twilio, status_callback=callback)
    fake_twilio.settle()
    second = ask(fake_twilio, "/webhooks/lags", after=str(first["mark"]))

    assert (first["mark"], len(first["lags_seconds"]), second["mark"], len(second["lags_seconds"])) == (2, 2, 6, 4)
    assert all(0 < lag < 5 for lag in first["lags_seconds"])
    assert ask(fake_twilio, "/webhooks/lags", after="6")["lags_seconds"] == []


def test_a_callback_that_was_refused_has_no_lag_and_is_counted(fake_twilio: FakeTwilioFixture, callback: str) -> None:
    send(fake_twilio, status_callback=callback.replace("status", "broken"))
    fake_twilio.settle()

    told = ask(fake_twilio, "/webhooks/lags")

    assert (told["lags_seconds"], told["refused"], told["missed"]) == ([], 2, 0)


def test_a_mark_of_another_run_and_a_forgotten_past_tell_nothing(fake_twilio: FakeTwilioFixture, callback: str) -> None:
    send(fake_twilio, status_callback=callback)
    fake_twilio.settle()

    assert ask(fake_twilio, "/webhooks/lags", after="999")["lags_seconds"] == []
    fake_twilio.forget()
    assert ask(fake_twilio, "/webhooks/lags") == {"mark": 2, "lags_seconds": [], "refused": 0, "missed": 2}


@pytest.mark.parametrize("after", ["-1", "x", "²", "9" * 16, ""])
def test_what_is_no_mark_is_refused(fake_twilio: FakeTwilioFixture, after: str) -> None:
    response = requests.get(f"{fake_twilio.url}/_fake/webhooks/lags", params={"after": after}, timeout=5)

    assert (response.status_code, response.json()["problems"]) == (
        400,
        ["after: wanted the mark of the last answer, or 0"],
    )
