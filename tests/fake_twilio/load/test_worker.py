"""A worker reports what it sees, and goes where it may."""

from typing import Any

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.gathering import KEY, REST
from fake_twilio.load.share import share_of
from fake_twilio.load.worker import Worker
from tests.fake_twilio.load.doubles import Environment


def begun(fake: FakeTwilioFixture, host: str | None = None) -> Environment:
    environment = Environment(host or fake.url, worker=True)
    Worker(environment, fake.environment()).listen()
    environment.events.test_start.fire(environment=environment)
    return environment


def test_it_reports_and_sends_the_rest_when_it_leaves(fake_twilio: FakeTwilioFixture) -> None:
    environment = begun(fake_twilio)
    data: dict[str, Any] = {}

    share_of(environment).tally.record("send", 0.2)
    environment.events.report_to_master.fire(client_id="a", data=data)
    share_of(environment).tally.record("send", 0.1)
    environment.events.quitting.fire(environment=environment)

    assert data[KEY]["histograms"]["send"]["max_seconds"] == 0.2
    assert environment.runner.done == ["stop"]
    ((kind, rest),) = environment.runner.sent
    assert kind == REST
    assert rest is not None
    assert rest["histograms"]["send"]["max_seconds"] == 0.1


def test_it_goes_nowhere_that_it_may_not_whatever_its_master_says(fake_twilio: FakeTwilioFixture) -> None:
    with pytest.raises(SystemExit, match="load: loads go to this machine"):
        begun(fake_twilio, "http://192.0.2.1")
