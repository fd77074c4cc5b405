"""Tests of the option that names a file to write."""

from pathlib import Path

import click
from click.testing import Result

from fake_twilio.commands.output import output_option, write
from tests.command_runner import CliRunner


def run(*words: str) -> Result:
    @click.command()
    @output_option("Where it is written.")
    def command(output: Path | None) -> None:
        if output is None:
            click.echo("no file")
            return
        click.echo("at work")
        write("✓\n", output)

    return CliRunner().invoke(command, words)


def test_what_is_written_is_utf8(tmp_path: Path) -> None:
    result = run("--output", str(tmp_path / "a.yaml"))

    assert (result.exit_code, (tmp_path / "a.yaml").read_bytes()) == (0, b"\xe2\x9c\x93\n")


def test_it_may_be_left_out() -> None:
    assert run().output == "no file\n"


def test_a_folder_that_there_is_not_is_told_before_any_work(tmp_path: Path) -> None:
    result = run("--output", str(tmp_path / "none" / "a.yaml"))

    assert (result.exit_code, "choose another --output" in result.stderr, result.stdout) == (2, True, "")


def test_a_file_that_cannot_be_written_ends_the_command(tmp_path: Path) -> None:
    gone = tmp_path / "a.yaml"
    gone.symlink_to(tmp_path / "none" / "b.yaml")

    result = run("--output", str(gone))

    assert (result.exit_code, result.stdout) == (1, "at work\n")
    assert f"cannot write {gone}: No such file or directory; choose another --output" in result.stderr
