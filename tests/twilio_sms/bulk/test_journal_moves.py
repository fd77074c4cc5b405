"""A row moves as the table of states allows, and a SID belongs to one row."""

import re
import sqlite3
from contextlib import closing
from itertools import product

import pytest

from tests.doubles import RECIPIENT
from tests.twilio_sms.bulk.journals import new_rows, sid
from tests.twilio_sms.bulk.test_journal_schema import JOB
from twilio_sms.bulk import journal_moves as moves
from twilio_sms.bulk.journal_row import RowKey
from twilio_sms.bulk.journal_schema import connect, prepare
from twilio_sms.bulk.journal_view import find_rows
from twilio_sms.bulk.states import FOLLOWS, State
from twilio_sms.errors import JournalError

EARLY = "2026-01-01T00:00:00+00:00"
LATE = "2026-01-02T00:00:00+00:00"


@pytest.fixture
def connection(tmp_path):
    with closing(connect(tmp_path / "journal.db", 0)) as connection:
        prepare(connection, JOB)
        moves.load(connection, new_rows(range(3)), JOB.id)
        yield connection


def row(connection: sqlite3.Connection, index: int):
    return find_rows(connection, [index])[index]


def put(connection: sqlite3.Connection, index: int, state: State) -> None:
    connection.execute("UPDATE bulk_row SET state = ? WHERE idx = ?", (state.value, index))


def doubted(connection: sqlite3.Connection, index: int, now: str = EARLY) -> None:
    moves.mark(connection, index, now)
    moves.settle(connection, index, State.UNKNOWN, reason="lost")


def move(connection: sqlite3.Connection, index: int, after: State) -> None:
    if after is State.INFLIGHT:
        moves.mark(connection, index, EARLY)
    elif after is State.ACCEPTED:
        moves.accept(connection, index, sid(1))
    else:
        moves.settle(connection, index, after)


@pytest.mark.parametrize(("before", "after"), list(product(State, State)), ids=lambda state: state.name)
def test_a_row_moves_exactly_as_the_table_says(connection, before, after):
    put(connection, 0, before)

    if after in FOLLOWS[before]:
        move(connection, 0, after)
        assert row(connection, 0).state is after
        return
    with pytest.raises(JournalError, match=rf"row 0 \(key \w+\) is {before.value} and cannot become {after.value}"):
        move(connection, 0, after)
    assert row(connection, 0).state is before


@pytest.mark.parametrize("after", [State.INFLIGHT, State.ACCEPTED, State.SKIPPED], ids=lambda state: state.name)
def test_a_row_that_was_not_loaded_cannot_move(connection, after):
    with pytest.raises(JournalError, match="row 9 is not in the journal"):
        move(connection, 9, after)


def test_an_error_names_a_row_by_the_key_that_its_journal_gave_it(connection):
    key = RowKey(JOB.id, 0, row(connection, 0).fingerprint)

    with pytest.raises(JournalError, match=rf"^{re.escape(str(key))} is PENDING and cannot become ACCEPTED by this$"):
        moves.accept(connection, 0, sid(1))


def test_a_narrower_move_refuses_what_the_table_would_allow(connection):
    put(connection, 0, State.ACCEPTED)

    with pytest.raises(JournalError, match="is ACCEPTED and cannot become UNKNOWN"):
        moves.settle(connection, 0, State.UNKNOWN, only_from=frozenset({State.INFLIGHT}))


def test_known_rows_come_back_as_they_are_and_new_ones_are_written(connection):
    doubted(connection, 1)

    rows = moves.load(connection, new_rows([1, 4]), JOB.id)

    assert [(each.index, each.state) for each in rows] == [(1, State.UNKNOWN), (4, State.PENDING)]
    assert rows == [row(connection, 1), row(connection, 4)]


def test_a_row_with_another_request_is_refused_by_name_and_nothing_is_written(connection):
    key = RowKey(JOB.id, 2, row(connection, 2).fingerprint)
    told = (
        f"{key} is not the message that it was in an earlier run: give the same rows again; one that was corrected "
        "goes into a source of its own, with a journal of its own, or others are sent twice"
    )
    with pytest.raises(JournalError, match=f"^{re.escape(told)}$"):
        moves.load(connection, [*new_rows([5]), *new_rows([2], salt="other")], JOB.id)

    assert find_rows(connection, [5]) == {}


@pytest.mark.parametrize("index", [0, 7], ids=["known", "new"])
def test_a_row_that_is_given_twice_is_refused(connection, index):
    with pytest.raises(JournalError, match=r"^a row is given twice: each index stands for one message$"):
        moves.load(connection, new_rows([index, index]), JOB.id)


