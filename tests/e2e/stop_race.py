"""G19: recipients opt out while a bulk runs; nobody is texted whose STOP was on disk before their row was marked.

Run as ``python tests/e2e/stop_race.py [ROWS [STOPS [PROCESSES [SEED [RATE [VARIANT]]]]]]``; prints ``name value goal
PASS|FAIL``. RATE is how many rows a process sends in a second.

Some processes send a bulk each, one records STOPs in the list that they all read, and a judge in a process of its own
writes down what was sent. All use one clock. A STOP has the moment at which it was recorded for sure, a mark the moment
before it began. So a message that was sent although its mark is later than its STOP went out against better knowledge.
``naive`` asks the list, waits for its turn, and sends: this can fail.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from loadtests.bench.figures import report
from tests.e2e import judge
from tests.e2e.stop_sender import journal_path, recipient
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.states import State

HERE = Path(__file__).parent


@contextmanager
def stopping(folder: Path, stops: int, seed: int, firsts: list[int]) -> Iterator[None]:
    """Have STOPs recorded meanwhile."""
    command = [sys.executable, str(HERE / "stop_recorder.py"), str(folder), str(stops), str(seed), *map(str, firsts)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        yield
        process.communicate(b"")
    assert process.returncode == 0, f"the recorder of STOPs ended with {process.returncode}"


def run(rows: int, stops: int, processes: int, seed: int, rate: int, variant: str) -> dict[str, int]:
    """Let *processes* send while there are *stops*; return what the judge and the journals say."""
    share = rows // processes
    firsts = [share * number for number in range(processes)]
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "count").write_text(str(share * processes), "ascii")
        with judge.judging(folder / "ledger", seed=seed) as url, stopping(folder, stops, seed, firsts):
            _send_all(variant, url, folder, firsts, share, rate)
        return _judged(folder, firsts)


def _send_all(variant: str, url: str, folder: Path, firsts: list[int], share: int, rate: int) -> None:
    command = [sys.executable, str(HERE / "stop_sender.py"), variant, url, str(folder)]
    senders = [subprocess.Popen([*command, str(first), str(share), str(rate)]) for first in firsts]
    statuses = [sender.wait() for sender in senders]
    assert not any(statuses), f"the senders ended with {statuses}"


def _judged(folder: Path, firsts: list[int]) -> dict[str, int]:
    sent = {to for to, _ in judge.sent(folder / "ledger")}
    stops = [json.loads(line) for line in (folder / "stops").read_text("utf-8").splitlines()]
    stopped_at = {stop["to"]: datetime.fromisoformat(stop["at"]) for stop in stops}
    found = {"stops": len(stops), "sent": len(sent), "sent_after_their_stop": 0, "stopped_after_their_mark": 0}
    for first in firsts:
        for row in Journal.read(journal_path(folder, first)).rows():
            to = recipient(first + row.index)
            if row.marked_at and to in sent and to in stopped_at:
                found["sent_after_their_stop"] += row.marked_at > stopped_at[to]
            found["stopped_after_their_mark"] += bool(row.marked_at) and row.state is State.SKIPPED
    return found


def main(
    rows: int = 100_000, stops: int = 10_000, processes: int = 8, seed: int = 1, rate: int = 50, variant: str = "ours"
) -> None:
    found = run(rows, stops, processes, seed, rate, variant)
    report(f"g19_{variant}_sent_after_their_stop", found["sent_after_their_stop"], "==0")
    report(f"g19_{variant}_stops", found["stops"], f">={stops}")
    print(f"# {found['sent']} sent, {found['stopped_after_their_mark']} stopped after their mark, seed {seed}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:6]), *sys.argv[6:])
