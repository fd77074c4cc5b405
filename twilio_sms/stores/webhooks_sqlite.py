"""Webhooks that were seen, in a SQLite file: durable, for all threads and processes of a machine.

A claim and its finish are a commit each, and only the finish waits for the disk: a claim is for other threads and
processes, and what a loss of power leaves of it has run out before the machine is back. What is older than it is kept
for goes some rows at a time, in the transaction of a claim or of what is recorded.
"""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from twilio_sms.clock import Clock, SystemClock
from twilio_sms.domain.claim import Claim, Claimed, Lease
from twilio_sms.domain.delivery_track import DeliveryTrack, Recorded
from twilio_sms.domain.status_update import StatusUpdate
from twilio_sms.errors import Evidence, WebhookStoreError
from twilio_sms.stores.sqlite_file import SqliteFile
from twilio_sms.stores.track_json import from_json, to_json
from twilio_sms.stores.webhook_terms import LONGEST_WORK, PURGED_AT_ONCE, check_claim, kept_for
from twilio_sms.stores.webhooks_schema import WEBHOOKS_FILE

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_WORK_US = LONGEST_WORK // _MICROSECOND
_FIND = "SELECT until_us, answer FROM leases WHERE key = ?"
_CLAIM_NEW = "INSERT OR IGNORE INTO leases (key, until_us, claimed_us) VALUES (?, ?, ?)"
_CLAIM_AGAIN = "UPDATE leases SET until_us = ?, claimed_us = ? WHERE key = ?"
_FINISH = """
    INSERT INTO leases (key, until_us, answer, claimed_us) VALUES (?, ?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET answer = excluded.answer WHERE answer IS NULL
"""
_RELEASE = "DELETE FROM leases WHERE key = ? AND answer IS NULL AND until_us = coalesce(?, until_us)"
_FIND_TRACK = "SELECT track FROM tracks WHERE message_sid = ?"
_KEEP_TRACK = "REPLACE INTO tracks (message_sid, track, touched_us) VALUES (?, ?, ?)"
_PURGE_LEASES = """
    DELETE FROM leases WHERE key IN (SELECT key FROM leases WHERE claimed_us < ? ORDER BY claimed_us LIMIT ?)
"""
_PURGE_TRACKS = """
    DELETE FROM tracks
    WHERE message_sid IN (SELECT message_sid FROM tracks WHERE touched_us < ? ORDER BY touched_us LIMIT ?)
"""
_OLDEST = "SELECT (SELECT min(claimed_us) FROM leases), (SELECT min(touched_us) FROM tracks)"


class SqliteWebhooks:
    """The webhooks of one application in one file.

    *path* is made if it is not there, readable by its owner only; with *must_exist* a missing file is an error.
    *keep_days* is 7 or more, *busy_seconds* how long to wait for another writer, *clock* what leases go by.

    All methods raise `WebhookStoreError` if the file cannot be read or written, or is damaged: answer 5xx then, so that
    Twilio comes again.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        keep_days: float = 7,
        must_exist: bool = False,
        busy_seconds: float = 5.0,
        clock: Clock | None = None,
    ) -> None:
        self._keep = kept_for(keep_days)
        self._clock = clock or SystemClock()
        self._oldest_us = 0  # nothing that is kept is older
        self._file = SqliteFile(path, WEBHOOKS_FILE, must_exist=must_exist, busy_seconds=busy_seconds)

    def claim(self, key: str, lease_seconds: float) -> Claim:
        """Claim *key* for so long, unless it is done or another one works on it."""
        check_claim(key, lease_seconds)
        with self._file.writing(waits=False) as connection:
            now = self._clock.now()  # only now is it known that nobody else writes
            now_us = _to_us(now)
            until_us = now_us + int(lease_seconds * 1e6)
            if not connection.execute(_CLAIM_NEW, (key, until_us, now_us)).rowcount:
                refusal = _lease(*connection.execute(_FIND, (key,)).fetchone()).refusal(now)
                if refusal:
                    return refusal
                connection.execute(_CLAIM_AGAIN, (until_us, now_us, key))
            self._purge(connection, now_us)
        return Claim(Claimed.MINE, token=str(until_us))

    def finish(self, key: str, answer: str) -> None:
        """Note durably that the work on *key* is done, and its *answer*, unless that is known."""
        with self._file.writing() as connection:
            now_us = _to_us(self._clock.now())
            connection.execute(_FINISH, (key, now_us, answer, now_us))

    def release(self, key: str, token: str = "") -> None:  # nosec B107 # whose claim it is, no secret
        """Give the claim of *key* back, with its *token* only that one."""
        until_us = int(token) if token else None
        with self._file.writing(waits=False) as connection:
            connection.execute(_RELEASE, (key, until_us))

    def record(self, update: StatusUpdate) -> Recorded:
        """Take what a status callback said, durably."""
        with self._file.writing() as connection:
            now = self._clock.now()
            now_us = _to_us(now)
            known = _find(connection, update.message_sid) or DeliveryTrack(update.message_sid)
            recorded = known.after(update, now)
            if recorded.is_new:
                connection.execute(_KEEP_TRACK, (update.message_sid, to_json(recorded.after), now_us))
                self._purge(connection, now_us)
        return recorded

    def find(self, message_sid: str) -> DeliveryTrack | None:
        """Return what is known of a message."""
        with self._file.reading() as connection:
            return _find(connection, message_sid)

    def close(self) -> None:
        """Close the file; using the store opens it again."""
        self._file.close()

    def _purge(self, connection: sqlite3.Connection, now_us: int) -> None:
        """Drop some of what is too old, if anything can be; a clock that was set back since says nothing of that."""
        keep_us = self._keep // _MICROSECOND
        if 0 <= now_us - self._oldest_us < keep_us:
            return
        connection.execute(_PURGE_LEASES, (now_us - keep_us - _WORK_US, PURGED_AT_ONCE))
        connection.execute(_PURGE_TRACKS, (now_us - keep_us, PURGED_AT_ONCE))
        (lease_us, track_us) = connection.execute(_OLDEST).fetchone()
        self._oldest_us = min(now_us, *(us for us in (lease_us, track_us) if us is not None))


def _find(connection: sqlite3.Connection, message_sid: str) -> DeliveryTrack | None:
    found = connection.execute(_FIND_TRACK, (message_sid,)).fetchone()
    try:
        return from_json(found[0]) if found else None
    except (ValueError, TypeError, LookupError):
        raise _damaged() from None


def _lease(until_us: object, answer: object) -> Lease:
    if not isinstance(until_us, int) or not isinstance(answer, str | None):
        raise _damaged()
    return Lease(_EPOCH + timedelta(microseconds=until_us), answer)


def _to_us(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _damaged() -> WebhookStoreError:
    return WebhookStoreError("the file of webhooks is damaged here: restore it", Evidence(attempts=0))
