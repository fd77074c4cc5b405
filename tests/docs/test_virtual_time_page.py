"""The page about virtual time: a day passes, a run comes back, and what stays real does."""

from time import monotonic
from typing import get_args

import pytest

from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import ClockKind
from fake_twilio.timing.jumper import QUIET_SECONDS
from tests.docs.pages import examples, page, run
from twilio_sms import MockClient, RateLimitedError

NAME = "docs/explanation/virtual_time.md"
PAGE = page(NAME)
EXAMPLES = examples(NAME)


def test_a_day_passes_in_less_than_its_first_minute() -> None:
    began = monotonic()

    assert run(EXAMPLES["a_day"]).split() == ["scheduled", "queued", "delivered"]
    assert monotonic() - began < 60


def test_the_same_seed_start_and_requests_are_the_same_run() -> None:
    assert run(EXAMPLES["same_run"]) == "True 4 callbacks\n"


def test_the_page_has_each_clock() -> None:
    assert [f"| `{kind}` |" in PAGE for kind in get_args(ClockKind)] == [True] * 3
    assert f"for {QUIET_SECONDS * 1000:.0f} ms" in PAGE


def slow(seconds: float) -> Scenario:
    rules = f"rules: [{{then: {{fault: {{latency: {seconds}s}}}}}}]\ndefaults: {{timeline: [{{status: sent}}]}}"
    return parse_scenario(f"about: Answers are slow.\n{rules}\n")


@pytest.mark.parametrize("clock", ["manual", "instant"])
def test_the_delay_of_a_fault_is_real_on_every_clock(fake_twilio: FakeTwilioFixture, clock: ClockKind) -> None:
    fake_twilio.reset(slow(0.3), clock=clock)

    with fake_twilio.client() as client:
        began = monotonic()
        client.messages.send(to="+15551234567", from_="+15005550006", body="hello")

    assert monotonic() - began >= 0.3


def test_who_sleeps_moves_the_clock_of_a_mock() -> None:
    mock = MockClient()
    mock.expect_send("+15551234567").simulate_failure(RateLimitedError, retry_after_seconds=7)
    began = monotonic()

    with pytest.raises(RateLimitedError):
        mock.messages.send(to="+15551234567", from_="+15005550006", body="hello")

    assert mock.clock.monotonic() >= 14
    assert monotonic() - began < 14
