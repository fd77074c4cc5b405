"""Many threads, few transactions: one writes for all who wait.

A commit that has to reach the disk takes as long for eight rows as for one. So each thread puts what it wants on a
queue; the first that finds nobody leading leads: it runs everything that waits, in the order in which it came, and
commits once. The others find their work done. Who leads has the connection for itself, and no lock is held meanwhile.

Work that must last returns when it is on disk. Other work returns when it has been run, and is on disk with the next
commit: whoever reads through here sees it at once.

When the disk fails, everything since the last commit is undone. Work that had to last has failed, and its caller is
told so. Other work is kept and run again before anything new, since it tells what happened, and that stays true. A
commit that failed may still be found on disk after a crash. That is safe for a mark before a send: a row that is marked
and was not sent is looked for and not found.
"""

import ctypes
import sqlite3
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, get_ident
from typing import TypeVar

from twilio_sms.bulk.ticket import Ticket, Work
from twilio_sms.errors import JournalError

T = TypeVar("T")
MAX_UNCOMMITTED = 1000  # so much is kept in memory, and is forgotten in a crash


class GroupCommit:
    """The one way to a connection that many threads share."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._changed = Condition()  # guards the leader
        self._leader: int | None = None  # a thread
        self._refusal: str | None = None
        self._waiting: deque[Ticket[object]] = deque()
        self._uncommitted: list[Ticket[object]] = []  # the leader's

    def run_durably(self, work: Work[T]) -> T:
        """Run *work* in a transaction and return when it is on disk; raise `JournalError` if it is not."""
        return self._run(Ticket(work, must_last=True))

    def run(self, work: Work[T]) -> T:
        """Run *work* in a transaction that is committed with the next one that must last, or by `flush`.

        Raises `JournalError` if the disk fails; the work is then kept, and run again before anything else.
        """
        return self._run(Ticket(work, must_last=False))

    def read(self, work: Work[T]) -> T:
        """Run *work*, which changes nothing; it sees what has been run."""
        try:
            self._lead(unless=lambda: False)
            return work(self._connection)
        except sqlite3.Error as error:
            raise JournalError(f"the journal cannot be read: {error}") from error
        finally:
            self._step_down()

    def flush(self) -> None:
        """Return when all that has been run is on disk."""
        self.run_durably(_nothing)

    def close(self) -> None:
        """Commit what has been run, move it from the WAL into the file, and refuse whatever comes later."""
        if self._refusal:
            return
        try:
            self.flush()
        finally:
            self.read(self._shut)

    def refuse(self, reason: str) -> None:
        """Refuse whatever comes, and leave the connection untouched: in a forked child it is the parent's."""
        _keep_for_ever(self._connection)
        self._changed = Condition()  # the old one may be held for ever by a thread that the child does not have
        self._leader = None
        self._waiting.clear()
        self._refusal = reason

    def _run(self, ticket: Ticket[T]) -> T:
        self._waiting.append(ticket)
        try:
            if self._lead(unless=ticket.is_settled):
                self._work_off(commit=ticket.must_last)
        finally:
            self._step_down()
        return ticket.result()

    def _lead(self, unless: Callable[[], bool]) -> bool:
        """Wait until this thread leads, or need not any more; say whether it does.

        A thread that already leads was interrupted, by Ctrl-C for one, before it could step down: it leads on.
        """
        me = get_ident()
        with self._changed:
            self._changed.wait_for(lambda: self._leader in (None, me) or unless())
            if unless():
                return False
            if self._refusal:
                raise JournalError(self._refusal)
            self._leader = me
            return True

    def _step_down(self) -> None:
        if self._leader == get_ident():
            with self._changed:
                self._leader = None
                self._changed.notify_all()

    def _work_off(self, *, commit: bool) -> None:
        try:
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
            while self._waiting:
                self._uncommitted.append(self._waiting.popleft())
                self._uncommitted[-1].carry_out(self._connection)
            if commit or len(self._uncommitted) >= MAX_UNCOMMITTED:
                self._connection.execute("COMMIT")
                self._settle()
        except BaseException as error:
            self._undo(error)
            if not isinstance(error, Exception):
                raise

    def _settle(self) -> None:
        for ticket in self._uncommitted:
            ticket.settle()
        self._uncommitted.clear()

    def _undo(self, error: BaseException) -> None:
        """Go back to the last commit: fail what had to last, keep the rest for the next try."""
        culprit = self._uncommitted[-1] if self._uncommitted and not _is_of_the_disk(error) else None
        while self._waiting:
            self._uncommitted.append(self._waiting.popleft())
        undone, self._uncommitted = self._uncommitted, []
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        for ticket in undone:
            ticket.fail(error)
        self._waiting.extendleft(ticket for ticket in reversed(undone) if ticket.is_kept() and ticket is not culprit)

    def _shut(self, connection: sqlite3.Connection) -> None:
        self._refusal = "the journal is closed"
        with suppress(sqlite3.Error):  # what stays in the WAL is as safe there
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


def _keep_for_ever(connection: sqlite3.Connection) -> None:
    """Have *connection* outlive the process, since to finalize it is to close it.

    A child that closes it rolls back what the parent has not committed, in the memory that both share.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))


def _nothing(_connection: sqlite3.Connection) -> None:
    """Change nothing: whoever waits for this waits for all that came before."""


def _is_of_the_disk(error: BaseException) -> bool:
    """Whether *error* may pass, such as a full or locked disk; a work that cannot be run is another thing."""
    return isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError
