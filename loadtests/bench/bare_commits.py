"""Commits of SQLite with nothing around them, as durable as those that are measured beside them."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path


def open_bare(path: Path, schema: str) -> sqlite3.Connection:
    """Make a file of SQLite that is durable commit by commit: ``synchronous=FULL``."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.executescript(schema)
    return connection


def commit_each(connection: sqlite3.Connection, *statements: tuple[str, Iterable[str | int]]) -> None:
    """Run each statement with its values, in a transaction of its own."""
    for statement, values in statements:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(statement, tuple(values))
        connection.execute("COMMIT")
