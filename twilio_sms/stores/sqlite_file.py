"""One SQLite file that many threads and processes share.

WAL with ``synchronous=FULL``: what is committed survives a kill and a loss of power, and readers wait for nobody. One
connection serves all threads, under a lock. After each change the log is folded into the file, since SQLite drops a
damaged log, and all that it holds, without a word; a kind of file that can bear that need not be.

No file is ever made in the place of one that was there: an empty list in the place of a lost one would say that
everybody may be texted. A new file is made beside its place and then linked into it, so that nobody sees half of one;
a file that disappears or is replaced while it is open is refused from then on.

Before a fork the connection is closed: see `twilio_sms.forks`.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from threading import RLock

from twilio_sms.domain.settings import MOST_SECONDS, is_number
from twilio_sms.errors import Evidence, TwilioError, ValidationError
from twilio_sms.forks import tell_of_forks
from twilio_sms.paths import read_path
from twilio_sms.stores.sqlite_durability import NOT_WAITING, WAITING, make_durable

# What damage can look like: SQLite tells of it in words of the damaged file, which may be no text, or counts too far.
_TROUBLE = (sqlite3.Error, OSError, UnicodeDecodeError, OverflowError)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """What a file is for: how it is recognised, what it is made of, and the error that any trouble with it becomes.

    *is_folded* says whether each change is folded into the file at once, at the price of a second wait for the disk.
    """

    name: str
    application_id: int
    version: int
    schema: str
    error: type[TwilioError]
    is_folded: bool = True


class SqliteFile:
    """An open file of one kind; safe for threads and forks."""

    def __init__(self, path: str | Path, kind: FileKind, *, must_exist: bool, busy_seconds: float) -> None:
        _check_not_memory(path)
        _check_busy(busy_seconds)
        self._path = read_path(path).absolute()
        self._name = str(self._path)  # for what is asked at each use: a path has its text made anew each time
        self._kind = kind
        self._busy_seconds = busy_seconds
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self._is_wal = False
        self._place: tuple[int, int] | None = None
        with self._told("opened"):
            if not must_exist and not self._path.exists():
                _create(self._path, kind)
            self._connected()
        tell_of_forks(self)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection; each statement sees one state of the file."""
        with self._told("read"), self._lock:
            yield self._connected()

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Give the connection; all statements see the same state of the file."""
        with self.reading() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                _undo(connection)

    @contextmanager
    def writing(self, *, waits: bool = True) -> Iterator[sqlite3.Connection]:
        """Give the connection in a transaction: durable when the block has ended, undone if it raises.

        Without *waits* it outlives the process, and a loss of power only with the next one that waits: for what nobody
        relies on until then.
        """
        try:
            with self._lock:
                connection = self._begun(waits)
                try:
                    yield connection
                    connection.execute("COMMIT")
                finally:
                    _undo(connection)
                self._check_place()
                if self._kind.is_folded:
                    _fold(connection)
        except _TROUBLE as error:
            raise self._failed("written", error) from error

    def _begun(self, waits: bool) -> sqlite3.Connection:
        connection = self._connection or self._connected()  # whether the file is in its place is asked at the end
        connection.execute(WAITING if waits or not self._is_wal else NOT_WAITING)
        connection.execute("BEGIN IMMEDIATE")
        return connection

    def close(self) -> None:
        """Close the connection; the next use opens another."""
        with self._told("closed"), self._lock:
            self._disconnect()

    def let_go(self) -> None:
        self._lock.acquire()
        with suppress(*_TROUBLE):
            self._disconnect()

    def go_on(self) -> None:
        self._lock.release()

    def begin_anew(self) -> None:
        self._lock = RLock()

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection, mode = _open(self._path, self._kind, self._busy_seconds)
            self._is_wal = mode == "wal"
            self._place = self._place or _place_of(self._name)
        self._check_place()
        return self._connection

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _check_place(self) -> None:
        if _place_of(self._name) != self._place:
            raise self._error("was replaced by another file while in use: start anew to use that one")

    @contextmanager
    def _told(self, done: str) -> Iterator[None]:
        """Turn whatever SQLite or the disk says into the one error of this kind of file."""
        try:
            yield
        except _TROUBLE as error:
            raise self._failed(done, error) from error

    def _failed(self, done: str, error: BaseException) -> TwilioError:
        return self._error(f"cannot be {done}: {error}", repeatable=True)

    def _error(self, trouble: str, *, repeatable: bool = False) -> TwilioError:
        return _trouble(self._path, self._kind, trouble, repeatable=repeatable)


def _check_not_memory(path: object) -> None:
    if path == ":memory:":  # what sqlite3 takes for no file at all would be one of that name here
        raise ValidationError("':memory:' is no file: use the store that keeps all in memory, or give a path")


def _check_busy(seconds: object) -> None:
    if not is_number(seconds) or not 0 <= seconds <= MOST_SECONDS:
        raise ValidationError(f"busy_seconds must be a number of seconds from 0 on, is {seconds!r}")


def _trouble(path: Path, kind: FileKind, trouble: str, *, repeatable: bool = False) -> TwilioError:
    return kind.error(f"the {kind.name} {path.name} {trouble}", Evidence(repeatable=repeatable, attempts=0))


def _place_of(name: str) -> tuple[int, int]:
    status = os.stat(name)  # noqa: PTH116 - asked for every read: half the time of Path.stat
    return status.st_dev, status.st_ino


def _create(path: Path, kind: FileKind) -> None:
    """Make an empty file of *kind* that only its owner may read; one that another process made meanwhile stays."""
    if not path.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {path.parent}: make it, or give another path")
    handle, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)  # has mode 0600
    os.close(handle)
    beside = Path(name)
    try:
        connection = sqlite3.connect(beside, isolation_level=None)
        try:
            connection.executescript(f"BEGIN; {kind.schema} COMMIT;")
            connection.execute(f"PRAGMA application_id={kind.application_id:d}")
            connection.execute(f"PRAGMA user_version={kind.version:d}")
            connection.execute("PRAGMA journal_mode=WAL")
        finally:
            connection.close()
        with suppress(FileExistsError):
            path.hardlink_to(beside)
    finally:
        beside.unlink()


def _open(path: Path, kind: FileKind, busy_seconds: float) -> tuple[sqlite3.Connection, str]:
    """Open *path*, which must be there and of *kind*; return its journal mode, too."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False
    )
    try:
        _check_kind(connection, path, kind)
        mode = make_durable(connection)
        connection.execute("PRAGMA trusted_schema=OFF")
    except BaseException:
        connection.close()
        raise
    return connection, mode


def _check_kind(connection: sqlite3.Connection, path: Path, kind: FileKind) -> None:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application_id != kind.application_id:
        raise _trouble(path, kind, "is a file of another kind, or was emptied: give the path of another one")
    if version > kind.version:
        raise _trouble(path, kind, f"has version {version}, newer than {kind.version}: update twilio-sms")
    if version < kind.version:
        raise _trouble(path, kind, f"has version {version}, which this twilio-sms does not know: {kind.version}")


def _undo(connection: sqlite3.Connection) -> None:
    """End the transaction, if it is still open, and change nothing."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _fold(connection: sqlite3.Connection) -> None:
    """Move what the log holds into the file, unless others use it just now; the commit is durable either way."""
    (busy_milliseconds,) = connection.execute("PRAGMA busy_timeout").fetchone()
    with suppress(*_TROUBLE):
        connection.execute("PRAGMA busy_timeout=0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute(f"PRAGMA busy_timeout={busy_milliseconds:d}")
