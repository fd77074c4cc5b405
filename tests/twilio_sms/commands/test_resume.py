"""`resume` goes on with what the journal says, and refuses rows that were changed."""

import json
from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.twilio_sms.bulk.journals import open_journal
from tests.twilio_sms.commands.campaigns import people, run, send
from twilio_sms.commands.endings import Ending


@pytest.fixture
def half_sent(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> Path:
    """Give a journal of four rows, of which a budget let two through."""
    result = send(people(tmp_path, 4), tmp_path / "campaign.db", "--budget", "2", "--price-per-segment", "1")
    assert (result.exit_code, len(fake_twilio.messages)) == (Ending.OPEN, 2)
    return tmp_path / "campaign.db"


def test_it_sends_what_is_left_with_the_same_text(fake_twilio: FakeTwilioFixture, half_sent: Path) -> None:
    result = run("resume", half_sent, "--budget", "4", "--quiet")

    assert result.exit_code == Ending.COMPLETE
    assert sorted(message.body for message in fake_twilio.messages) == [
        f"Hi Ada{number}, your parcel is here." for number in range(4)
    ]


def test_what_is_not_given_is_as_before(fake_twilio: FakeTwilioFixture, half_sent: Path) -> None:
    result = run("resume", half_sent, "--json", "--quiet")

    assert json.loads(result.stdout)["stopped"].startswith("the next message would overrun the budget")
    assert (result.exit_code, len(fake_twilio.messages)) == (Ending.OPEN, 2)


def test_what_is_given_counts_from_then_on(fake_twilio: FakeTwilioFixture, half_sent: Path) -> None:
    run("resume", half_sent, "--budget", "3", "--quiet")
    run("resume", half_sent, "--quiet")

    assert len(fake_twilio.messages) == 3


def test_a_row_that_was_changed_is_refused_by_its_number(fake_twilio: FakeTwilioFixture, half_sent: Path) -> None:
    file = half_sent.with_name("people.csv")
    file.write_text(file.read_text("utf-8").replace("Ada1", "Eve"), "utf-8")

    result = run("resume", half_sent, "--budget", "4", "--quiet")

    assert (result.exit_code, len(fake_twilio.messages)) == (Ending.STOPPED, 2)
    assert result.stderr.startswith("row 1 (key ")


def test_rows_that_are_gone_are_told(fake_twilio: FakeTwilioFixture, half_sent: Path) -> None:
    people(half_sent.parent, 3)

    result = run("resume", half_sent, "--budget", "4", "--json")

    assert json.loads(result.stdout)["stopped"] == (
        "people.csv has 1 rows fewer than the journal: put them back, and resume"
    )
    assert (result.exit_code, len(fake_twilio.messages)) == (Ending.OPEN, 3)


def test_a_file_that_was_moved_is_found_by_its_new_place(fake_twilio: FakeTwilioFixture, half_sent: Path) -> None:
    moved = half_sent.with_name("people.csv").rename(half_sent.with_name("moved.csv"))

    missing = run("resume", half_sent)
    found = run("resume", half_sent, "--budget", "4", "--file", moved, "--quiet")

    assert (missing.exit_code, "people.csv is not where it was" in missing.stderr) == (Ending.CALLED_WRONGLY, True)
    assert (found.exit_code, len(fake_twilio.messages)) == (Ending.COMPLETE, 4)


def test_the_journal_of_another_address_is_refused(fake_twilio: FakeTwilioFixture, half_sent: Path) -> None:
    result = run("resume", half_sent, "--base-url", "http://127.0.0.1:1")

    assert (result.exit_code, "the journal was sent to" in result.stderr) == (Ending.STOPPED, True)


def test_a_journal_that_a_program_wrote_says_what_to_do(tmp_path: Path) -> None:
    open_journal(tmp_path).close()

    result = run("resume", tmp_path / "journal.db")

    assert (result.exit_code, "use send-bulk" in result.stderr) == (Ending.STOPPED, True)


def test_a_journal_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    assert run("resume", tmp_path / "none.db").exit_code == Ending.CALLED_WRONGLY
