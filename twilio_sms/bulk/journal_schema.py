"""How the journal lies on disk, and whose it is.

SQLite in WAL mode with ``synchronous=FULL``: what is committed has been through ``fsync`` and outlives a power failure.
SQLite syncs the folder when it makes the WAL, so the names of new files last from the first commit on.
"""

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from twilio_sms.errors import JournalError
from twilio_sms.stores.sqlite_durability import make_durable

APPLICATION_ID = 0x5453_4D4A  # "TSMJ"
VERSION = 1
_SMALLEST_PAGE = 512  # bytes; SQLite, "Database File Format", 1.3
_TABLES = (
    """
    CREATE TABLE job (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        id TEXT NOT NULL,
        account_sid TEXT NOT NULL,
        base_url TEXT NOT NULL,
        created_at TEXT NOT NULL,
        command TEXT
    )
    """,  # command: what a command line that began it wants to find again
    """
    CREATE TABLE bulk_row (
        idx INTEGER PRIMARY KEY,
        hash BLOB NOT NULL,
        recipient TEXT NOT NULL,
        segments INTEGER NOT NULL,
        state TEXT NOT NULL DEFAULT 'PENDING',
        sid TEXT UNIQUE,
        code INTEGER,
        reason TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        doubts INTEGER NOT NULL DEFAULT 0,
        marked_at TEXT,
        matched INTEGER NOT NULL DEFAULT 0,
        answered INTEGER NOT NULL DEFAULT 0
    )
    """,  # answered: Twilio said that it has the message, whatever became of the SID
    "CREATE INDEX doubtful ON bulk_row (idx) WHERE state = 'UNKNOWN' OR (state = 'ACCEPTED' AND sid IS NULL)",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {VERSION}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Whose journal it is."""

    id: str
    account_sid: str
    base_url: str
    created_at: str  # ISO 8601, UTC


def connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open the file at *path* to write, from any thread; a new one is its owner's alone."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    if 0 < path.stat().st_size < _SMALLEST_PAGE:  # SQLite would take it for an empty one
        raise _no_journal()
    return sqlite3.connect(path, timeout=busy_seconds, isolation_level=None, check_same_thread=False)


def connect_to_read(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open the file at *path* for reading alone."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=busy_seconds, isolation_level=None)


def prepare(connection: sqlite3.Connection, wanted: Job) -> Job:
    """Make the journal of *wanted* in an empty file, or check that this is it; return the job as it stands there."""
    if _is_empty(connection):
        _begin_wal(connection)
        _create(connection, wanted)
        return wanted
    found = read_job(connection)
    _check_same(found, wanted)
    _begin_wal(connection)
    return found


def read_job(connection: sqlite3.Connection) -> Job:
    """Return whose journal this is; raise `JournalError` if it is none, or a newer one than is known here."""
    if _number(connection, "PRAGMA application_id") != APPLICATION_ID:
        raise _no_journal()
    version = _number(connection, "PRAGMA user_version")
    if version != VERSION:
        raise JournalError(
            f"the journal has format {version}, this twilio-sms reads format {VERSION}: upgrade twilio-sms"
        )
    found = connection.execute("SELECT id, account_sid, base_url, created_at FROM job").fetchone()
    if found is None or not all(isinstance(text, str) for text in found):
        raise JournalError("the journal is damaged, it does not say whose it is: restore it, or begin another one")
    job_id, account_sid, base_url, created_at = found
    return Job(id=job_id, account_sid=account_sid, base_url=base_url, created_at=created_at)


def _is_empty(connection: sqlite3.Connection) -> bool:
    is_foreign = _number(connection, "PRAGMA application_id") != 0
    return not is_foreign and _number(connection, "SELECT count(*) FROM sqlite_master") == 0


def _begin_wal(connection: sqlite3.Connection) -> None:
    mode = make_durable(connection)
    if mode != "wal":
        raise JournalError(
            f"the journal needs a file system on which SQLite has a WAL, it offers {mode}: use a local disk"
        )


def _create(connection: sqlite3.Connection, job: Job) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute(
        "INSERT INTO job (one, id, account_sid, base_url, created_at) VALUES (1, ?, ?, ?, ?)",
        (job.id, job.account_sid, job.base_url, job.created_at),
    )
    connection.execute("COMMIT")


def _check_same(found: Job, wanted: Job) -> None:
    if found.account_sid != wanted.account_sid:
        raise JournalError(
            f"the journal belongs to account {_short(found.account_sid)}, "
            f"this client to {_short(wanted.account_sid)}: use that account, or another journal"
        )
    if found.base_url != wanted.base_url:
        raise JournalError(
            f"the journal was sent to {found.base_url}, this client sends to {wanted.base_url}: "
            "use that address, or another journal"
        )


def _no_journal() -> JournalError:
    return JournalError("the file is no journal of a bulk send: give the path of one, or of a file that is not there")


def _short(account_sid: str) -> str:
    return f"{account_sid[:6]}…{account_sid[-4:]}"


def _number(connection: sqlite3.Connection, query: str) -> int:
    (number,) = connection.execute(query).fetchone()
    return int(number)
