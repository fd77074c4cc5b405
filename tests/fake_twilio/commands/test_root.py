"""The command's own help and version."""

from importlib.metadata import version

from click.testing import CliRunner

from fake_twilio.commands.root import root


def test_the_help_names_the_commands() -> None:
    shown = CliRunner().invoke(root, ["--help"]).output

    assert [name for name in ("serve", "receive") if name not in shown] == []


def test_the_version_is_the_packages() -> None:
    assert version("twilio-sms") in CliRunner().invoke(root, ["--version"]).output
