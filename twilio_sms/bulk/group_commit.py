"""Many threads, few transactions: one writes for all who wait.

A commit that has to reach the disk takes as long for eight rows as for one. So each thread puts what it wants on a
queue; the first that finds nobody leading leads: it runs everything that waits, in the order in which it came, and
commits once. The others find their work done. Who leads has the connection for itself.

A signal handler may raise between any two lines of Python. So whoever leads has a plain lock, which is taken and let go
in no line of Python; a `Condition` can be left taken for ever. Who waits is rung when the work is done, or when nobody
leads any more; a ring that an interrupt swallowed costs `_LOOK_SECONDS`.

Work that must last returns when it is on disk. Other work returns when it has been run. A note is left on the queue,
and nobody waits for it: to wake a thread costs more than to write a row. Both are on disk with the next commit, and
whoever reads through here sees them at once.

When the disk fails, everything since the last commit is undone. Work that had to last has failed, and its caller is
told so. Other work is kept and run again before anything new, since it tells what happened, and that stays true. A
commit that failed may still be found on disk after a crash. That is safe for a mark before a send: a row that is marked
and was not sent is looked for and not found. A note that breaks a rule is told to whoever comes next with work that
must last, or flushes.
"""

import ctypes
import sqlite3
from collections import deque
from contextlib import suppress
from threading import Lock
from typing import TypeVar

from twilio_sms.bulk.ticket import Note, Ticket, Work
from twilio_sms.errors import JournalError

T = TypeVar("T")
_LOOK_SECONDS = 0.05
MAX_UNCOMMITTED = 1000  # so much is kept in memory, and is forgotten in a crash


class GroupCommit:
    """The one way to a connection that many threads share."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._leading = Lock()  # whoever has it leads
        self._refusal: str | None = None
        self._waiting: deque[Ticket[object]] = deque()
        self._uncommitted: list[Ticket[object]] = []  # the leader's
        self._trouble: BaseException | None = None  # of a note, and not told yet

    def run_durably(self, work: Work[T]) -> T:
        """Run *work* in a transaction and return when it is on disk; raise `JournalError` if it is not.

        Raises it, too, and runs nothing, if a note turned out to be wrong: the file does not say what happened then.
        """
        self._tell_trouble()
        return self._run(Ticket(work, must_last=True))

    def run(self, work: Work[T]) -> T:
        """Run *work* in a transaction that is committed with the next one that must last, or by `flush`.

        Raises `JournalError` if the disk fails; the work is then kept, and run again before anything else.
        """
        return self._run(Ticket(work, must_last=False))

    def note(self, work: Work[object]) -> None:
        """Have *work* run in its turn, with whatever is run next; return at once.

        Raises `JournalError` only if nothing can be written any more.
        """
        self._check_open()
        self._waiting.append(Note(work))
        if len(self._waiting) >= MAX_UNCOMMITTED:
            self.run(_nothing)

    def read(self, work: Work[T]) -> T:
        """Run *work*, which changes nothing; it sees what has been run or noted."""
        try:
            with self._leading:
                self._check_open()
                if self._waiting:
                    self._work_off(commit=False)
                return work(self._connection)
        except sqlite3.Error as error:
            raise JournalError(f"the journal cannot be read: {error}") from error
        finally:
            self._ring_next()

    def flush(self) -> None:
        """Return when all that has been run or noted is on disk; raise `JournalError` if that cannot be."""
        try:
            self._run(Ticket(_nothing, must_last=True))
        finally:
            self._tell_trouble()

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
        self._leading = Lock()  # the old one may be held for ever by a thread that the child does not have
        self._waiting.clear()
        self._refusal = reason

    def _run(self, ticket: Ticket[T]) -> T:
        self._waiting.append(ticket)
        while not ticket.is_settled() and self._leading.locked():
            ticket.wait(_LOOK_SECONDS)
        if not ticket.is_settled():
            self._lead(ticket)
        return ticket.result()  # what a leader lost when it was interrupted is told

    def _lead(self, ticket: Ticket[object]) -> None:
        try:
            with self._leading:
                if not ticket.is_settled():
                    self._check_open()
                    self._work_off(commit=ticket.must_last)
        finally:
            self._ring_next()

    def _ring_next(self) -> None:
        """Have one of those who wait see that nobody leads: for a commit, or for its turn."""
        with suppress(RuntimeError):  # somebody joins the queue just now, and sees it
            waiting = next((ticket for ticket in (*self._uncommitted, *self._waiting) if not ticket.is_settled()), None)
            if waiting is not None:
                waiting.ring()

    def _check_open(self) -> None:
        if self._refusal:
            raise JournalError(self._refusal)

    def _tell_trouble(self) -> None:
        trouble, self._trouble = self._trouble, None
        if trouble is not None:
            raise trouble

    def _work_off(self, *, commit: bool) -> None:
        try:
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
            while self._waiting:
                self._uncommitted.append(self._waiting[0])  # first, so that no interrupt loses it
                self._waiting.popleft()
                self._uncommitted[-1].carry_out(self._connection)
                self._trouble = self._trouble or self._uncommitted[-1].trouble()
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
        last = self._uncommitted[-1] if self._uncommitted else None
        if last is not None and isinstance(error, Exception) and not _is_of_the_disk(error):
            last.give_up(error)
            self._trouble = self._trouble or last.trouble()
        while self._waiting:
            ticket = self._waiting.popleft()
            if ticket is not last:  # which is in both if it was just being taken
                self._uncommitted.append(ticket)
        undone, self._uncommitted = self._uncommitted, []
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        for ticket in undone:
            ticket.fail(error)
        self._waiting.extendleft(ticket for ticket in reversed(undone) if ticket.is_kept())

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
