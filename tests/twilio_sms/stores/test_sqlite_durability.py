"""A commit is on disk when it returns, as far as SQLite can be told so."""

import sqlite3
from contextlib import closing

from twilio_sms.stores.sqlite_durability import make_durable

FULL = 2  # SQLite, "PRAGMA synchronous"


def test_a_file_has_a_log_that_is_synced_with_each_commit(tmp_path):
    with closing(sqlite3.connect(tmp_path / "some.db")) as connection:
        mode = make_durable(connection)

        settings = [connection.execute(f"PRAGMA {name}").fetchone() for name in ("synchronous", "fullfsync")]
    assert (mode, settings) == ("wal", [(FULL,), (1,)])


def test_where_there_can_be_no_such_log_that_is_told():
    with closing(sqlite3.connect(":memory:")) as connection:
        assert make_durable(connection) == "memory"
