"""A journal whose disk fails at the mark: nothing is sent, and the error says so.

Each trouble has a process of its own, in which eight threads mark rows and count what they send: the limit on the size
of a file stands for a full disk, a user who owns nothing for a read-only file or folder, another program that holds a
transaction for a locked database. Afterwards the trouble passes, and all rows can be sent. The same is done with code
that sends whether the mark succeeded or not, to show that the counter counts. ``python tests/e2e/journal_faults.py``
prints ``name value goal PASS|FAIL``.
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from loadtests.bench.figures import report
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.journal_row import NewRow
from twilio_sms.clock import SystemClock
from twilio_sms.errors import JournalError

THREADS = 8
ROWS = 80
NOBODY = 65_534  # a user who owns nothing


@contextmanager
def full_disk(_path: Path) -> Iterator[None]:
    """Refuse every write to a file, as a full disk does; Python ignores the signal that comes with it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def locked_database(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


AT_THE_MARK = {"full_disk": full_disk, "locked_database": locked_database}
READ_ONLY = {"read_only_file": (0o444, 0o777), "read_only_folder": (0o666, 0o555)}  # modes of file and folder
CASES = (*AT_THE_MARK, *READ_ONLY)


def open_journal(path: Path) -> Journal:
    return Journal.open(
        path, account_sid="AC" + "0" * 32, base_url="https://example.com", clock=SystemClock(), busy_seconds=0
    )


def load(journal: Journal) -> None:
    journal.load([NewRow(index=n, fingerprint=b"%032d" % n, recipient="+15551234567", segments=1) for n in range(ROWS)])


class Sending:
    """Counts what is sent, and why a row is not."""

    def __init__(self, *, is_careful: bool) -> None:
        self._is_careful = is_careful
        self.sent: list[int] = []
        self.errors: Counter[str] = Counter()

    def send_all(self, journal: Journal) -> None:
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda index: self._send(journal, index), range(ROWS)))

    def _send(self, journal: Journal, index: int) -> None:
        try:
            journal.mark(index)
        except JournalError as error:
            self.errors[str(error)] += 1
            if self._is_careful:
                return
        self.sent.append(index)


def run_at_the_mark(case: str, path: Path, sending: Sending) -> None:
    """Send while there is trouble."""
    with open_journal(path) as journal:
        load(journal)
        with AT_THE_MARK[case](path):
            sending.send_all(journal)


def run_read_only(case: str, path: Path, sending: Sending) -> None:
    """Go on with a journal that may not be written."""
    with open_journal(path) as journal:
        load(journal)
    lock = path.with_name(path.name + ".lock")
    for place, mode in zip((path, path.parent, lock), (*READ_ONLY[case], 0o666), strict=True):
        place.chmod(mode)
    with as_nobody():
        try:
            with open_journal(path) as journal:
                sending.send_all(journal)
        except JournalError as error:
            sending.errors[str(error)] += 1
    path.parent.chmod(0o700)


@contextmanager
def as_nobody() -> Iterator[None]:
    """The superuser may write what is read-only, so be somebody else."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    yield
    os.seteuid(user)


def run(case: str, path: Path, *, is_careful: bool) -> dict[str, object]:
    """Send with trouble, then without; return what came of it."""
    sending, after = Sending(is_careful=is_careful), Sending(is_careful=True)
    (run_at_the_mark if case in AT_THE_MARK else run_read_only)(case, path, sending)
    path.chmod(0o600)
    with open_journal(path) as journal:
        after.send_all(journal)
    return {"sent": len(sending.sent), "errors": sorted(sending.errors), "sent_after": len(after.sent)}


def found(case: str, kind: str = "careful") -> dict[str, object]:
    with TemporaryDirectory() as folder:
        command = [sys.executable, __file__, kind, case, f"{folder}/journal.db"]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    for case in CASES:
        careful = found(case)
        report(f"sent_with_{case}", careful["sent"], "==0")
        report(f"sent_after_{case}", careful["sent_after"], f"=={ROWS}")
    for case in AT_THE_MARK:
        report(f"naive_sent_with_{case}", found(case, "naive")["sent"], ">=1")


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(run(sys.argv[2], Path(sys.argv[3]), is_careful=sys.argv[1] == "careful")))
    else:
        main()
