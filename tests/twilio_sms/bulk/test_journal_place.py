"""A journal that would not be found again marks nothing."""

import shutil
from pathlib import Path

import pytest

from tests.twilio_sms.bulk.journals import new_rows, open_journal
from tests.twilio_sms.bulk.stub_twilio import StubTwilio, client, rows
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_place import JournalPlace
from twilio_sms.errors import JournalError


def remove(path: Path) -> None:
    path.unlink()


def remove_log(path: Path) -> None:
    path.with_name("journal.db-wal").unlink()


def move(path: Path) -> None:
    path.rename(path.with_name("moved.db"))


def replace_by_a_copy(path: Path) -> None:
    copy = Path(shutil.copy(path, path.with_name("copy.db")))
    copy.replace(path)


NOT_FOUND_AGAIN = (
    r"^journal\.db(-wal)? was removed or replaced while the journal was in use: put it back before you go on, "
    r"since with another one in its place every row would be sent again$"
)
HARM = [remove, remove_log, move, replace_by_a_copy]


@pytest.mark.parametrize("harm", HARM)
def test_nothing_is_marked_once_the_file_would_not_be_found(tmp_path, harm):
    with open_journal(tmp_path) as journal:
        journal.load(new_rows([0]))
        harm(tmp_path / "journal.db")

        with pytest.raises(JournalError, match=NOT_FOUND_AGAIN):
            journal.mark(0)


@pytest.mark.parametrize("harm", HARM)
def test_a_bulk_ends_with_its_journal_and_sends_nothing_more(tmp_path, harm):
    twilio = StubTwilio()

    def on_result(result):
        if result.index == 20:
            harm(tmp_path / "journal.db")

    with pytest.raises(JournalError, match="put it back"):
        client(twilio).messages.send_bulk(rows(500), journal=tmp_path / "journal.db", workers=2, on_result=on_result)

    assert len(twilio.posts) < 50


def test_a_journal_that_was_put_back_is_gone_on_with(tmp_path):
    path = tmp_path / "journal.db"
    with open_journal(tmp_path) as journal:
        journal.load(new_rows([0]))
        move(path)
        with pytest.raises(JournalError):
            journal.mark(0)
        (tmp_path / "moved.db").rename(path)

        journal.load(new_rows([1]))
        journal.mark(1)

    assert [row.state.name for row in Journal.read(path).rows()] == ["PENDING", "INFLIGHT"]


def test_a_place_that_is_empty_cannot_be_remembered(tmp_path):
    with pytest.raises(FileNotFoundError):
        JournalPlace.of(tmp_path / "journal.db")
