"""A run keeps its campaign, shows what the journal says, and tells how to go on."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import SENDER
from tests.twilio_sms.bulk.journals import open_journal
from tests.twilio_sms.commands.campaigns import BODY, people, run, send
from twilio_sms.commands.endings import Ending


def told(file: str, journal: Path, *words: object) -> list[str]:
    """Return what is said beside the result."""
    result = run("send-bulk", file, "--journal", journal, "--from", SENDER, "--body", BODY, "--no-limits", *words)
    return result.stderr.splitlines()


def test_rejected_rows_leave_it_open_and_are_pointed_to(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    file, journal = people(tmp_path, 1, "12,Eve"), tmp_path / "campaign.db"

    assert told(file, journal) == [f"which are REJECTED, and why: twilio-sms report {journal} --rows rejected"]
    assert send(file, journal).exit_code == Ending.OPEN


@pytest.mark.fake_twilio(scenario="stored_but_500")
def test_rows_in_doubt_are_kept_and_pointed_to(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    result = send(people(tmp_path, 1), tmp_path / "campaign.db", "--settle-seconds", "0", "--json")

    counts = json.loads(result.stdout)["counts"]
    assert counts["ACCEPTED"] + counts["UNKNOWN"] == 1
    assert len(fake_twilio.messages) == 1


def test_what_is_left_comes_with_the_command_to_go_on(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    journal = tmp_path / "my campaign.db"
    budget = ("--budget", "1", "--price-per-segment", "1", "--base-url", fake_twilio.url)

    assert told(people(tmp_path), journal, *budget) == [
        f"to go on: twilio-sms resume '{journal}' --base-url {fake_twilio.url}"
    ]


def test_wrong_credentials_stop_it(
    fake_twilio: FakeTwilioFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "0" * 32)

    result = send(people(tmp_path), tmp_path / "campaign.db", "--json")

    tree = json.loads(result.stdout)
    assert (result.exit_code, tree["counts"]["PENDING"]) == (Ending.STOPPED, 3)
    assert "HTTP 401" in tree["stopped"]


def test_a_journal_that_another_process_writes_stops_it(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    with open_journal(tmp_path):
        result = send(people(tmp_path), tmp_path / "journal.db")

    assert (result.exit_code, fake_twilio.messages) == (Ending.STOPPED, ())
    assert "the journal is written by" in result.stderr


def test_other_words_for_the_same_rows_stop_it(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    file, journal = people(tmp_path), tmp_path / "campaign.db"
    send(file, journal)

    result = run("send-bulk", file, "--journal", journal, "--from", SENDER, "--body", "Bye $name")

    assert (result.exit_code, len(fake_twilio.messages)) == (Ending.STOPPED, 3)
    assert "begun with another --body" in result.stderr


def test_who_opted_out_is_not_texted_and_nobody_need_look_at_it(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    with fake_twilio.client(opt_outs=tmp_path / "opt_outs.db") as client:
        client.opt_outs.add("+15550000001")

    result = send(people(tmp_path), tmp_path / "campaign.db", "--opt-outs", tmp_path / "opt_outs.db", "--json")

    assert (result.exit_code, json.loads(result.stdout)["counts"]["SKIPPED"]) == (Ending.COMPLETE, 1)
    fake_twilio.assert_not_sent(to="+15550000001")


def test_a_source_that_cannot_work_is_a_wrong_call(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("to,nmae\n+15550000001,Ada\n", "utf-8")

    result = send(tmp_path / "people.csv", tmp_path / "campaign.db")

    assert (result.exit_code, fake_twilio.messages) == (Ending.CALLED_WRONGLY, ())
    assert "has no column name" in result.stderr


def test_who_waits_for_an_answer_is_told_why(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    words = ("--journal", tmp_path / "j.db", "--from", SENDER, "--body", BODY, "--no-limits")
    command = [sys.executable, "-m", "twilio_sms", "send-bulk", people(tmp_path), *map(str, words)]
    nobody = ("--base-url", "http://127.0.0.1:9")

    with subprocess.Popen([*command, *nobody], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "rows wait" in line)
        process.send_signal(signal.SIGINT)
        process.communicate()

    reason = "nothing was sent to http://127.0.0.1:9: ConnectionRefusedError: Connection refused"
    assert line == f"{reason}; rows wait until Twilio answers\n"
    assert process.returncode == Ending.INTERRUPTED
