"""A journal keeps the campaign that can go on with its rows."""

from pathlib import Path

import pytest

from tests.twilio_sms.bulk.journals import new_rows, open_journal
from twilio_sms.bulk.journal import Journal
from twilio_sms.commands.campaign import Campaign
from twilio_sms.commands.kept import find_campaign, get_campaign, keep_campaign
from twilio_sms.errors import JournalError

FIRST = Campaign(file="/data/people.csv", body="Hi")


def test_the_latest_way_to_run_it_is_kept(tmp_path: Path) -> None:
    with open_journal(tmp_path) as journal:
        keep_campaign(journal, FIRST)
        journal.load(new_rows([0]))
        keep_campaign(journal, FIRST.changed({"workers": 1}))

    assert get_campaign(Journal.read(tmp_path / "journal.db")).workers == 1


def test_what_would_make_other_messages_of_its_rows_is_not_kept(tmp_path: Path) -> None:
    with open_journal(tmp_path) as journal:
        keep_campaign(journal, FIRST)
        journal.load(new_rows([0]))

        with pytest.raises(JournalError, match="another --body"):
            keep_campaign(journal, FIRST.changed({"body": "Bye"}))
        assert find_campaign(journal) == FIRST


def test_before_there_are_rows_a_typo_can_be_put_right(tmp_path: Path) -> None:
    with open_journal(tmp_path) as journal:
        keep_campaign(journal, FIRST)
        keep_campaign(journal, FIRST.changed({"body": "Bye"}))

        assert get_campaign(journal).body == "Bye"


def test_a_journal_that_a_program_wrote_has_none(tmp_path: Path) -> None:
    with open_journal(tmp_path) as journal:
        assert find_campaign(journal) is None
        with pytest.raises(JournalError, match="does not say how it was begun"):
            get_campaign(journal)