def test_no_number_and_no_novel_is_kept(connection):
    moves.settle(connection, 0, State.REJECTED, code=21211, reason=f"{RECIPIENT} is bad \ud83d {'x' * 1000}")

    columns = connection.execute("SELECT * FROM bulk_row WHERE idx = 0").fetchone()
    assert RECIPIENT not in str(columns)
    assert row(connection, 0).code == 21211
    assert len(str(row(connection, 0).reason)) == moves.MAX_REASON_CHARACTERS


def test_the_time_of_the_first_try_that_may_have_sent_it_stays(connection):
    doubted(connection, 0, EARLY)
    moves.settle(connection, 0, State.PENDING)

    moves.mark(connection, 0, LATE)

    assert row(connection, 0).marked_at.isoformat() == EARLY
    assert (row(connection, 0).attempts, row(connection, 0).doubts) == (2, 1)


def test_the_time_of_a_try_that_sent_nothing_goes(connection):
    moves.mark(connection, 0, EARLY)
    moves.settle(connection, 0, State.PENDING)

    moves.mark(connection, 0, LATE)

    assert row(connection, 0).marked_at.isoformat() == LATE


def test_the_same_answer_twice_is_one(connection):
    moves.mark(connection, 0, EARLY)

    assert moves.accept(connection, 0, sid(1)) is None
    assert moves.accept(connection, 0, sid(1)) is None


def test_a_row_with_an_answer_takes_no_other(connection):
    moves.mark(connection, 0, EARLY)
    moves.accept(connection, 0, sid(1))

    with pytest.raises(JournalError, match=f"is ACCEPTED as {sid(1)} and cannot become ACCEPTED"):
        moves.accept(connection, 0, sid(2))


def test_one_answer_to_two_rows_is_refused(connection):
    for index in (0, 1):
        moves.mark(connection, index, EARLY)
    moves.accept(connection, 0, sid(1))

    with pytest.raises(
        JournalError,
        match=r"^row 1 .* was accepted as SM.*, and so was row 0.*: something on the way to Twilio repeats answers$",
    ):
        moves.accept(connection, 1, sid(1))
    assert row(connection, 1).state is State.INFLIGHT


def test_a_doubtful_row_gets_the_sid_that_was_found(connection):
    doubted(connection, 0)

    assert moves.claim(connection, 0, sid(1)) is True

    found = row(connection, 0)
    assert (found.state, found.sid, found.is_matched) == (State.ACCEPTED, sid(1), True)


def test_a_sid_that_another_row_has_is_not_given_again(connection):
    doubted(connection, 0)
    doubted(connection, 1)
    moves.claim(connection, 0, sid(1))

    assert moves.claim(connection, 1, sid(1)) is False
    assert row(connection, 1).state is State.UNKNOWN


def test_a_row_that_has_a_sid_by_now_needs_none(connection):
    doubted(connection, 0)
    moves.accept(connection, 0, sid(1))

    assert moves.claim(connection, 0, sid(2)) is False
    assert row(connection, 0).sid == sid(1)


@pytest.mark.parametrize("state", [State.PENDING, State.INFLIGHT, State.REJECTED, State.SKIPPED])
def test_a_row_that_is_not_in_doubt_cannot_be_found(connection, state):
    put(connection, 0, state)

    with pytest.raises(JournalError, match=f"is {state.value} and cannot become ACCEPTED"):
        moves.claim(connection, 0, sid(1))


def test_proof_beats_match(connection):
    doubted(connection, 0)
    moves.claim(connection, 0, sid(1))
    moves.mark(connection, 1, EARLY)

    assert moves.accept(connection, 1, sid(1)) == 0

    loser, winner = row(connection, 0), row(connection, 1)
    assert (loser.state, loser.sid, loser.is_matched) == (State.UNKNOWN, None, False)
    assert (winner.state, winner.sid, winner.is_matched) == (State.ACCEPTED, sid(1), False)


def test_a_proof_replaces_the_match_of_its_own_row(connection):
    doubted(connection, 0)
    moves.claim(connection, 0, sid(1))

    assert moves.accept(connection, 0, sid(2)) is None
    assert (row(connection, 0).sid, row(connection, 0).is_matched) == (sid(2), False)


def test_a_row_that_twilio_took_is_never_in_doubt_when_it_loses_a_match(connection):
    moves.mark(connection, 0, EARLY)
    moves.settle(connection, 0, State.ACCEPTED, reason="no SID")
    moves.claim(connection, 0, sid(1))
    moves.mark(connection, 1, EARLY)

    assert moves.accept(connection, 1, sid(1)) == 0

    assert (row(connection, 0).state, row(connection, 0).sid) == (State.ACCEPTED, None)


def test_what_was_on_its_way_is_in_doubt_after_a_crash(connection):
    moves.mark(connection, 0, EARLY)
    moves.mark(connection, 1, EARLY)
    moves.accept(connection, 1, sid(1))

    moves.doubt_all_inflight(connection)

    assert [row(connection, index).state.name for index in range(3)] == ["UNKNOWN", "ACCEPTED", "PENDING"]
    assert row(connection, 0).doubts == 1
