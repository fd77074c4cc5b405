"""The command's own help and version."""

import pytest

from tests.twilio_sms.commands.campaigns import run
from twilio_sms.commands.endings import Ending
from twilio_sms.commands.root import root
from twilio_sms.version import __version__


@pytest.mark.parametrize("name", ["send-bulk", "resume", "report", "explain-signature"])
def test_the_help_names_the_commands(name: str) -> None:
    assert f"  {name} " in run("--help").output


def test_the_version_is_the_packages() -> None:
    assert __version__ in run("--version").output


@pytest.mark.parametrize("ending", Ending, ids=lambda ending: ending.name)
def test_the_help_says_how_a_command_ends(ending: Ending) -> None:
    assert f" {ending.value} if " in " ".join(run("--help").output.split())


def test_each_command_is_named_with_a_whole_sentence() -> None:
    shown = run("--help").output

    commands = shown.partition("Commands:\n")[2].splitlines()
    assert [line for line in commands if not line.endswith(".") or line.endswith("...")] == []
    assert len(commands) == len(root.commands)
