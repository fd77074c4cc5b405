"""Each scenario that the table of failures names brings about its failure, and the report sees it."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import pytest

from fake_twilio.domain.rules.failures import ERROR_PATHS, ErrorPath
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.kit.exercised import exercised
from fake_twilio.scenario_files.load import parse_scenario
from twilio_sms import TwilioError
from twilio_sms.config import Config
from twilio_sms.transport.wire import Timeouts

BY_SCENARIO = [path for path in ERROR_PATHS if path.is_scenario]
READ_SECONDS = {"hang": 0.2}  # where no answer comes; elsewhere a busy machine must have its time


def take(_environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("204 No Content", [])
    return []


def send(fake: FakeTwilioFixture, read_seconds: float = 20.0) -> None:
    form = {"to": "+15551234567", "from_": "+15005550006", "body": "hello"}
    with fake.client(config=Config(timeouts=Timeouts(read_seconds=read_seconds))) as client, suppress(TwilioError):
        client.messages.send(**form, status_callback="https://app.test/status")


@pytest.mark.parametrize("path", BY_SCENARIO, ids=lambda path: path.name)
def test_a_scenario_of_the_table_brings_about_its_failure(fake_twilio: FakeTwilioFixture, path: ErrorPath) -> None:
    seconds = READ_SECONDS.get(path.name, 20.0)
    fake_twilio.reset(parse_scenario(path.scenario or ""), seed=1)
    fake_twilio.mount("https://app.test", take)

    send(fake_twilio, seconds)
    fake_twilio.advance("5m")
    send(fake_twilio, seconds)

    assert path.name in exercised(fake_twilio.evidence())


def test_an_app_without_trouble_meets_none(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.mount("https://app.test", take)

    send(fake_twilio)
    fake_twilio.settle()

    assert exercised(fake_twilio.evidence()) == frozenset()
