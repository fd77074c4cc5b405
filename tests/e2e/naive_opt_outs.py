"""An opt-out list as it is often written, to show that the tests can fail: unknown means "may send"."""

import sqlite3
from contextlib import suppress
from pathlib import Path

from cachetools import TTLCache

from tests.doubles import HandClock
from twilio_sms.domain.opt_out import MaySend

CACHE_SECONDS = 1
EXPIRY_SECONDS = 30 * 86_400
COMMIT_EVERY = 20
TROUBLE = (sqlite3.Error, UnicodeDecodeError)


class NaiveOptOuts:
    """A table with a cache before it; a row that is not found, or not readable, stops nobody."""

    def __init__(self, path: Path, clock: HandClock) -> None:
        self._clock = clock
        self._cache: TTLCache[str, bool] = TTLCache(1000, CACHE_SECONDS, timer=clock.monotonic)
        self._uncommitted = 0
        self._connection = sqlite3.connect(path, timeout=0)
        with suppress(*TROUBLE):
            self._connection.execute("CREATE TABLE IF NOT EXISTS opt_outs (number TEXT PRIMARY KEY, said REAL)")

    def add(self, number: str) -> None:
        """Write the row; commit now and then, since that is faster."""
        said = self._clock.now().timestamp()
        with suppress(*TROUBLE):
            self._connection.execute("INSERT OR REPLACE INTO opt_outs VALUES (?, ?)", (number, said))
        self._uncommitted += 1
        if self._uncommitted % COMMIT_EVERY == 0:
            self.commit()

    def commit(self) -> None:
        with suppress(*TROUBLE):
            self._connection.commit()

    def may_send(self, number: str) -> MaySend:
        is_opted_out = self._cache.get(number)
        if is_opted_out is None:
            is_opted_out = self._cache[number] = self._read(number)
        return MaySend.BLOCKED if is_opted_out else MaySend.ALLOWED

    def _read(self, number: str) -> bool:
        oldest = self._clock.now().timestamp() - EXPIRY_SECONDS
        try:
            found = self._connection.execute("SELECT 1 FROM opt_outs WHERE number = ? AND said > ?", (number, oldest))
            return found.fetchone() is not None
        except TROUBLE:
            return False

    def close(self) -> None:
        self._connection.close()
