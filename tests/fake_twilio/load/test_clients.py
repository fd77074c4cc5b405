import logging

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.clients import QUIET, new_client
from fake_twilio.load.errors import LoadError
from tests.doubles import RECIPIENT, SENDER
from tests.fake_twilio.load.doubles import Fired
from twilio_sms import Config


def test_a_client_sends_and_locust_hears_of_it(fake_twilio: FakeTwilioFixture) -> None:
    fired = Fired()

    with new_client(fake_twilio.url, fake_twilio.environment(), QUIET, fired) as client:
        client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert [message.to for message in fake_twilio.messages] == [RECIPIENT]
    assert fired.lines == [("POST", "/2010-04-01/Accounts/{Sid}/Messages.json", None)]


@pytest.mark.fake_twilio(scenario="outage", settings={"from": "0s"})
def test_each_attempt_is_heard_of(fake_twilio: FakeTwilioFixture) -> None:
    fired = Fired()

    with (
        new_client(fake_twilio.url, fake_twilio.environment(), QUIET, fired) as client,
        pytest.raises(Exception, match="503"),
    ):
        client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert {line[2] for line in fired.lines} == {"HTTP 503"}


def test_the_host_wins_over_the_variables(fake_twilio: FakeTwilioFixture) -> None:
    environ = {**fake_twilio.environment(), "TWILIO_BASE_URL": "http://127.0.0.1:1", "TWILIO_EDGE": "dublin"}

    with new_client(fake_twilio.url, environ, QUIET, Fired()) as client:
        assert client.base_url == fake_twilio.url


@pytest.mark.parametrize("config", [QUIET, Config(log_level=logging.INFO)], ids=["the usual", "one of its own"])
def test_a_send_that_went_well_is_not_logged(
    fake_twilio: FakeTwilioFixture, caplog: pytest.LogCaptureFixture, config: Config
) -> None:
    caplog.set_level(logging.INFO, logger="twilio_sms")

    with new_client(fake_twilio.url, fake_twilio.environment(), config, Fired()) as client:
        client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")

    assert [record for record in caplog.records if record.name == "twilio_sms"] == []


def test_nobody_waits_for_a_limit() -> None:
    assert QUIET.rate_limits.rates() == {}


@pytest.mark.parametrize("missing", ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"])
def test_without_an_account_it_says_which_variable_to_set(fake_twilio: FakeTwilioFixture, missing: str) -> None:
    environ = {name: value for name, value in fake_twilio.environment().items() if name != missing}

    with pytest.raises(LoadError, match=rf"{missing}.*fake-twilio serve prints the variables to set"):
        new_client(fake_twilio.url, environ, QUIET, Fired())
