"""G1: a bulk that is killed again and again sends no row twice, and loses none without a word.

Run as ``python tests/e2e/kill_bulk.py [COUNT [KILLS [SEED [VARIANT]]]]``; prints ``name value goal PASS|FAIL``.

A judge in a process of its own counts what was sent; 4 % of the requests go wrong, the list lags, 2 % of the rows are
twins of others. The sender is killed (kill -9) at random moments, and started again, until it comes to its end.
``resend`` (the default) sends again what is not found, so that no row is lost; ``keep`` may lose rows, all of which its
journal calls UNKNOWN. ``interrupt`` is ``resend`` that is interrupted, not killed, and has to end soon, by another
signal than that of Ctrl-C, which is ignored where tests run in the background. ``naive`` is the usual code, to show
that this can fail.
"""

import json
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random
from signal import SIGKILL, SIGUSR1, Signals
from tempfile import TemporaryDirectory
from time import monotonic

from loadtests.bench.figures import report
from tests.e2e import judge
from twilio_sms.bulk.journal import Journal
from twilio_sms.bulk.states import State

TESTS = Path(__file__).parents[1]
FAULTS, LAG_SECONDS = 0.04, 0.1
TWINS = 50  # every so many rows, one is the same as the one before it, and both are meant
LINE_BYTES = 60  # of the judge's ledger, about
INTERRUPTED = 130  # the status of a shell for it
LONGEST_END_SECONDS = 20.0  # under way is at most one request, which has two seconds

Message = tuple[str, str]  # recipient and text


class Bulk:
    """The files of one bulk: its rows, its journal, and what the judge says was sent."""

    def __init__(self, folder: Path, count: int) -> None:
        self.count = count
        self.rows = folder / "rows.jsonl"
        self.journal = folder / "journal.db"
        self.ledger = folder / "ledger"
        self._wanted = [_message(number - 1 if number % TWINS == TWINS - 1 else number) for number in range(count)]
        lines = [json.dumps({"to": to, "from_": "+15005550006", "body": body}) for to, body in self._wanted]
        self.rows.write_text("\n".join(lines), "utf-8")

    def sent_so_far(self) -> int:
        return self.ledger.stat().st_size // LINE_BYTES

    def judged(self, *, has_journal: bool) -> dict[str, int]:
        """Return how many rows were lost and duplicated, how many are UNKNOWN, and how many were lost otherwise."""
        wanted = Counter(self._wanted)
        sent = Counter(judge.sent(self.ledger))
        unknown = self._unknown() if has_journal else Counter[Message]()
        return {
            "lost": (wanted - sent).total(),
            "duplicated": (sent - wanted).total(),
            "unknown": unknown.total(),
            "lost_without_a_word": (wanted - sent - unknown).total(),
        }

    def _unknown(self) -> Counter[Message]:
        rows = Journal.read(self.journal).rows()
        return Counter(self._wanted[row.index] for row in rows if row.state is State.UNKNOWN)


def _message(number: int) -> Message:
    return f"+1555{number:07}", f"Your parcel {number} has arrived."


def run(count: int, kills: int, seed: int, variant: str) -> dict[str, int]:
    """Send *count* rows under *kills* kills; return what the judge found, and how often the sender was killed."""
    with TemporaryDirectory() as folder:
        bulk = Bulk(Path(folder), count)
        with judge.judging(bulk.ledger, seed=seed, faults=FAULTS, lag_seconds=LAG_SECONDS) as url:
            command = [sys.executable, str(TESTS / "bulk_worker.py"), variant, url, str(bulk.journal), str(bulk.rows)]
            signal = SIGUSR1 if variant == "interrupt" else SIGKILL
            killed = _send_under_kills(command, bulk, kills, seed, signal)
        return {**bulk.judged(has_journal=variant != "naive"), "kills": killed}


def _send_under_kills(command: list[str], bulk: Bulk, kills: int, seed: int, signal: Signals) -> int:
    """Start the sender until it comes to its end; kill it *kills* times on the way. Return how often it was killed.

    It dies some messages after its first, so many that half of the bulk is left after the last kill; or some time after
    its start if no message comes of it.
    """
    chance = Random(seed)
    pace = max(1, bulk.count // (2 * kills))
    for killed in range(kills):
        with subprocess.Popen(command) as sender:
            _wait_for(sender, bulk, chance.randrange(2 * pace), chance.uniform(0.5, 3))
            if not _is_ended_by(signal, sender):
                return killed
    subprocess.run(command, check=True)
    return kills


def _wait_for(sender: subprocess.Popen[bytes], bulk: Bulk, messages: int, seconds: float) -> None:
    """Return when *sender* sent so many messages, after some time, or when it has ended."""
    enough, latest = bulk.sent_so_far() + messages, monotonic() + seconds
    while sender.poll() is None and bulk.sent_so_far() <= enough and monotonic() < latest:
        with suppress(subprocess.TimeoutExpired):
            sender.wait(0.001)


def _is_ended_by(signal: Signals, sender: subprocess.Popen[bytes]) -> bool:
    """End *sender*; return whether it had not ended before."""
    sender.send_signal(signal)  # one that has ended already gets none
    status = sender.wait(LONGEST_END_SECONDS)
    assert status in (0, -signal, INTERRUPTED), f"the sender ended by itself with {status}"
    return status != 0


GOALS = {
    "resend": ("lost", "duplicated", "unknown"),
    "interrupt": ("lost", "duplicated", "unknown"),
    "keep": ("duplicated", "lost_without_a_word"),
    "naive": ("lost", "duplicated"),
}


def main(count: int = 10_000, kills: int = 200, seed: int = 1, variant: str = "resend") -> None:
    began = monotonic()
    found = run(count, kills, seed, variant)
    for name in GOALS[variant]:
        report(f"g1_{variant}_{name}", found[name], "==0")
    report(f"g1_{variant}_kills", found["kills"], f">={kills}")
    print(f"# {count} messages, {found['unknown']} left UNKNOWN, seed {seed}, {monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]), *sys.argv[4:])
