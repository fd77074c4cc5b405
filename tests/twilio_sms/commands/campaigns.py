"""Campaigns for tests of the commands."""

from pathlib import Path

from click.testing import Result

from tests.command_runner import CliRunner
from tests.doubles import SENDER
from twilio_sms.commands.root import root

BODY = "Hi $name, your parcel is here."


def people(folder: Path, count: int = 3, *further: str) -> str:
    """Write a file of *count* rows that can be sent and of *further* lines; return its path."""
    path = folder / "people.csv"
    lines = ["to,name", *(f"+1555{number:07},Ada{number}" for number in range(count)), *further]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return str(path)


def run(*words: object) -> Result:
    return CliRunner().invoke(root, [str(word) for word in words])


def send(file: object, journal: object, *words: object) -> Result:
    return run(
        "send-bulk", file, "--journal", journal, "--from", SENDER, "--body", BODY, "--no-limits", "--quiet", *words
    )
