"""SQLite so set that what is committed outlives a loss of power."""

import sqlite3


def make_durable(connection: sqlite3.Connection) -> str:
    """Have each commit wait until it is on disk, and readers for nobody; return the journal mode.

    That is ``wal``, unless the file system has no memory that processes share: a network's, for one.
    """
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # macOS: an fsync alone leaves the data in the drive's cache
    return str(mode)
