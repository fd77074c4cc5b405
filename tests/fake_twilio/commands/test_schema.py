"""Tests of the command that prints the JSON Schema."""

from pathlib import Path

from fake_twilio.commands.root import root
from fake_twilio.scenario_tools.schema import schema_text
from tests.command_runner import CliRunner


def test_the_schema_is_printed_and_nothing_else() -> None:
    assert CliRunner().invoke(root, ["schema"]).output == schema_text()


def test_it_may_be_written_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"

    result = CliRunner().invoke(root, ["schema", "--output", str(path)])

    assert (result.exit_code, result.output, path.read_text("utf-8")) == (0, "", schema_text())


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(root, ["schema", "--output", str(tmp_path / "none" / "schema.json")])

    assert (result.exit_code, "choose another --output" in result.stderr) == (2, True)
