"""Kill -9 of a process that writes a journal: what was sent is never PENDING, and nothing is sent twice.

A writer of eight threads marks rows and "sends" each by appending its index to a file of its own; it is killed at a
random moment, and started again on the same journal. The judge reads those files and the journal's table with bare
``sqlite3``. The same is done with a writer that marks after it has sent, to show that the judge can find fault.
``python tests/e2e/journal_kills.py [kills [seed]]`` prints ``name value goal PASS|FAIL``.
"""

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Lock
from time import sleep

from loadtests.bench.figures import report
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_row import NewRow
from twilio_sms.bulk.states import State
from twilio_sms.clock import SystemClock

THREADS = 8
ROWS_FOR_A_KILL = 1_500  # more than a writer sends before it is killed
LONGEST_LIFE_SECONDS = 0.15


class Sender:
    """Sends rows, in the order of their journal, and writes each down where a kill cannot take it back."""

    def __init__(self, journal: Journal, folder: Path, *, is_careful: bool) -> None:
        self._journal = journal
        self._folder = folder
        self._is_careful = is_careful
        self._rows = journal.rows()
        self._turn = Lock()

    def run(self, name: int) -> None:
        sent = os.open(self._folder / f"sent-{name}", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for index in self._pending():
            if self._is_careful:
                self._journal.mark(index)
            os.write(sent, f"{index}\n".encode())
            if not self._is_careful:
                self._journal.mark(index)
            self._journal.accept(index, f"SM{index:032x}")

    def _pending(self) -> Iterator[int]:
        while True:
            with self._turn:
                row = next(self._rows, None)
            if row is None:
                return
            if row.state is State.PENDING:
                yield row.index


def write(folder: Path, rows: int, *, is_careful: bool) -> None:
    with Journal.open(
        folder / "journal.db", account_sid="AC" + "0" * 32, base_url="https://example.com", clock=SystemClock()
    ) as journal:
        if journal.find(rows - 1) is None:
            journal.load(
                [NewRow(index=n, fingerprint=b"%032d" % n, recipient="+15551234567", segments=1) for n in range(rows)]
            )
        sender = Sender(journal, folder, is_careful=is_careful)
        with ThreadPoolExecutor(THREADS) as pool:
            done = [pool.submit(sender.run, name) for name in range(THREADS)]
            print("at work", flush=True)
            for each in done:
                each.result()


def kill(folder: Path, rows: int, life_seconds: float, kind: str) -> None:
    """Let a writer live for so long."""
    command = [sys.executable, __file__, kind, str(folder), str(rows)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == "at work\n"
        sleep(life_seconds)
        writer.kill()


def judge(folder: Path) -> Counter[str]:
    """Count what was sent, what of it the journal does not know of, and what went out twice."""
    sent = Counter(int(line) for path in folder.glob("sent-*") for line in path.read_text("ascii").split())
    with closing(sqlite3.connect(folder / "journal.db")) as connection:
        pending = {index for (index,) in connection.execute("SELECT idx FROM bulk_row WHERE state = 'PENDING'")}
    return Counter(
        sent=len(sent),
        sent_but_pending=len(pending & set(sent)),
        sent_twice=sum(times > 1 for times in sent.values()),
    )


def found(kind: str, kills: int, seed: int) -> Counter[str]:
    """Kill so many writers one after the other; return what the judge found after each, added up."""
    chance = Random(seed)
    total: Counter[str] = Counter()
    with TemporaryDirectory() as name:
        for _ in range(kills):
            kill(Path(name), kills * ROWS_FOR_A_KILL, chance.uniform(0, LONGEST_LIFE_SECONDS), kind)
            verdict = judge(Path(name))
            total["sent"] = verdict["sent"]
            total["sent_twice"] = verdict["sent_twice"]
            total["sent_but_pending"] += verdict["sent_but_pending"]
    return total


def main(kills: int = 50, seed: int = 1) -> None:
    careful, naive = found("careful", kills, seed), found("naive", kills, seed)
    report("journal_kills_sent", careful["sent"], ">=1")
    for name in ("sent_but_pending", "sent_twice"):
        report(f"journal_kills_{name}", careful[name], "==0")
        report(f"naive_kills_{name}", naive[name], ">=1")


if __name__ == "__main__":
    if sys.argv[1:2] in (["careful"], ["naive"]):
        write(Path(sys.argv[2]), int(sys.argv[3]), is_careful=sys.argv[1] == "careful")
    else:
        main(*map(int, sys.argv[1:]))
