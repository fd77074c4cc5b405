"""Sends a bulk until it is done or killed; a process of its own, since it is killed at any moment.

Run as ``python bulk_worker.py VARIANT URL JOURNAL ROWS``, where ROWS is a file of JSON lines. ``resend``, ``interrupt``
and ``keep`` are `send_bulk`, which sends again or keeps what is not found; ``naive`` is what is usually written: mark a
row as done once it went well, and try again when it did not. SIGUSR1 does what Ctrl-C does.
"""

import json
import logging
import signal
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from twilio_sms import Client, Config, RateLimits, RetryPolicy, Timeouts
from twilio_sms.bulk.options import OnUnknown

ACCOUNT_SID = "AC" + "0a" * 16
WORKERS = 8
SETTLE_SECONDS = 0.4  # four times as long as the judge's list lags


def send_bulk(url: str, journal: str, rows: str, on_unknown: OnUnknown) -> None:
    config = Config(
        rate_limits=RateLimits(global_rate=None, recipient_rate=None),
        retry=RetryPolicy(base_seconds=0.01),
        timeouts=Timeouts(read_seconds=2),
    )
    with Client(ACCOUNT_SID, "token", base_url=url, config=config) as client:
        client.messages.send_bulk(
            rows, journal=journal, workers=WORKERS, on_unknown=on_unknown, settle_seconds=SETTLE_SECONDS
        )


def send_naively(url: str, journal: str, rows: str) -> None:
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

    lines = enumerate(Path(rows).read_text("utf-8").splitlines())
    with ThreadPoolExecutor(WORKERS) as pool:
        for number, line in lines:
            if number not in done:
                pool.submit(send, number, json.loads(line))


def main(variant: str, url: str, journal: str, rows: str) -> None:
    signal.signal(signal.SIGUSR1, signal.default_int_handler)
    logging.getLogger("twilio_sms").addHandler(logging.NullHandler())  # what fails on purpose is no news
    if variant == "naive":
        send_naively(url, journal, rows)
    else:
        send_bulk(url, journal, rows, "keep" if variant == "keep" else "resend")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)  # what a shell says of it
