"""The lag of each callback of a load is in the tally, and none from before."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.callback_lags import MEASURE, CallbackLags
from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.kept import Kept
from fake_twilio.load.tally import Tally
from tests.sending import send


@pytest.fixture
def fake_told(fake_twilio: FakeTwilioFixture) -> Iterator[Kept]:
    with closing(Kept(fake_twilio.url)) as kept:
        yield kept


def deliver(fake: FakeTwilioFixture, server: HTTPServer, status: int = 204) -> None:
    server.expect_request("/status").respond_with_response(Response(status=status))
    send(fake, status_callback=server.url_for("/status"))
    fake.settle()


def test_each_is_gathered_once_and_from_the_beginning_on(
    fake_twilio: FakeTwilioFixture, httpserver: HTTPServer, fake_told: Kept
) -> None:
    tally = Tally()
    lags = CallbackLags(fake_told, tally)
    deliver(fake_twilio, httpserver)
    lags.begin()
    deliver(fake_twilio, httpserver)
    lags.gather()
    lags.gather()

    assert tally.histogram(MEASURE).count == 2  # sent and delivered
    assert tally.histogram(MEASURE).max < 5


def test_what_the_app_refused_is_an_error(
    fake_twilio: FakeTwilioFixture, httpserver: HTTPServer, fake_told: Kept
) -> None:
    tally = Tally()
    deliver(fake_twilio, httpserver, 500)
    CallbackLags(fake_told, tally).gather()

    assert tally.counts == {"errors_callback_lag": 2}


def test_who_does_not_tell_is_a_failure(httpserver: HTTPServer) -> None:
    with (
        closing(Kept(httpserver.url_for("/"))) as kept,
        pytest.raises(RequestFailed, match="HTTP 500"),
    ):
        CallbackLags(kept, Tally()).begin()


def test_another_server_at_the_port_of_a_fake_that_died_is_a_failure(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/_fake/webhooks/lags").respond_with_json({"mark": 1})
    with (
        closing(Kept(httpserver.url_for("/"))) as kept,
        pytest.raises(RequestFailed, match="HTTP 200"),
    ):
        CallbackLags(kept, Tally()).gather()
