"""Whether a STOP that was acknowledged survives a kill -9 of its writer: reliability, G20.

Run as ``python -m tests.e2e.opt_out_kills [--kills 200] [--seed 20]``. A process of its own writes STOPs into a SQLite
file and prints each one that is recorded; it is killed some milliseconds after the first. The judge compares what was
printed with what SQLite itself finds in the file. Prints ``name value goal PASS|FAIL``.
"""

import argparse
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

from loadtests.bench.figures import report
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

ROOT = Path(__file__).parents[2]
TABLES = {"ours": "SELECT number FROM events WHERE state = 'opted-out'", "naive": "SELECT number FROM opt_outs"}
LONGEST_SECONDS = 0.05


def killed_writer(variant: str, path: Path, first: int, seconds: float) -> list[str]:
    """Let a writer run for *seconds* after its first STOP, kill it, and return what it acknowledged."""
    command = [sys.executable, "-m", "tests.e2e.opt_out_writer", variant, str(path), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        numbers = [writer.stdout.readline().strip()]
        killer = Timer(seconds, writer.kill)
        killer.start()
        numbers += [line.strip() for line in writer.stdout if line.endswith("\n")]
        killer.join()
    return numbers


def lost_under_kills(variant: str, kills: int, seed: int) -> tuple[int, int]:
    """Return how many STOPs were acknowledged and how many of them are not in the file, over *kills* kills."""
    chance = random.Random(seed)
    acknowledged: set[str] = set()
    with TemporaryDirectory() as folder:
        path = Path(folder, "opt-outs.db")
        for kill in range(kills):
            acknowledged.update(killed_writer(variant, path, kill * 1000, chance.uniform(0, LONGEST_SECONDS)))
        with closing(sqlite3.connect(path)) as judge:
            found = {number for (number,) in judge.execute(TABLES[variant])}
        if variant == "ours":
            assert SqliteOptOuts(path, must_exist=True).verify() is None
    return len(acknowledged), len(acknowledged - found)


def main(kills: int, seed: int) -> bool:
    acknowledged, lost = lost_under_kills("ours", kills, seed)
    _, naively_lost = lost_under_kills("naive", min(kills, 20), seed)
    figures = (
        report(f"g20_stops_acknowledged_under_{kills}_kills", acknowledged, f">={kills}"),
        report("g20_acknowledged_stops_lost", lost, "<=0"),
        report("g20_naive_acknowledged_stops_lost", naively_lost, ">=1"),
    )
    return all(figures)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=20)
    given = arguments.parse_args()
    raise SystemExit(0 if main(given.kills, given.seed) else 1)
