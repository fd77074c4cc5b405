r"""Reminds everybody of the day's appointment, each person once: a bulk job for cron.

    */10 9-11 * * *  cd /srv/practice && .venv/bin/python nightly.py "$(date +\%F)"

Cron may start it as often as it likes. The first run of a day writes down who is to be told; every run goes on with
that list where the one before ended, was killed or met an outage. What became of each row stands in the journal, on
disk before the request leaves, so that nobody is told twice. A day that is done is silent.

It ends with 0 if all is done, 1 if a person has to look at some rows (``twilio-sms report sent/DAY.db``), 2 if it was
called wrongly, 3 if something stopped it that the next run may find mended, and 75 if another one is under way.
"""

import csv
import fcntl
import logging
import os
import sqlite3
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from enum import IntEnum
from pathlib import Path

from twilio_sms import BulkReport, Client, RowResult, TwilioError
from twilio_sms.bulk.states import State

SENDER = "+14155550101"
TEXT = "Hi $name, we see you today at $time."
DUE = "SELECT phone, name, time FROM appointments WHERE day = ? ORDER BY time, phone"


class Ending(IntEnum):
    """What the job tells whoever started it; 2 is the command line's own."""

    DONE = 0
    TO_LOOK_AT = 1
    STOPPED = 3
    UNDER_WAY = 75  # sysexits.h: a temporary failure, try again later


@contextmanager
def only_one(lock: Path) -> Iterator[None]:
    """Keep a second job out; the kernel lets go of the lock however this one ends. Raises `BlockingIOError`."""
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def write_down(rows: Path, day: date) -> None:
    """Write whom to tell into *rows*, whole or not at all; what was written before stays, whatever changed since."""
    if rows.exists():
        return
    with closing(sqlite3.connect("appointments.db")) as database:
        people = database.execute(DUE, (day.isoformat(),)).fetchall()
    draft = rows.with_suffix(".new")
    with draft.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("to", "name", "time"), *people])
        file.flush()
        os.fsync(file.fileno())
    draft.replace(rows)


def send(rows: Path, settle_seconds: float) -> BulkReport:
    """Send what is left of *rows*, and tell on stderr who was not told, without a whole number."""

    def tell(result: RowResult) -> None:
        if result.error is not None:
            print(f"row {result.index + 1} {result.state.value}: {result.error}", file=sys.stderr)

    with Client.from_env(opt_outs="optouts.db") as client:
        return client.messages.send_bulk(
            rows,
            journal=rows.with_suffix(".db"),
            from_=SENDER,
            body_template=TEXT,
            settle_seconds=settle_seconds,
            on_result=tell,
        )


def ending_of(report: BulkReport) -> Ending:
    """Say how the job ends, and on stderr why, if it stopped."""
    if report.stopped is not None:
        print(f"stopped, and goes on with the next run: {report.stopped}", file=sys.stderr)
        return Ending.STOPPED
    is_done = report.is_complete and not report.counts[State.REJECTED]
    return Ending.DONE if is_done else Ending.TO_LOOK_AT


def main(arguments: list[str] | None = None) -> int:
    parser = ArgumentParser(description="Reminds everybody of the day's appointment.")
    parser.add_argument("day", type=date.fromisoformat, help="such as 2026-11-27")
    parser.add_argument("--settle-seconds", type=float, default=120.0, help="how long a row in doubt is looked for")
    given = parser.parse_args(arguments)
    logging.getLogger("twilio_sms").addHandler(logging.NullHandler())  # what it would say on stderr is said here
    rows = Path("sent", f"{given.day}.csv")
    rows.parent.mkdir(exist_ok=True)
    try:
        with only_one(Path("nightly.lock")):
            write_down(rows, given.day)
            return ending_of(send(rows, given.settle_seconds))
    except BlockingIOError:
        return Ending.UNDER_WAY
    except (OSError, sqlite3.Error, TwilioError) as error:
        print(error, file=sys.stderr)
        return Ending.STOPPED


if __name__ == "__main__":
    sys.exit(main())
