"""G6: a bulk whose journal cannot be written sends nothing and says so, and sends everything once it can.

``python tests/e2e/bulk_journal_faults.py`` prints ``name value goal PASS|FAIL``. Each trouble has a process of its own,
whose eight threads want to mark rows when it begins: a full disk, or another program that holds a transaction. A file
or folder that may not be written is met when the journal is opened. A judge in another process counts what is sent.
That it can count is shown by a bulk without a journal, which trouble with files does not stop.
"""

import json
import logging
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from loadtests.bench.figures import report
from tests.e2e import judge
from tests.e2e.journal_faults import AT_THE_MARK, CASES, READ_ONLY, as_nobody
from twilio_sms import Client, Config, JournalError, RateLimits
from twilio_sms.domain.opt_out import OptOutEvent
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts

ROWS = 80
SOURCE = [{"to": f"+1555{number:07}", "from_": "+15005550006", "body": f"row {number}"} for number in range(ROWS)]


class ListThatIsAskedFirst(MemoryOptOuts):
    """Lets the trouble begin when the first row is about to be marked: a row's opt-out is asked right before."""

    def __init__(self, trouble: AbstractContextManager[None]) -> None:
        super().__init__()
        self._trouble = trouble
        self._turn = Lock()
        self._has_begun = False

    def current(self, number: str) -> tuple[OptOutEvent, ...]:
        with self._turn:
            if not self._has_begun:
                self._has_begun = True
                self._trouble.__enter__()
        return super().current(number)

    def end(self) -> None:
        if self._has_begun:
            self._trouble.__exit__(None, None, None)


def send(url: str, path: Path | None, opt_outs: MemoryOptOuts | None = None) -> str | None:
    """Send all rows; return the `JournalError` that it ended with."""
    config = Config(rate_limits=RateLimits(global_rate=None, recipient_rate=None))
    with Client("AC" + "0a" * 16, "token", base_url=url, config=config, opt_outs=opt_outs) as client:
        try:
            client.messages.send_bulk(SOURCE, journal=path)
        except JournalError as error:
            return str(error)
    return None


def send_in_trouble_at_the_mark(case: str, url: str, path: Path | None, place: Path) -> str | None:
    opt_outs = ListThatIsAskedFirst(AT_THE_MARK[case](place))
    try:
        return send(url, path, opt_outs)
    finally:
        opt_outs.end()


def send_read_only(case: str, url: str, path: Path) -> str | None:
    """Go on with a journal that may not be written."""
    lock = path.with_name(path.name + ".lock")
    for place, mode in zip((path, path.parent, lock), (*READ_ONLY[case], 0o666), strict=True):
        place.chmod(mode)
    try:
        with as_nobody():
            return send(url, path)
    finally:
        path.parent.chmod(0o700)
        path.chmod(0o600)


def begin(url: str, path: Path) -> None:
    """Make the journal, of a bulk that may not cost anything yet."""
    with Client("AC" + "0a" * 16, "token", base_url=url) as client:
        client.messages.send_bulk(SOURCE, journal=path, budget=0, price_per_segment=1)


def run(case: str, kind: str, folder: Path, url: str) -> dict[str, object]:
    """Send with trouble, then without; return what came of it."""
    path = folder / "journal.db"
    begin(url, path)
    if case in READ_ONLY:
        error = send_read_only(case, url, path)
    else:
        error = send_in_trouble_at_the_mark(case, url, None if kind == "unjournalled" else path, path)
    sent = len(judge.sent(folder / "ledger"))
    return {"sent": sent, "error": error, "error_after": send(url, path)}


def found(case: str, kind: str = "journalled") -> dict[str, Any]:
    """Return what a process with that trouble sent, said, and sent in all once the trouble had passed."""
    with TemporaryDirectory() as name, judge.judging(Path(name, "ledger")) as url:
        command = [sys.executable, __file__, case, kind, name, url]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return {**json.loads(done.stdout), "sent_after": len(judge.sent(Path(name, "ledger")))}


def main() -> None:
    for case in CASES:
        told = found(case)
        says_why = str(told["error"]).startswith("the journal")
        report(f"g6_bulk_sent_with_{case}", told["sent"], "==0")
        report(f"g6_bulk_says_why_with_{case}", says_why, "==1")
        report(f"g6_bulk_sent_after_{case}", told["sent_after"], f"=={ROWS}")
    for case in AT_THE_MARK:
        told = found(case, "unjournalled")
        report(f"g6_bulk_sent_without_journal_with_{case}", told["sent"], f"=={ROWS}")


if __name__ == "__main__":
    if sys.argv[1:]:
        logging.getLogger("twilio_sms").addHandler(logging.NullHandler())
        print(json.dumps(run(sys.argv[1], sys.argv[2], Path(sys.argv[3]), sys.argv[4])))
    else:
        main()
