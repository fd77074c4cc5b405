"""Interrupts the writing of a journal anywhere; a process of its own, since anything may be hit.

Run as ``python -m tests.interrupted_journal VARIANT SECONDS SEED``. A signal handler raises while this thread writes
together with two others, again and again; after each time both must come forward. Prints a line of JSON:
how many writes were ``interrupted``, and whether the others are ``stuck`` (which ends it). ``naive`` has a lock that is
taken and let go in lines of Python, as that of a `Condition` is.
"""

import json
import signal
import sqlite3
import sys
from contextlib import suppress
from random import Random
from threading import Event, Lock, Thread
from time import monotonic

from twilio_sms.bulk.group_commit import GroupCommit
from twilio_sms.errors import JournalError

OTHERS = 2
LONGEST_SECONDS = 0.0008  # some writes
PAUSE_SECONDS = 0.0003  # of the other: who leads is what is to be interrupted
STUCK_SECONDS = 5.0


class LockInPython:
    """A lock that an interrupt can leave taken."""

    def __init__(self) -> None:
        self._lock = Lock()

    def locked(self) -> bool:
        return self._lock.locked()

    def __enter__(self) -> None:
        self._lock.acquire()
        for _ in range(200):  # more lines than a `Condition` has, so that one is hit soon
            pass

    def __exit__(self, *trouble: object) -> None:
        self._lock.release()


class Trial:
    """A journal that many write to, and what came of it."""

    def __init__(self, variant: str, seed: int) -> None:
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.execute("CREATE TABLE lines (line INTEGER)")
        self._group = GroupCommit(connection)
        if variant == "naive":
            self._group._leading = LockInPython()  # type: ignore[assignment] # it is told apart by nothing else
        self._chance = Random(seed)
        self._written = [0] * OTHERS
        self._is_over = Event()

    def run(self, seconds: float) -> dict[str, int]:
        signal.signal(signal.SIGALRM, _interrupt)
        for number in range(OTHERS):
            Thread(target=self._write_on, args=(number,), daemon=True).start()
        interrupted, end = 0, monotonic() + seconds
        while monotonic() < end:
            self._write_until_interrupted()
            interrupted += 1
            if not self._all_come_forward():
                return {"interrupted": interrupted, "stuck": 1}
        self._is_over.set()
        return {"interrupted": interrupted, "stuck": 0}

    def _write_on(self, number: int) -> None:
        while not self._is_over.wait(PAUSE_SECONDS):
            with suppress(JournalError):  # of a commit that was interrupted
                self._group.run_durably(_add)
            self._written[number] += 1

    def _write_until_interrupted(self) -> None:
        with suppress(KeyboardInterrupt):
            signal.setitimer(signal.ITIMER_REAL, self._chance.uniform(1e-5, LONGEST_SECONDS))
            while True:
                self._group.run_durably(_add)

    def _all_come_forward(self) -> bool:
        before, latest = list(self._written), monotonic() + STUCK_SECONDS
        wait = Event().wait
        while any(now == then for now, then in zip(self._written, before, strict=True)):
            if monotonic() > latest:
                return False
            wait(0.0005)
        return True


def _add(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO lines VALUES (1)")


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    print(json.dumps(Trial(sys.argv[1], int(sys.argv[3])).run(float(sys.argv[2]))))
