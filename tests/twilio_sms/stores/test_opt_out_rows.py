"""What is read of a number is proven: each row by its digest, their number by the shelf."""

import sqlite3
from contextlib import closing

import pytest

from tests.doubles import RECIPIENT
from tests.opt_outs import opted_in, opted_out
from twilio_sms.errors import OptOutUnknownError
from twilio_sms.stores.opt_out_rows import FileAudit, events_of, insert, page_after, shelf_of
from twilio_sms.stores.opt_out_schema import OPT_OUT_FILE

SHELF = shelf_of(RECIPIENT)
NEIGHBOUR = next(
    number for number in (f"+1666{count:07}" for count in range(10**7)) if shelf_of(number) == SHELF
)  # another number on the same shelf
ELSEWHERE = "+15550000000"


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(OPT_OUT_FILE.schema)
        connection.execute("DROP TRIGGER no_event_changes")
        connection.execute("DROP TRIGGER no_event_goes")
        for event in (opted_out(0, number=ELSEWHERE), opted_out(1), opted_in(2), opted_out(3, number=NEIGHBOUR)):
            insert(connection, event)
        yield connection


def audit(connection):
    audit = FileAudit()
    is_right = all(audit.passes(link) for link in page_after(connection, 0, -1)) and audit.finds_all(connection)
    return None if is_right else audit.row


def test_the_events_of_a_number_are_told_from_those_beside_it(connection):
    assert events_of(connection, RECIPIENT) == (opted_out(1), opted_in(2))
    assert events_of(connection, NEIGHBOUR) == (opted_out(3, number=NEIGHBOUR),)


def test_nothing_is_known_of_a_number_on_an_empty_shelf(connection):
    assert events_of(connection, "+15557777777") == ()


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("DELETE FROM events WHERE row = 2", id="a lost row"),
        pytest.param("DELETE FROM shelves WHERE shelf = {shelf}", id="a lost count"),
        pytest.param("DELETE FROM events WHERE shelf = {shelf}", id="all rows lost"),
        pytest.param("UPDATE shelves SET events = 2 WHERE shelf = {shelf}", id="a wrong count"),
        pytest.param("UPDATE shelves SET events = 'three' WHERE shelf = {shelf}", id="a count that is none"),
        pytest.param("UPDATE events SET shelf = 1 WHERE row = 2", id="a row that the index does not find"),
        pytest.param("UPDATE events SET number = '+15550000001' WHERE row = 2", id="another number"),
        pytest.param("UPDATE events SET number = '+15550000001' WHERE row = 4", id="a neighbour's number"),
        pytest.param("UPDATE events SET state = 'opted-in' WHERE row = 2", id="another state"),
        pytest.param("UPDATE events SET note = x'ff00' WHERE row = 2", id="bytes in the place of text"),
        pytest.param("UPDATE events SET digest = previous WHERE row = 2", id="another digest"),
    ],
)
def test_damage_is_no_answer(connection, damage):
    connection.execute(damage.format(shelf=SHELF))

    with pytest.raises(OptOutUnknownError, match="damaged"):
        events_of(connection, RECIPIENT)
    assert audit(connection) is not None


def test_a_whole_row_of_another_shelf_in_the_place_of_ours_is_no_answer(connection):
    connection.execute("UPDATE events SET shelf = 1 WHERE row = 2")
    connection.execute("UPDATE events SET shelf = ? WHERE row = 1", (SHELF,))

    with pytest.raises(OptOutUnknownError, match="damaged"):
        events_of(connection, RECIPIENT)


def test_a_whole_file_passes_the_audit(connection):
    assert audit(connection) is None


@pytest.mark.parametrize(
    ("damage", "row"),
    [
        pytest.param("UPDATE events SET note = 'x' WHERE row = 3", 3, id="a changed row"),
        pytest.param("DELETE FROM events WHERE row = 2", 2, id="a lost row"),
        pytest.param("DELETE FROM events WHERE row = 4", 4, id="the last row lost"),
        pytest.param("UPDATE events SET shelf = 1 WHERE row = 2", 5, id="a row that is not found"),
        pytest.param("DELETE FROM shelves", 5, id="no counts"),
    ],
)
def test_the_audit_tells_the_first_row_that_is_wrong(connection, damage, row):
    connection.execute(damage)

    assert audit(connection) == row


def test_nothing_follows_a_damaged_row(connection):
    connection.execute("UPDATE events SET digest = x'00' WHERE row = 4")

    with pytest.raises(OptOutUnknownError, match="damaged"):
        insert(connection, opted_out(9))
