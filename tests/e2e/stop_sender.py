"""One of many processes that send a bulk while recipients opt out; see `stop_race`.

Run as ``python stop_sender.py VARIANT URL FOLDER FIRST COUNT RATE``: sends the rows from FIRST on, RATE a second.
``ours`` is `send_bulk`; ``naive`` asks the same list before it waits for its turn and marks the row, as a sender does
that filters its rows first.
"""

import logging
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests

from twilio_sms import Client, Config, LocalOptOutError, OptOuts, Rate, RateLimits
from twilio_sms.bulk.fingerprint import canonical_hash
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_row import NewRow
from twilio_sms.clock import SystemClock
from twilio_sms.resilience.rate_limit import RateLimiter
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

ACCOUNT_SID = "AC" + "0a" * 16
SENDER = "+15005550006"
WORKERS = 8
BURST = 8
NAIVE_CACHE_SECONDS = 5.0
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


class OneClock(SystemClock):
    """A time of day that never steps, and is the same in all processes of a machine: the monotonic clock's."""

    def now(self) -> datetime:
        return _EPOCH + timedelta(microseconds=self.monotonic_ns() // 1000)


def recipient(number: int) -> str:
    return f"+1555{number:07}"


def rows(first: int, count: int) -> Iterator[dict[str, str]]:
    for number in range(first, first + count):
        yield {"to": recipient(number), "from_": SENDER, "body": f"Your parcel {number} has arrived."}


def journal_path(folder: Path, first: int) -> Path:
    return folder / f"journal-{first}.db"


def limits(rate: int) -> RateLimits:
    return RateLimits(global_rate=Rate(rate, BURST), recipient_rate=None)


def send_bulk(url: str, folder: Path, first: int, count: int, rate: int) -> None:
    with Client(
        ACCOUNT_SID,
        "token",
        base_url=url,
        config=Config(rate_limits=limits(rate)),
        opt_outs=folder / "opt-outs.db",
        clock=OneClock(),
    ) as client:
        client.messages.send_bulk(rows(first, count), journal=journal_path(folder, first), workers=WORKERS)


def send_naively(url: str, folder: Path, first: int, count: int, rate: int) -> None:
    clock = OneClock()
    opt_outs = OptOuts(SqliteOptOuts(folder / "opt-outs.db"), clock, cache_seconds=NAIVE_CACHE_SECONDS)
    limiter = RateLimiter(limits(rate), clock)
    with (
        Journal.open(journal_path(folder, first), account_sid=ACCOUNT_SID, base_url=url, clock=clock) as journal,
        ThreadPoolExecutor(WORKERS) as pool,
    ):

        def send(index: int, row: dict[str, str]) -> None:
            try:
                opt_outs.check(row["to"], SENDER, None)
            except LocalOptOutError:
                journal.skip(index, "opted out")
                return
            limiter.acquire(row["to"], SENDER, lambda: 1)
            journal.mark(index)
            form = {"To": row["to"], "From": row["from_"], "Body": row["body"]}
            journal.accept(index, requests.post(f"{url}/Messages.json", data=form, timeout=10).json()["sid"])

        for index, row in enumerate(rows(first, count)):
            fingerprint = canonical_hash(tuple(row.items()))
            journal.load([NewRow(index=index, fingerprint=fingerprint, recipient=row["to"], segments=1)])
            pool.submit(send, index, row)


VARIANTS = {"ours": send_bulk, "naive": send_naively}

if __name__ == "__main__":
    logging.getLogger("twilio_sms").addHandler(logging.NullHandler())  # rows that are skipped are no news
    _, variant, url, folder, *numbers = sys.argv
    VARIANTS[variant](url, Path(folder), *map(int, numbers))
