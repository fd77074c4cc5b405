"""A file is this job's journal, an empty one that becomes it, or refused by what differs."""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.doubles import ACCOUNT_SID
from twilio_sms.bulk.journal_schema import Job, connect, connect_to_read, prepare, read_job
from twilio_sms.errors import JournalError

JOB = Job(id="one", account_sid=ACCOUNT_SID, base_url="https://api.example.com", created_at="2026-01-01T00:00:00+00:00")

OTHER_ADDRESS = (
    "the journal was sent to https://api.example.com, this client sends to http://127.0.0.1:9: "
    "use that address, or another journal"
)
DAMAGED = "the journal is damaged, it does not say whose it is: restore it, or begin another one"
NO_JOURNAL = "the file is no journal of a bulk send: give the path of one, or of a file that is not there"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.db"


def prepared(path, **changes) -> Job:
    with closing(connect(path, 0)) as connection:
        return prepare(connection, Job(**{**{name: getattr(JOB, name) for name in Job.__slots__}, **changes}))


def changed(path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_new_file_is_the_owners_alone(path):
    prepared(path)

    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("make", [lambda path: None, lambda path: path.touch()], ids=["no file", "an empty one"])
def test_an_empty_file_becomes_the_journal(path, make):
    make(path)

    assert prepared(path) == JOB
    with closing(connect_to_read(path, 0)) as connection:
        assert read_job(connection) == JOB


def test_a_database_of_one_smallest_page_and_no_table_is_an_empty_one(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA page_size = 512; VACUUM")

    assert path.stat().st_size == 512
    assert prepared(path) == JOB


def test_the_job_of_the_first_run_goes_on(path):
    prepared(path)

    assert prepared(path, id="two", created_at="2027-01-01T00:00:00+00:00") == JOB


def test_a_commit_goes_through_to_the_disk(path):
    with closing(connect(path, 0)) as connection:
        prepare(connection, JOB)

        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # SQLite: 2 is FULL


def test_the_journal_of_another_account_is_refused_by_name(path):
    prepared(path)

    with pytest.raises(
        JournalError,
        match=r"^the journal belongs to account AC0a0a…0a0a, this client to AC1b1b…1b1b: use that account, or another",
    ):
        prepared(path, account_sid="AC" + "1b" * 16)


def test_the_journal_of_another_address_is_refused_by_name(path):
    prepared(path)

    with pytest.raises(JournalError, match=f"^{re.escape(OTHER_ADDRESS)}$"):
        prepared(path, base_url="http://127.0.0.1:9")


def test_a_newer_format_is_refused(path):
    prepared(path)
    changed(path, "PRAGMA user_version = 2")

    with pytest.raises(JournalError, match="format 2, this twilio-sms reads format 1"):
        prepared(path)


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE contacts (name)", "PRAGMA application_id = 7"], ids=["tables", "an application"]
)
def test_the_database_of_something_else_is_refused_and_left_as_it_was(path, statement):
    changed(path, statement)
    before = path.read_bytes()

    with pytest.raises(JournalError, match=f"^{re.escape(NO_JOURNAL)}$"):
        prepared(path)

    assert path.read_bytes() == before


def test_a_database_in_memory_can_have_no_wal_and_is_refused():
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(JournalError, match="it offers memory"):
        prepare(connection, JOB)


@pytest.mark.parametrize("open_", [connect, connect_to_read])
def test_a_file_is_waited_for_as_long_as_was_said_and_begins_no_transaction(path, open_):
    prepared(path)

    with closing(open_(path, 0.7)) as connection:
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (700,)
        assert connection.isolation_level is None


def test_who_reads_cannot_write(path):
    prepared(path)

    with closing(connect_to_read(path, 0)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM job")


@pytest.mark.parametrize("harm", ["DELETE FROM job", "UPDATE job SET account_sid = x'ff'"])
def test_a_journal_that_does_not_say_whose_it_is_is_refused(path, harm):
    with closing(connect(path, 0)) as connection:
        prepare(connection, JOB)
        connection.execute(harm)

        with pytest.raises(JournalError, match=f"^{re.escape(DAMAGED)}$"):
            read_job(connection)
