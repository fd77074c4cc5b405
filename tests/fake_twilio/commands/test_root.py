"""The command's own help and version."""

from importlib.metadata import version

from click.testing import CliRunner

from fake_twilio.commands.root import root


def test_the_help_names_the_commands() -> None:
    shown = CliRunner().invoke(root, ["--help"]).output

    assert [name for name in ("serve", "receive") if name not in shown] == []


def test_the_version_is_the_packages() -> None:
    assert version("twilio-sms") in CliRunner().invoke(root, ["--version"]).output


def test_each_command_is_named_with_a_whole_sentence() -> None:
    shown = CliRunner().invoke(root, ["--help"]).output

    commands = shown.partition("Commands:\n")[2].splitlines()
    assert [line for line in commands if not line.endswith(".") or line.endswith("...")] == []
    assert len(commands) == len(root.commands)
