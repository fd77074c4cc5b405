"""`send-bulk` sends a message for each row of a file."""

from pathlib import Path

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import SENDER
from tests.twilio_sms.commands.campaigns import people, run, send
from twilio_sms.bulk.journal import Journal
from twilio_sms.commands.endings import Ending
from twilio_sms.commands.kept import get_campaign
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts


def test_each_row_becomes_a_message(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    result = send(people(tmp_path, 2), tmp_path / "campaign.db")

    assert (result.exit_code, result.stderr) == (Ending.COMPLETE, "")
    assert sorted((message.to, message.body) for message in fake_twilio.messages) == [
        ("+15550000000", "Hi Ada0, your parcel is here."),
        ("+15550000001", "Hi Ada1, your parcel is here."),
    ]


def test_neither_texts_nor_numbers_are_shown(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    result = send(people(tmp_path, 1, "+1555123,\x1b[31mEve"), tmp_path / "campaign.db", "--json")

    assert not [secret for secret in ("Ada", "Eve", "5550000000", "5551230") if secret in result.output]


def test_the_same_again_sends_nothing(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    file = people(tmp_path, 2)

    for _ in range(2):
        assert send(file, tmp_path / "campaign.db").exit_code == Ending.COMPLETE

    assert len(fake_twilio.messages) == 2


def test_without_a_journal_nothing_is_sent(fake_twilio: FakeTwilioFixture, tmp_path: Path) -> None:
    result = run("send-bulk", people(tmp_path), "--from", SENDER, "--body", "Hi")

    assert (result.exit_code, fake_twilio.messages) == (Ending.CALLED_WRONGLY, ())
    assert "give --journal" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--messaging-service", "MG" + "0" * 32),
        ("--per-second", "5"),
        ("--workers", "0"),
        ("--workers", "many"),
        ("--budget", "10"),
        ("--opt-outs", "nowhere.db"),
    ],
    ids=" ".join,
)
def test_what_cannot_work_is_refused_before_anything_is_made(
    fake_twilio: FakeTwilioFixture, tmp_path: Path, words: tuple[str, ...]
) -> None:
    result = send(people(tmp_path), tmp_path / "campaign.db", *words)

    assert (result.exit_code, fake_twilio.messages) == (Ending.CALLED_WRONGLY, ())
    assert not (tmp_path / "campaign.db").exists()


def test_what_is_kept_leads_to_its_files_from_everywhere(
    fake_twilio: FakeTwilioFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = people(tmp_path)
    monkeypatch.chdir(tmp_path)
    SqliteOptOuts("opt_outs.db").close()

    send("people.csv", "campaign.db", "--opt-outs", "opt_outs.db")

    kept = get_campaign(Journal.read("campaign.db"))
    assert (kept.file, kept.opt_outs) == (file, str(tmp_path / "opt_outs.db"))
