"""Works on webhooks until it is done or killed, and prints each step; a process of its own.

Run as ``python -m tests.e2e.webhook_worker ours|naive|forgetful PATH WEBHOOKS HOURS``; its clock is HOURS ahead.

The work is a line ``worked KEY``, written to nobody but the judge. *ours* claims before it and finishes after it, as a
handler does; *naive* notes first that the webhook was seen, as most do; *forgetful* remembers nothing.
"""

import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.doubles import HandClock
from twilio_sms.domain.claim import Claimed
from twilio_sms.stores.webhooks_sqlite import SqliteWebhooks

LEASE_SECONDS = 60.0
Say = Callable[[str, str], None]


def work_as_we_do(path: str, hours: int, say: Say) -> Callable[[str], None]:
    store = SqliteWebhooks(path, clock=HandClock(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)))

    def work(key: str) -> None:
        if store.claim(key, LEASE_SECONDS).state is Claimed.MINE:
            say("claimed", key)
            say("worked", key)
            store.finish(key, "")
            say("finished", key)

    return work


def work_naively(path: str, _hours: int, say: Say) -> Callable[[str], None]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE IF NOT EXISTS seen (key TEXT PRIMARY KEY)")

    def work(key: str) -> None:
        if connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,)).rowcount:
            say("claimed", key)
            say("worked", key)
            say("finished", key)

    return work


def work_forgetfully(_path: str, _hours: int, say: Say) -> Callable[[str], None]:
    def work(key: str) -> None:
        say("claimed", key)
        say("worked", key)
        say("finished", key)

    return work


WORKS = {"ours": work_as_we_do, "naive": work_naively, "forgetful": work_forgetfully}


def main(variant: str, path: str, webhooks: str, hours: str) -> None:
    def say(step: str, key: str) -> None:
        print(step, key, flush=True)
        if step == "claimed":
            sys.stdin.readline()  # the judge decides who dies here

    work = WORKS[variant](path, int(hours), say)
    for number in range(int(webhooks)):
        work(f"inbound:SM{number:032}")


if __name__ == "__main__":
    main(*sys.argv[1:])
