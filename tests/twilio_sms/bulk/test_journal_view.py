"""A journal says what it holds, in pieces."""

import sqlite3
from contextlib import closing

import pytest

from tests.twilio_sms.bulk.journals import new_rows, open_journal, sid
from tests.twilio_sms.bulk.test_journal_schema import JOB
from twilio_sms.bulk.journal_schema import connect, prepare
from twilio_sms.bulk.journal_view import CHUNK, Total, find_rows
from twilio_sms.bulk.states import State
from twilio_sms.errors import JournalError


@pytest.fixture
def journal(tmp_path):
    with open_journal(tmp_path) as journal:
        yield journal


def test_totals_name_every_state(journal):
    journal.load(new_rows(range(3)))
    journal.mark(0)

    totals = journal.totals()

    assert totals == {**dict.fromkeys(State, Total()), State.PENDING: Total(2, 4), State.INFLIGHT: Total(1, 2)}


def test_rows_come_by_index_over_more_than_one_page(journal):
    journal.load(new_rows(range(CHUNK + 7, 0, -1)))

    assert [row.index for row in journal.rows()] == list(range(1, CHUNK + 8))


def test_what_moves_while_it_is_read_keeps_nobody_waiting(journal):
    journal.load(new_rows(range(3)))

    seen = []
    for row in journal.rows():
        journal.mark(row.index)
        seen.append(row.index)

    assert seen == [0, 1, 2]


def test_doubtful_is_what_is_to_be_looked_for(journal):
    journal.load(new_rows(range(5)))
    for index in range(4):
        journal.mark(index)
    journal.doubt(0, "lost")
    journal.accept_without_sid(1, "no JSON")
    journal.accept(2, sid(2))

    assert [(row.index, row.state) for row in journal.doubtful()] == [(0, State.UNKNOWN), (1, State.ACCEPTED)]


def test_doubtful_rows_are_found_without_a_look_at_the_others(journal):
    query = "SELECT idx FROM bulk_row WHERE idx > 0 AND (state = 'UNKNOWN' OR (state = 'ACCEPTED' AND sid IS NULL))"

    def plan(connection: sqlite3.Connection) -> str:
        return str(connection.execute(f"EXPLAIN QUERY PLAN {query} ORDER BY idx LIMIT 9").fetchall())

    assert "INDEX doubtful" in journal._read(plan)


def test_a_row_that_is_not_there_is_not_found(journal):
    assert journal.find(0) is None


def test_totals_of_a_damaged_journal_are_none(journal):
    journal.load(new_rows([0]))
    journal._group.run(lambda connection: connection.execute("UPDATE bulk_row SET state = 'GONE'"))

    with pytest.raises(JournalError, match="the journal is damaged"):
        journal.totals()


def test_each_row_is_asked_for_once(tmp_path):
    with closing(connect(tmp_path / "journal.db", 0)) as connection:
        prepare(connection, JOB)
        asked: list[str] = []
        connection.set_trace_callback(asked.append)

        found = find_rows(connection, range(2 * CHUNK + 1))

    assert (found, len(asked)) == ({}, 3)
