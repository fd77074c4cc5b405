"""The page about sending to many: its examples run, and its tables are those of the code."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.docs.pages import examples, page, run
from twilio_sms.bulk.row_fates import RULINGS, Fate
from twilio_sms.bulk.states import FOLLOWS, State
from twilio_sms.commands.endings import Ending
from twilio_sms.commands.root import root

PAGE = page("docs/bulk.md")
EXAMPLES = examples("docs/bulk.md")
FIRST_WORDS = {
    Fate.DOUBTFUL: "UNKNOWN",
    Fate.SID_LOST: "ACCEPTED",
    Fate.SKIPPED: "SKIPPED",
    Fate.LATER: "PENDING: it rests",
    Fate.STOPS: "PENDING, and the bulk stops",
    Fate.REJECTED: "REJECTED",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the examples write their journals where nobody minds."""
    monkeypatch.chdir(tmp_path)


def rows(head: str) -> list[list[str]]:
    """Return the cells of the table under *head*."""
    table = PAGE.partition(f"| {head} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def ran(line: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "twilio_sms", *shlex.split(line.removeprefix("$ twilio-sms "))]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_each_row_becomes_a_message(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["bulk_send"]) == "True 2 {'ACCEPTED': 2}\n"
    assert {message.body for message in fake_twilio.messages} == {
        "Hi Ada, your parcel is here.",
        "Hi Grace, your parcel is here.",
    }


def test_the_budget_ends_it(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["bulk_budget"]) == "0.1975 the next message would overrun the budget: what is left is PENDING\n"
    assert len(fake_twilio.messages) == 25


def test_who_opted_out_is_skipped(fake_twilio: FakeTwilioFixture) -> None:
    assert run(EXAMPLES["bulk_opt_outs"]) == "{'ACCEPTED': 1, 'SKIPPED': 1}\n"


def test_the_command_tries_sends_resumes_and_reports(fake_twilio: FakeTwilioFixture) -> None:
    Path("people.csv").write_text(EXAMPLES["bulk_people"], "utf-8")

    tried, sent = (ran(line) for line in EXAMPLES["bulk_command"].splitlines())
    others = [ran(line) for line in EXAMPLES["bulk_resume"].splitlines()]

    assert [done.returncode for done in (tried, sent, *others)] == [0] * 5, [done.stderr for done in others]
    assert "cost       0.0158" in tried.stdout
    assert len(fake_twilio.messages) == 2
    assert len(Path("rows.csv").read_text("utf-8").splitlines()) == 3


def test_the_table_of_states_is_the_one_that_the_journal_obeys() -> None:
    table = {State(state): {State(name) for name in after.split(", ") if name} for state, _, after in rows("state")}

    assert table == FOLLOWS


def test_the_table_of_errors_is_the_one_that_the_bulk_obeys() -> None:
    table = {name: said for names, said in rows("error") for name in re.findall(r"`(\w+)`", names)}

    assert set(table) == {kind.__name__ for kind in RULINGS}
    assert [
        kind for kind, ruling in RULINGS.items() if not table[kind.__name__].startswith(FIRST_WORDS[ruling.fate])
    ] == []


def test_every_command_stands_in_the_table() -> None:
    assert {name.strip("`") for name, _ in rows("command")} == set(root.commands) - {"explain-signature"}  # of webhooks


def test_every_status_stands_in_the_table() -> None:
    assert [int(status) for status, _ in rows("status")] == list(Ending)
