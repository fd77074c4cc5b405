"""What it costs to remember a webhook: ``python loadtests/bench/webhook_store.py [TIMES] [KNOWN]``.

A webhook is claimed and finished in SQLite; beside it, in the same run and on the same disk, two bare commits of a row
with ``synchronous=FULL``. The file knows KNOWN webhooks already (10,000 by default). Best of several runs of one
thread. Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
"""

import sqlite3
import sys
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bare_commits import commit_each, open_bare
from figures import report
from stopwatch import best_us

from twilio_sms.stores.webhooks_memory import MemoryWebhooks
from twilio_sms.stores.webhooks_sqlite import SqliteWebhooks

RUNS = 5
SCHEMA = "CREATE TABLE seen (key TEXT PRIMARY KEY, answer TEXT) WITHOUT ROWID"
CLAIM = "INSERT INTO seen VALUES (?, NULL)"
FINISH = "UPDATE seen SET answer = '<Response/>' WHERE key = ?"


def worked_on(store: SqliteWebhooks | MemoryWebhooks, numbers: "count[int]") -> None:
    key = f"inbound:SM{next(numbers):032}"
    store.claim(key, 60)
    store.finish(key, "<Response/>")


def two_commits(connection: sqlite3.Connection, numbers: "count[int]") -> None:
    key = f"inbound:SM{next(numbers):032}"
    commit_each(connection, (CLAIM, (key,)), (FINISH, (key,)))


def fill(path: Path, known: int) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = ((f"status:SM{number:032}", number) for number in range(known))
        connection.executemany("INSERT INTO leases VALUES (?, 0, '', 4000000000000000 + ?)", rows)


def main(times: int, known: int) -> None:
    numbers = count()
    with TemporaryDirectory() as folder, closing(open_bare(Path(folder, "bare.db"), SCHEMA)) as connection:
        store = SqliteWebhooks(Path(folder, "webhooks.db"))
        fill(Path(folder, "webhooks.db"), known)
        commits_us = best_us(lambda: two_commits(connection, numbers), times, RUNS)
        webhook_us = best_us(lambda: worked_on(store, numbers), times, RUNS)
        store.claim("done", 60)
        store.finish("done", "<Response/>")
        report("webhook_two_commits_us", commits_us)
        report("webhook_claim_and_finish_us", webhook_us)
        report("webhook_claim_and_finish_per_two_commits", webhook_us / commits_us, "<=1.5")
        report("webhook_again_us", best_us(lambda: store.claim("done", 60), times, RUNS))
        store.close()
    memory = MemoryWebhooks()
    report("webhook_in_memory_us", best_us(lambda: worked_on(memory, numbers), times, RUNS), "<=20")


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(*(given + [300, 10_000][len(given) :]))
