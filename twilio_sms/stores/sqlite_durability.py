"""SQLite so set that what is committed outlives a loss of power."""

import sqlite3

WAITING = "PRAGMA synchronous = FULL"
# A commit outlives the process at once, and a loss of power with the next that waits. Nothing is damaged by it in the
# mode ``wal`` (sqlite.org, "PRAGMA synchronous").
NOT_WAITING = "PRAGMA synchronous = NORMAL"


def make_durable(connection: sqlite3.Connection) -> str:
    """Have each commit wait until it is on disk, and readers for nobody; return the journal mode.

    That is ``wal``, unless the file system has no memory that processes share: a network's, for one.
    """
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute(WAITING)
    connection.execute("PRAGMA fullfsync = ON")  # macOS: an fsync alone leaves the data in the drive's cache
    return str(mode)
