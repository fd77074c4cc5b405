"""The README's examples run, and what it says is so."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fake_twilio.domain.accounts.account import AUTH_TOKEN
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import ACCOUNT_SID
from tests.docs.pages import ROOT, examples, page, run, words

README = page("README.md")
EXAMPLES = examples("README.md")


def test_the_script_sends(fake_twilio: FakeTwilioFixture) -> None:
    printed = run(EXAMPLES["script"])

    (message,) = fake_twilio.messages
    assert printed == f"{message.sid} queued 1\n"


def test_a_script_brings_a_fake_of_its_own() -> None:
    assert run(EXAMPLES["in_process"]) == "delivered\n"


def test_the_sdk_sends_and_lists(fake_twilio: FakeTwilioFixture) -> None:
    printed = run(EXAMPLES["sdk"])

    (message,) = fake_twilio.messages
    assert printed == f"{message.sid} queued\nqueued\n"


def test_the_bulk_is_sent_once_however_often_it_is_called(
    fake_twilio: FakeTwilioFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    told = [run(EXAMPLES["bulk"]) for _ in range(2)]

    assert all(line.endswith(" True\n") for line in told)
    assert [message.body for message in fake_twilio.messages] == ["Hi Ada, we open at nine."] * 20


def test_the_app_takes_webhooks(
    fake_twilio: FakeTwilioFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    world = tmp_path / "world.yaml"
    world.write_text("about: A shop.\ninclude: delivered\ninbound: {url: 'https://shop.test/twilio/inbound'}\n")
    fake_twilio.use(world)
    shop: dict[str, Any] = {"__name__": "shop"}
    exec(EXAMPLES["flask_webhooks"], shop)
    fake_twilio.mount("https://shop.test", shop["app"])

    fake_twilio.receive("+15551230001", "+14155550101", "order 17")
    fake_twilio.settle()

    fake_twilio.assert_sent(to="+15551230001", body="Order 17 is packed.", times=1)


def test_the_test_passes(suite: pytest.Pytester) -> None:
    suite.makepyfile(EXAMPLES["pytest"])

    suite.runpytest_inprocess("--strict-markers").assert_outcomes(passed=1)


def test_the_command_is_one_that_there_is() -> None:
    install, serve = EXAMPLES["serve"].splitlines()
    command = [sys.executable, "-m", "fake_twilio", *words(serve, "fake-twilio"), "--help"]

    shown = subprocess.run(command, capture_output=True, text=True, check=True)

    assert install == '$ pip install "twilio-sms[fake]"'
    assert "Serve a fake Twilio" in shown.stdout


def test_the_scenario_loads() -> None:
    scenario = parse_scenario(EXAMPLES["scenario"])

    assert [rule.name for rule in scenario.rules] == ["outage", "rule 1", "rule 2", "rule 3", "rule 4"]


def test_the_scenarios_that_are_named_come_along_and_are_counted() -> None:
    stated = README.partition("one of the ")[2].partition("docs/bundled_scenarios.md")[0]
    named = re.findall(r"`([a-z_]+)`", stated)

    assert named
    assert set(named) < set(bundled())
    assert stated.split()[:4] == [str(len(bundled())), "that", "come", "along:"]


def test_the_makefile_has_the_commands() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    commands = re.findall(r"\$ make (\w+)", EXAMPLES["demo"])

    assert commands == ["demo", "test"]
    assert all(f"\n{command}:" in makefile for command in commands)


def test_the_default_credentials_are_the_ones_that_are_documented() -> None:
    assert f"`{ACCOUNT_SID}`" in README
    assert f"`{AUTH_TOKEN}`" in README
