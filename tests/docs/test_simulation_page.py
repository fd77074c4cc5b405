"""The page about tests of an app: its examples run."""

import subprocess
import sys
from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.docs.pages import examples, run, words

EXAMPLES = examples("docs/simulation.md")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the examples write their cassettes where nobody minds."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ran(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "fake_twilio", *arguments], capture_output=True, text=True, check=False
    )


def test_what_is_expected_is_sent() -> None:
    assert run(EXAMPLES["mock"]) == "True Your table is booked for 7 pm\n"


def test_failures_are_simulated() -> None:
    assert run(EXAMPLES["failure"]) == "later: 3 attempts 4.0\nin doubt\n"


def test_webhooks_come_in() -> None:
    answer, delivered, opted_out = run(EXAMPLES["webhooks"]).splitlines()

    assert "We got it: Order 12" in answer
    assert (delivered, opted_out) == ("delivered +15551234567", "True")


def test_a_cassette_is_recorded_and_played_and_becomes_a_scenario(fake_twilio: FakeTwilioFixture) -> None:
    recorded, played = run(EXAMPLES["cassette"]).splitlines()
    made, checked = (ran(*words(line, "fake-twilio")) for line in EXAMPLES["conversion"].splitlines())

    assert recorded == "recorded +15551234567 Your table is booked queued"
    assert played == recorded.replace("recorded", "played")
    assert len(fake_twilio.messages) == 1
    assert (made.returncode, checked.stdout) == (0, "remind.yaml: ok (1 rule)\n")


def test_a_suite_has_its_cassettes(fake_twilio: FakeTwilioFixture, suite: pytest.Pytester) -> None:
    suite.makepyfile(test_reminders=EXAMPLES["fixture"])
    plugin = ("-p", "no:twilio_sms", "-p", "twilio_sms.pytest_plugin", "-p", "no:fake_twilio")

    suite.runpytest_inprocess(*plugin).assert_outcomes(passed=2)
    suite.runpytest_inprocess(*plugin, "--twilio-cassette-mode=none").assert_outcomes(passed=2)

    assert len(fake_twilio.messages) == 3
    assert sorted(path.name for path in suite.path.glob("cassettes/test_reminders/*")) == [
        "shared.json",
        "test_a_reminder_is_sent.json",
    ]
