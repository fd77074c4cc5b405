"""The command that finds what of a scenario breaks another command."""

import sys
from pathlib import Path

import pytest
from click.testing import Result

from fake_twilio.commands.shrink import shrink
from fake_twilio.scenario_files.load import load_scenario
from tests.command_runner import CliRunner

PLANTED = "{name: planted, when: {to: '+15551234567'}, then: {fault: {kind: reset, commit: true}}}"
SEND = (
    "from twilio_sms import Client; "
    "Client.from_env().messages.send(to='+15551234567', from_='+15005550006', body='hello')"
)
TEST = """
import pytest

@pytest.mark.fake_twilio(scenario="delivered")
def test_it(fake_twilio):
    fake_twilio.client().messages.send(to="+15551234567", from_="+15005550006", body="hello")
"""


def write_faults(file: Path, harmless: int) -> Path:
    """Write a scenario with one fault that breaks the command, in the midst of some that do not."""
    rules = [
        f"{{name: harmless {n}, when: {{to: '+15550000{n:03}'}}, then: {{refuse: 21211}}}}" for n in range(harmless)
    ]
    rules.insert(harmless // 2, PLANTED)
    text = "\n".join(f"  - {rule}" for rule in rules)
    file.write_text(f"about: many faults\nrules:\n{text}\ndefaults: {{timeline: []}}\n")
    return file


@pytest.fixture
def twenty(tmp_path: Path) -> Path:
    return write_faults(tmp_path / "twenty.yaml", harmless=19)


def run(file: Path, *command: str, options: tuple[str, ...] = ()) -> Result:
    return CliRunner().invoke(shrink, ["--scenario", str(file), "--seed", "7", *options, "--", *command])


def test_the_one_planted_fault_among_twenty_is_found(twenty: Path, tmp_path: Path) -> None:
    small = tmp_path / "small.yaml"

    result = run(twenty, sys.executable, "-c", SEND, options=("--output", str(small)))

    assert result.exit_code == 0
    assert result.stdout == f"needed: rule planted\nwritten to {small}\n"
    assert [rule.name for rule in load_scenario(small).rules] == ["planted"]
    assert "with 20 of 20 troubles: broken\nwith 0 of 20 troubles: fine\n" in result.stderr


def test_a_pytest_suite_plays_the_scenario_whatever_its_tests_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # a few seconds for each run
    two = write_faults(tmp_path / "two.yaml", harmless=1)
    suite = tmp_path / "test_suite.py"
    suite.write_text(TEST)

    result = run(two, sys.executable, "-m", "pytest", "-q", "-p", "fake_twilio.pytest_plugin", str(suite))

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("needed: rule planted\nabout: many faults\n")


@pytest.mark.parametrize(
    ("code", "reason"),
    [("pass", "it does not break with this seed"), ("raise SystemExit(3)", "it breaks without any trouble, too")],
)
def test_where_there_is_nothing_to_find_it_says_so(twenty: Path, code: str, reason: str) -> None:
    result = run(twenty, sys.executable, "-c", code)

    assert (result.exit_code, reason in result.stderr) == (1, True)


def test_what_is_no_scenario_is_told(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("about: nothing\n")

    result = run(file, "true")

    assert result.exit_code == 2
    assert "defaults: this key is missing" in result.stderr


def test_variables_are_set_from_outside(tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    rule = PLANTED.replace("+15551234567", "${whom}")
    file.write_text(f"about: one\nvars: {{whom: '+1'}}\nrules: [{rule}]\ndefaults: {{timeline: []}}\n")

    result = run(file, sys.executable, "-c", SEND, options=("--set", "whom=+15551234567"))

    assert result.stdout.startswith("needed: rule planted\n")
    assert "+15551234567" in result.stdout
