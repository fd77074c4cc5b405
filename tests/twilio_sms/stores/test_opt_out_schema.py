"""The tables keep what is in them."""

import sqlite3
from contextlib import closing

import pytest

from tests.opt_outs import opted_out
from twilio_sms.stores.opt_out_chain import COLUMNS
from twilio_sms.stores.opt_out_rows import insert
from twilio_sms.stores.opt_out_schema import OPT_OUT_FILE


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(OPT_OUT_FILE.schema)
        insert(connection, opted_out())
        yield connection


@pytest.mark.parametrize("change", ["UPDATE events SET state = 'opted-in'", "DELETE FROM events"])
def test_an_event_cannot_be_changed_or_deleted(connection, change):
    with pytest.raises(sqlite3.IntegrityError, match="events stay"):
        connection.execute(change)


def test_there_is_a_column_for_each_text_of_a_record(connection):
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(events)")]

    assert columns == ["row", "shelf", "previous", "digest", *COLUMNS]
