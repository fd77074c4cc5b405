"""G1: a bulk that is killed again and again sends each row once.

Run as ``python kill_bulk.py [COUNT] [KILLS] [SEED] [VARIANT]``.

A judge in a process of its own counts what was sent; 4 % of the requests go wrong, the list lags, 2 % of the rows are
twins of others. The sender is killed (kill -9) at random moments, and started again, until it comes to its end. With
``naive`` the usual code is run instead, to show that this can fail.
"""

import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from signal import SIGKILL
from time import monotonic

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
FAULTS, LAG, TWINS = "0.04", "0.1", 50


def run(count: int, kills: int, seed: int, variant: str) -> dict[str, int]:
    """Send *count* rows under *kills* kills; return how many were lost, duplicated and left in doubt."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder, "ledger")
        judge = subprocess.Popen(
            [sys.executable, str(TESTS / "bulk_judge.py"), str(ledger), str(seed), FAULTS, LAG],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert judge.stdout is not None
        url = f"http://127.0.0.1:{int(judge.stdout.readline())}"
        try:
            arguments = [variant, url, str(Path(folder, "journal.db")), str(count), str(TWINS)]
            killed = _send_under_kills(arguments, ledger, kills, max(1, count // (2 * kills)), seed)
        finally:
            judge.communicate("")
        return {**_judged(ledger, count), "kills": killed}


def _send_under_kills(arguments: list[str], ledger: Path, kills: int, pace: int, seed: int) -> int:
    """Start the sender until it comes to its end; kill it *kills* times on the way. Return how often it was killed.

    It dies some *pace* messages after its first, or some time after its start if none comes of it.
    """
    chance = random.Random(seed)
    killed = 0
    while True:
        sender = subprocess.Popen(
            [sys.executable, str(TESTS / "bulk_worker.py"), *arguments], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}
        )
        enough = _sent(ledger) + chance.randrange(2 * pace)
        latest = monotonic() + chance.uniform(0.5, 3)
        while sender.poll() is None:
            if killed < kills and (_sent(ledger) > enough or monotonic() > latest):
                sender.kill()
                killed += 1
            with suppress(subprocess.TimeoutExpired):
                sender.wait(0.001)
        if sender.returncode != -SIGKILL:
            assert sender.returncode == 0, f"the sender ended with {sender.returncode}"
            return killed


def _sent(ledger: Path) -> int:
    return ledger.stat().st_size // 60  # a line has some 60 bytes


def _judged(ledger: Path, count: int) -> dict[str, int]:
    sys.path.insert(0, str(ROOT))
    from tests.bulk_worker import rows

    wanted = Counter((row["to"], row["body"]) for row in rows(count, TWINS))
    sent = Counter((line["to"], line["body"]) for line in map(json.loads, ledger.read_text("utf-8").splitlines()))
    return {"lost": (wanted - sent).total(), "duplicated": (sent - wanted).total()}


def main(count: int = 10_000, kills: int = 200, seed: int = 1, variant: str = "ours") -> None:
    began = monotonic()
    found = run(count, kills, seed, variant)
    for name in ("lost", "duplicated"):
        print(f"G1_{name}_{variant} {found[name]} 0 {'PASS' if found[name] == 0 else 'FAIL'}")
    print(f"G1_kills_{variant} {found['kills']} {kills} {'PASS' if found['kills'] == kills else 'FAIL'}")
    print(f"# {count} messages, seed {seed}, {monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(*(int(argument) if argument.isdigit() else argument for argument in sys.argv[1:]))  # type: ignore[arg-type]
