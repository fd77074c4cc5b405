"""The order book of the example shops, in SQLite."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

_TABLES = """
    CREATE TABLE IF NOT EXISTS orders (number TEXT PRIMARY KEY, state TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS questions (message_sid TEXT NOT NULL, number TEXT NOT NULL);
    INSERT OR IGNORE INTO orders VALUES ('17', 'packed'), ('18', 'waiting for its screws');
"""


class OrderBook:
    """The orders of a shop, and who asked after them."""

    def __init__(self, path: str) -> None:
        self._path = path
        with self._connection() as connection:
            connection.executescript(_TABLES)

    def answer(self, text: str, message_sid: str) -> str:
        """Answer a text such as "order 17", and note that it was asked."""
        found = re.search(r"\d+", text)
        if not found:
            return "Which order? Write, for example: order 17"
        with self._connection() as connection:
            connection.execute("INSERT INTO questions VALUES (?, ?)", (message_sid, found[0]))
            row = connection.execute("SELECT state FROM orders WHERE number = ?", (found[0],)).fetchone()
        return f"Order {found[0]} is {row[0]}." if row else f"There is no order {found[0]}."

    def questions(self) -> list[tuple[str, str]]:
        """Return the SID of each text, and the order that was asked after."""
        with self._connection() as connection:
            return connection.execute("SELECT message_sid, number FROM questions").fetchall()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one call, and commit: any thread may ask."""
        with closing(sqlite3.connect(self._path, timeout=10)) as connection, connection:
            yield connection
