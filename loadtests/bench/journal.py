"""What the journal of a bulk send costs a message: loaded, marked and accepted, on the disk of the temporary folder.

Eight threads without anything to send in between, so that the journal is all that they do; then one, which has each
commit for itself; and what an ``fsync`` of a page takes here, on which both depend. The median of some rounds counts.
Prints ``name value goal PASS|FAIL`` and ends with status 0 either way.
``python loadtests/bench/journal.py [messages [seed]]``
"""

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory, TemporaryFile
from time import perf_counter

from figures import report

from twilio_sms.bulk.fingerprint import canonical_hash
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_row import NewRow
from twilio_sms.clock import SystemClock

GOAL_US = 150
MESSAGES = 8_000
ROUNDS = 3
CHUNK = 500
ACCOUNT_SID = "AC" + "0" * 32


def make_rows(count: int) -> list[NewRow]:
    forms = (
        (("To", f"+1555{number:07}"), ("From", "+15005550006"), ("Body", f"Hello {number}")) for number in range(count)
    )
    return [
        NewRow(index=index, fingerprint=canonical_hash(form), recipient=form[0][1], segments=1)
        for index, form in enumerate(forms)
    ]


def message_us(rows: Sequence[NewRow], sids: Sequence[str], threads: int) -> float:
    """Return how long a message takes, in microseconds."""

    def work(first: int) -> None:
        for index in range(first, len(rows), threads):
            journal.mark(index)
            journal.accept(index, sids[index])

    with (
        TemporaryDirectory() as folder,
        Journal.open(
            Path(folder) / "journal.db", account_sid=ACCOUNT_SID, base_url="https://example.com", clock=SystemClock()
        ) as journal,
        ThreadPoolExecutor(threads) as pool,
    ):
        began = perf_counter()
        for start in range(0, len(rows), CHUNK):
            journal.load(rows[start : start + CHUNK])
        list(pool.map(work, range(threads)))
        journal.flush()
        return (perf_counter() - began) / len(rows) * 1e6


def fsync_us(count: int) -> float:
    """Return how long the disk takes for a page, in microseconds."""
    taken = []
    with TemporaryFile(buffering=0) as file:
        for _ in range(count):
            began = perf_counter()
            file.write(b"x" * 4096)
            os.fsync(file.fileno())
            taken.append(perf_counter() - began)
    return median(taken) * 1e6


def main(messages: int = MESSAGES, seed: int = 1) -> None:
    chance = Random(seed)  # noqa: S311 - SIDs that look like Twilio's, not secrets
    rows = make_rows(messages)
    sids = [f"SM{chance.getrandbits(128):032x}" for _ in rows]
    few = rows[: max(messages // 8, 1)]
    grouped = median(message_us(rows, sids, threads=8) for _ in range(ROUNDS))
    alone = median(message_us(few, sids, threads=1) for _ in range(ROUNDS))
    report("fsync_us", fsync_us(200))
    report("journal_ungrouped_us_a_message", alone)
    report("journal_us_a_message", grouped, f"<={GOAL_US}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
