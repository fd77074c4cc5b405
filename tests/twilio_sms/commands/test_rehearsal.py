"""A dry run reads and checks every row, and sends and writes nothing."""

import json
from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import SENDER
from tests.twilio_sms.commands.campaigns import BODY, people, run
from twilio_sms.commands.endings import Ending
from twilio_sms.commands.rehearsal import MOST_TOLD

DRY = ("--dry-run", "--from", SENDER, "--body", BODY)


def test_it_counts_and_sends_nothing(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    result = run("send-bulk", people(tmp_path, 3), *DRY, "--price-per-segment", "0.01", "--json")

    tree = json.loads(result.stdout)
    assert (result.exit_code, tree["counts"]["PENDING"], tree["segments"], tree["cost"]) == (0, 3, 3, "0.03")
    assert "nothing was sent" in result.stderr
    assert fake_twilio.messages == ()
    assert [path.name for path in tmp_path.iterdir()] == ["people.csv"]


def test_it_tells_what_is_wrong_with_which_row(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    result = run("send-bulk", people(tmp_path, 1, "0123456789,Eve", "\x1b[2J,Eve"), *DRY, "--quiet")

    assert result.exit_code == Ending.OPEN
    first, second = result.stderr.splitlines()
    assert first.startswith("people.csv line 3 (row 1): to must be an E.164 number")
    assert second.startswith("people.csv line 4 (row 2): ")
    assert "0123456789" not in result.output
    assert "\x1b" not in result.output


def test_of_many_problems_the_first_are_told_and_the_others_counted(
    fake_twilio: FakeTwilioFixture, tmp_path: Path
) -> None:
    result = run("send-bulk", people(tmp_path, 0, *["x,Eve"] * (MOST_TOLD + 5)), *DRY, "--quiet")

    lines = result.stderr.splitlines()
    assert (len(lines), lines[-1]) == (MOST_TOLD + 1, "and 5 more")


def test_who_opted_out_is_counted(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    with fake_twilio.client(opt_outs=tmp_path / "opt_outs.db") as client:
        client.opt_outs.add("+15550000001")

    result = run("send-bulk", people(tmp_path), *DRY, "--json", "--opt-outs", tmp_path / "opt_outs.db")

    counts = json.loads(result.stdout)["counts"]
    assert (counts["PENDING"], counts["SKIPPED"]) == (2, 1)


def test_what_needs_a_journal_when_it_is_sent_can_be_tried_without(
    fake_twilio: FakeTwilioFixture, tmp_path: Path
) -> None:
    assert run("send-bulk", people(tmp_path), *DRY, "--on-unknown", "resend").exit_code == 0


@pytest.mark.parametrize("account", [None, ""], ids=["not set", "empty"])
def test_it_needs_no_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, account: str | None) -> None:
    for name in ("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
        if account is not None:
            monkeypatch.setenv(name, account)

    assert run("send-bulk", people(tmp_path), *DRY).exit_code == Ending.COMPLETE
    sent = run("send-bulk", people(tmp_path), *DRY[1:], "--journal", tmp_path / "j.db")
    assert (sent.exit_code, "TWILIO_ACCOUNT_SID" in sent.stderr) == (Ending.CALLED_WRONGLY, True)
