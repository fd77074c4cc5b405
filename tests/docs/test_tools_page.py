"""The page about the command: what it shows can be typed, and every command is there."""

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from fake_twilio.commands.root import root
from fake_twilio.domain.accounts.account import AUTH_TOKEN
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.finding import bundled
from fake_twilio.server import ACCOUNT_SID
from tests.docs.pages import examples, page, words
from tests.fake_twilio.checkup import apps

EXAMPLES = examples("docs/tools.md")


def ran(*arguments: str, folder: Path | None = None) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "fake_twilio", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_every_command_stands_in_the_table() -> None:
    rows = re.findall(r"^\| (`.*?`) \|", page("docs/tools.md"), re.MULTILINE)

    assert {name.strip("`") for row in rows for name in row.split(", ")} == set(root.commands)


@pytest.mark.parametrize("example", ["served", "record", "shrink"])
def test_what_would_run_on_has_options_that_there_are(example: str) -> None:
    name, *arguments = words(EXAMPLES[example].rstrip(), "fake-twilio")

    with root.commands[name].make_context(name, arguments) as context:
        assert isinstance(context, click.Context)


def test_a_message_is_received(fake_twilio: FakeTwilioFixture) -> None:
    done = ran(*words(EXAMPLES["receive"], "fake-twilio"))

    assert (done.returncode, done.stderr) == (0, "")
    assert [message.body for message in fake_twilio.messages] == ["hello"]


def test_scenarios_are_checked_and_explained_and_the_schema_is_written(tmp_path: Path) -> None:
    checked, explained, written = (
        ran(*words(line, "fake-twilio"), folder=tmp_path) for line in EXAMPLES["check"].splitlines()
    )

    assert (checked.returncode, explained.returncode, written.returncode) == (0, 0, 0)
    assert checked.stdout.count(": ok (") == 2
    assert "takes it" in explained.stdout
    assert json.loads((tmp_path / "schema.json").read_text("utf-8"))["$schema"]


def test_the_doctor_checks_an_app() -> None:
    name, _, *options = words(EXAMPLES["doctor"], "fake-twilio")
    with apps.running(apps.trusting) as url:
        done = ran(name, url, *options)

    assert (done.returncode, done.stderr, "FAIL  inbound tampered" in done.stdout) == (1, "", True)


def test_the_scenarios_that_are_named_come_along_and_are_counted() -> None:
    stated = page("docs/tools.md").partition("one of the ")[2].partition("bundled_scenarios.md")[0]
    named = re.findall(r"`([a-z_]+)`", stated)

    assert named
    assert set(named) < set(bundled())
    assert stated.split()[:4] == [str(len(bundled())), "that", "come", "along:"]


def test_the_default_credentials_are_the_ones_that_are_documented() -> None:
    assert f"`{ACCOUNT_SID}`" in page("docs/tools.md")
    assert f"`{AUTH_TOKEN}`" in page("docs/tools.md")
