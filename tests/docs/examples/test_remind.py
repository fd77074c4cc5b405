"""The example script: who was told, what it says of the others, and how it ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.docs.pages import ROOT

SCRIPT = ROOT / "docs" / "examples" / "remind.py"
PEOPLE = "phone,name,time\n+15551230001,Ada,9:30\nnobody,Grace,10:15\n+15551230003,Mary,11:00\n"


def remind(folder: Path, people: str, *words: str) -> "subprocess.CompletedProcess[str]":
    (folder / "people.csv").write_text(people, "utf-8")
    command = [sys.executable, "-W", "error", str(SCRIPT), *(words or ("people.csv",))]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_who_cannot_be_told_stops_nobody_else(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    done = remind(tmp_path, PEOPLE)

    assert [message.to for message in fake_twilio.messages] == ["+15551230001", "+15551230003"]
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.split()[1:3] for line in done.stderr.splitlines()] == [["not", "sent:"]]


@pytest.mark.fake_twilio(scenario="stored_but_500")
def test_who_may_have_been_told_is_not_told_twice(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    done = remind(tmp_path, PEOPLE)

    assert (done.returncode, done.stderr.count(" in doubt: ")) == (1, 2)
    fake_twilio.assert_no_duplicate_sends()


@pytest.mark.parametrize(
    ("people", "words", "said"),
    [
        ("phone,name\n+15551230001,Ada\n", (), "people.csv needs the columns name, phone, time\n"),
        ("", (), "people.csv needs the columns name, phone, time\n"),
        (PEOPLE, ("gone.csv",), "[Errno 2] No such file or directory: 'gone.csv'\n"),
    ],
    ids=["a column is missing", "an empty file", "no file"],
)
def test_what_cannot_be_done_is_told_and_nobody_is(
    fake_twilio: FakeTwilioFixture, tmp_path: Path, people: str, words: tuple[str, ...], said: str
) -> None:
    done = remind(tmp_path, people, *words)

    assert (done.returncode, done.stderr) == (2, said)
    fake_twilio.assert_not_sent()
