"""Tests of the command that explains a scenario."""

import pytest

from fake_twilio.commands.explain import WIDTH
from fake_twilio.commands.root import root
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import load_scenario
from fake_twilio.scenario_tools.explanation import explained, judged
from fake_twilio.server import ACCOUNT_SID
from tests.command_runner import CliRunner


@pytest.mark.parametrize("name", bundled())
def test_each_bundled_scenario_is_drawn(name: str) -> None:
    result = CliRunner().invoke(root, ["explain", name])

    assert (result.exit_code, result.output) == (0, explained(load_scenario(name), WIDTH) + "\n")


def test_a_message_is_judged() -> None:
    words = ["explain", "carrier_reject", "--to", "+15550101234", "--from", "INFO", "--body", "hi", "--media", "1"]
    envelope = Envelope(to="+15550101234", sender="INFO", body="hi", media=1, account_sid=ACCOUNT_SID)

    result = CliRunner().invoke(root, words)

    assert result.output == judged(load_scenario("carrier_reject"), envelope, WIDTH) + "\n"
    assert "undelivered 30007" in result.output


def test_a_scenario_that_cannot_be_read_is_told() -> None:
    result = CliRunner().invoke(root, ["explain", "delivrd"])

    assert (result.exit_code, "did you mean delivered?" in result.stderr) == (2, True)


def test_an_unknown_variable_is_told() -> None:
    result = CliRunner().invoke(root, ["explain", "delivered", "--set", "pause=1s"])

    assert (result.exit_code, "no such variable: pause" in result.stderr) == (2, True)
