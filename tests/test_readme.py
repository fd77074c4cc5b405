"""The README's examples run, and what it says is so."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.slo import parse_slo
from fake_twilio.scenario_files.finding import bundled
from tests.docs.pages import ROOT, examples, page, run, words
from twilio_sms.version import __version__

README = page("README.md")
EXAMPLES = examples("README.md")


def test_the_script_sends(fake_twilio: FakeTwilioFixture) -> None:
    printed = run(EXAMPLES["script"])

    (message,) = fake_twilio.messages
    assert printed == f"{message.sid} queued 1\n"


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


def test_the_makefile_has_the_commands() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    commands = re.findall(r"\$ make (\w+)", EXAMPLES["demo"])

    assert commands == ["demo", "test"]
    assert all(f"\n{command}:" in makefile for command in commands)


def test_the_load_can_be_started() -> None:
    arguments = words(EXAMPLES["load_in_short"].strip(), "python")

    assert arguments[:2] == ["-m", "fake_twilio.load"]
    assert (ROOT / arguments[arguments.index("-f") + 1]).is_file()
    assert len(parse_slo(arguments[arguments.index("--slo") + 1])) == 2


def test_it_is_read_in_a_few_minutes() -> None:
    assert len(README.splitlines()) <= 150


def test_what_it_says_of_the_package_is_so() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (line,) = (line for line in README.splitlines() if line.startswith("Python 3.11 and later"))

    assert project["requires-python"] == ">=3.11"
    assert sorted(re.split(r"[<>=]", needed)[0] for needed in project["dependencies"]) == ["requests", "urllib3"]
    assert project["license"] == "MIT"
    assert f"[{__version__}](CHANGELOG.md)" in line


def test_the_scenarios_are_counted() -> None:
    assert f"[{len(bundled())} scenarios](docs/bundled_scenarios.md)" in README


@pytest.mark.parametrize(
    ("said", "figure", "least", "most"),
    [
        ("a send takes half the CPU of the official SDK's", "send_cpu_of_official_sdk", 0.4, 0.6),
        ("a webhook's signature a third of the official validator's", "validate_of_official", 0.27, 0.4),
        ("more than a thousand messages a\nsecond", "fake_requests_a_second", 1000, 10_000),
        ("about a thousand with two signed callbacks each", "messages_a_second_with_two_callbacks", 700, 1400),
        ("starts in about 10 ms for a test", "fixture_start_ms", 5, 15),
        ("slower than WireMock", "fake_over_wiremock", 0, 0.99),
    ],
)
def test_how_fast_it_is_was_measured(said: str, figure: str, least: float, most: float) -> None:
    told = re.search(rf"^\| `{figure}` \| ([\d.,]+) \|", page("docs/performance.md"), re.MULTILINE)

    assert said in README
    assert told is not None
    assert least <= float(told[1].replace(",", "")) <= most
