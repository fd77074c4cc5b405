"""The rows of the opt-out list, read with proof and written in their chain."""

import sqlite3
from collections import Counter
from zlib import crc32

from twilio_sms.domain.opt_out import OptOutEvent
from twilio_sms.errors import Evidence, OptOutUnknownError
from twilio_sms.stores.opt_out_chain import GENESIS, Audit, Link, follow, from_record, is_whole

SHELVES = 0x100000  # about one event on each, for a list of a million
_Row = tuple[int, str, str, *tuple[str | None, ...]]  # as SQLite should give it; `is_whole` takes what it does give
# One statement, so that the rows and their number are of one moment.
_SHELF = """
    SELECT shelves.events, row, previous, digest,
           number, scope, conversation, state, source, evidence, event_time, received_time, actor, note
    FROM (SELECT ? AS asked) LEFT JOIN shelves ON shelves.shelf = asked LEFT JOIN events ON events.shelf = asked
    ORDER BY row
"""
_PAGE = """
    SELECT row, previous, digest,
           number, scope, conversation, state, source, evidence, event_time, received_time, actor, note
    FROM events WHERE row > ? ORDER BY row LIMIT ?
"""
_INSERT = """
    INSERT INTO events (row, shelf, previous, digest,
           number, scope, conversation, state, source, evidence, event_time, received_time, actor, note)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_COUNT = "INSERT INTO shelves VALUES (?, 1) ON CONFLICT (shelf) DO UPDATE SET events = events + 1"


def shelf_of(number: str) -> int:
    return crc32(number.encode()) % SHELVES


def events_of(connection: sqlite3.Connection, number: str) -> tuple[OptOutEvent, ...]:
    """Return the events of *number* as they were recorded; raises `OptOutUnknownError` unless they are proven whole."""
    shelf = shelf_of(number)
    found = connection.execute(_SHELF, (shelf,)).fetchall()
    counted = found[0][0] if found else "no answer at all"
    links = [_link(row[1:]) for row in found if row[1] is not None]
    if len({link.row for link in links}) != (counted or 0) or not all(_is_on(shelf, link) for link in links):
        raise damaged()
    return tuple(from_record(link.record) for link in links if link.record[0] == number)


def insert(connection: sqlite3.Connection, event: OptOutEvent) -> None:
    """Write *event* after the last row."""
    row, previous = last(connection)
    if not isinstance(previous, str):
        raise damaged()
    link = follow(row + 1, previous, event)
    shelf = shelf_of(event.number)
    connection.execute(_INSERT, (link.row, shelf, link.previous, link.digest, *link.record))
    connection.execute(_COUNT, (shelf,))


def last(connection: sqlite3.Connection) -> tuple[int, str]:
    """Return the number and digest of the last row."""
    return connection.execute("SELECT row, digest FROM events ORDER BY row DESC LIMIT 1").fetchone() or (0, GENESIS)


def page_after(connection: sqlite3.Connection, row: int, size: int) -> list[Link]:
    """Return up to *size* rows that follow *row*, as they are."""
    return [_link(found) for found in connection.execute(_PAGE, (row, size))]


class FileAudit:
    """Follows the chain through a file, and asks whether the file finds each row of it."""

    def __init__(self) -> None:
        self._chain = Audit()
        self._counted: Counter[int] = Counter()

    @property
    def row(self) -> int:
        """The row that comes next or, once one did not pass, the one that should have come."""
        return self._chain.row

    def passes(self, link: Link) -> bool:
        if not self._chain.passes(link):
            return False
        self._counted[shelf_of(link.record[0] or "")] += 1
        return True

    def finds_all(self, connection: sqlite3.Connection) -> bool:
        """Whether each shelf has the events that passed: as it was written down, and as the index finds them."""
        written = connection.execute("SELECT shelf, events FROM shelves")
        indexed = connection.execute("SELECT shelf, COUNT(*) FROM events INDEXED BY events_by_shelf GROUP BY shelf")
        return dict(written) == self._counted == dict(indexed)


def damaged() -> OptOutUnknownError:
    return OptOutUnknownError(
        "the opt-out list is damaged here, so it cannot be told who opted out: restore it", Evidence(attempts=0)
    )


def _link(found: _Row) -> Link:
    row, previous, digest, *record = found
    return Link(row, previous, digest, tuple(record))


def _is_on(shelf: int, link: Link) -> bool:
    return is_whole(link) and shelf_of(link.record[0] or "") == shelf
