"""An opt-out list in a SQLite file: durable, append-only, provable."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from twilio_sms.domain.opt_out import OptOutEvent, newest
from twilio_sms.domain.review import Review
from twilio_sms.stores.opt_out_chain import Link, from_record, is_whole
from twilio_sms.stores.opt_out_rows import FileAudit, damaged, events_of, insert, last, page_after
from twilio_sms.stores.opt_out_schema import OPT_OUT_FILE
from twilio_sms.stores.review_rows import insert_review, read_reviews, settle
from twilio_sms.stores.sqlite_file import SqliteFile

_PAGE_ROWS = 1000
_ALL_ROWS = -1  # SQLite: a negative limit is none


class SqliteOptOuts:
    """The opt-outs of one brand in one file, for all threads and processes of a machine.

    *path* is made if it is not there, readable by its owner only; with *must_exist* a missing file is an error, which
    is what a deployment wants once its list exists. *busy_seconds* is how long to wait for another writer.

    All methods raise `OptOutUnknownError` if the file cannot be read or written, or is damaged: then nothing may be
    sent, and a webhook that wanted to write must answer 5xx so that Twilio sends it again.
    """

    def __init__(self, path: str | Path, *, must_exist: bool = False, busy_seconds: float = 5.0) -> None:
        self._file = SqliteFile(path, OPT_OUT_FILE, must_exist=must_exist, busy_seconds=busy_seconds)

    def append(self, *events: OptOutEvent) -> int:
        """Record *events*, all or none, durably; return how many were new. One that is there already is left out."""
        added = 0
        with self._file.writing() as connection:
            for event in events:
                if event.identity not in {known.identity for known in events_of(connection, event.number)}:
                    insert(connection, event)
                    added += 1
        return added

    def events(self, number: str) -> tuple[OptOutEvent, ...]:
        """Return all events of *number* (E.164) as they were recorded."""
        with self._file.reading() as connection:
            return events_of(connection, number)

    def current(self, number: str) -> tuple[OptOutEvent, ...]:
        """Return the newest event of *number* (E.164) for each scope and conversation."""
        return newest(self.events(number))

    def all(self) -> Iterator[OptOutEvent]:
        """Yield every event in the order of recording."""
        for link in self._links():
            if not is_whole(link):
                raise damaged()
            yield from_record(link.record)

    def head(self) -> str:
        """Return the digest of the last event, which stands for the whole list; keep it elsewhere to audit it by."""
        with self._file.reading() as connection:
            return last(connection)[1]

    def verify(self) -> int | None:
        """Check the whole list; return its first row that is missing, changed or hidden, or ``None``.

        The row after the last one stands for rows that were cut off, or that the list does not find any more.
        """
        audit = FileAudit()
        for link in self._links():
            if not audit.passes(link):
                return audit.row
        with self._file.snapshot() as connection:
            later = page_after(connection, audit.row - 1, _ALL_ROWS)
            is_right = all(audit.passes(link) for link in later) and audit.finds_all(connection)
        return None if is_right else audit.row

    def add_review(self, review: Review) -> bool:
        """Put *review* on the review list, durably; return whether its message was not there yet."""
        with self._file.writing() as connection:
            return insert_review(connection, review)

    def reviews(self) -> tuple[Review, ...]:
        """Return all reviews, oldest first, settled ones too."""
        with self._file.reading() as connection:
            return read_reviews(connection)

    def settle_review(self, sid: str, moment: datetime, actor: str | None, note: str | None) -> bool:
        """Note that *actor* settled the review of message *sid*; return whether there is an open one."""
        with self._file.writing() as connection:
            return settle(connection, sid, moment, actor, note)

    def backup(self, path: str | Path) -> None:
        """Write a whole copy to *path*, which must not be there; copying the file by hand may miss its log."""
        target = Path(path)
        target.touch(mode=0o600, exist_ok=False)
        with self._file.reading() as connection, closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)

    def close(self) -> None:
        """Close the file; using the list opens it again."""
        self._file.close()

    def _links(self) -> Iterator[Link]:
        """Yield the rows as they are, a page at a time, so that nobody waits for a long reading."""
        row = 0
        while page := self._page(row):
            yield from page
            row = page[-1].row

    def _page(self, row: int) -> list[Link]:
        with self._file.reading() as connection:
            return page_after(connection, row, _PAGE_ROWS)
