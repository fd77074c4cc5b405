"""Sends a bulk until it is done or killed; a process of its own, since it is killed at any moment.

Run as ``python bulk_worker.py VARIANT URL JOURNAL COUNT TWINS``. ``ours`` is `send_bulk`; ``naive`` is what is usually
written instead: mark a row as done once it went well, and try again when it did not.
"""

import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import requests

from twilio_sms import Client, Config, RateLimits, RetryPolicy, Timeouts

ACCOUNT_SID = "AC" + "0a" * 16
SENDER = "+15005550006"


def rows(count: int, twins: int) -> Iterator[dict[str, str]]:
    """Yield *count* rows; each *twins*-th is the same as the one before it, and both are meant."""
    for number in range(count):
        meant = number - 1 if twins and number % twins == twins - 1 else number
        yield {"to": f"+1555{meant:07}", "from_": SENDER, "body": f"Your parcel {meant} has arrived."}


def send_ours(url: str, journal: str, count: int, twins: int) -> None:
    config = Config(
        rate_limits=RateLimits(global_rate=None, recipient_rate=None),
        retry=RetryPolicy(base_seconds=0.01),
        timeouts=Timeouts(read_seconds=2),
    )
    with Client(ACCOUNT_SID, "token", base_url=url, config=config) as client:
        report = client.messages.send_bulk(
            rows(count, twins), journal=journal, workers=8, on_unknown="resend", settle_seconds=0.4
        )
    print(dict(report.counts))


def send_naively(url: str, journal: str, count: int, twins: int) -> None:
    database = sqlite3.connect(journal, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE IF NOT EXISTS done (row INTEGER PRIMARY KEY)")
    done = {row for (row,) in database.execute("SELECT row FROM done")}

    def send(number: int, row: dict[str, str]) -> None:
        form = {"To": row["to"], "From": row["from_"], "Body": row["body"]}
        for _ in range(6):
            try:
                requests.post(f"{url}/Messages.json", data=form, timeout=2).raise_for_status()
            except requests.RequestException:
                continue
            database.execute("INSERT INTO done VALUES (?)", (number,))
            return

    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(lambda item: send(*item), [item for item in enumerate(rows(count, twins)) if item[0] not in done])
        )


VARIANTS = {"ours": send_ours, "naive": send_naively}

if __name__ == "__main__":
    VARIANTS[sys.argv[1]](sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
