"""Whether a kill -9 between claim and finish loses a webhook, or has one worked on twice: reliability, rule 36.

Run as ``python -m tests.e2e.webhook_kills [--kills 100] [--seed 36]``. Workers take the same webhooks one after the
other; each is killed at its n-th claim, before its work or some moments later, and the next begins an hour after, when
the lease is over. The judge knows only what the workers said. Prints ``name value goal PASS|FAIL``.
"""

import argparse
import os
import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import IO, NamedTuple

from loadtests.bench.figures import report

ROOT = Path(__file__).parents[2]
LONGEST_SECONDS = 0.01
WEBHOOKS_FOR_EACH_KILL = 3


class Found(NamedTuple):
    """What the judge found: webhooks that nobody worked on, and those that were after they had been finished."""

    lost: int
    repeated: int


class Judge:
    """Hears what the workers say."""

    def __init__(self) -> None:
        self.worked: set[str] = set()
        self.finished: set[str] = set()
        self.repeated = 0

    def hear(self, line: str) -> None:
        step, _, key = line.strip().partition(" ")
        if step == "claimed":
            self.repeated += key in self.finished
        elif step == "worked":
            self.worked.add(key)
        elif step == "finished":
            self.finished.add(key)


def run_worker(judge: Judge, command: list[str], lives: int | None, moment_seconds: float) -> None:
    """Let a worker do *lives* webhooks and kill it at the next, or *moment_seconds* into it; ``None`` lets it live."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        claims = 0
        for line in worker.stdout:
            if not line.endswith("\n"):
                return  # cut off by the kill: it was not said
            judge.hear(line)
            if line.startswith("claimed"):
                if claims == lives:
                    _end(worker, moment_seconds)
                claims += 1
                _go_on(worker.stdin)


def _end(worker: "subprocess.Popen[str]", moment_seconds: float) -> None:
    if moment_seconds:
        Timer(moment_seconds, worker.kill).start()
    else:
        worker.kill()
        worker.wait()


def _go_on(stdin: IO[str]) -> None:
    with suppress(BrokenPipeError):  # it is dead
        os.write(stdin.fileno(), b"\n")


def found_under_kills(variant: str, kills: int, seed: int) -> Found:
    """Kill *kills* workers, let a last one live, and return what the judge found."""
    chance, judge = random.Random(seed), Judge()
    webhooks = kills * WEBHOOKS_FOR_EACH_KILL
    with TemporaryDirectory() as folder:
        base = [sys.executable, "-m", "tests.e2e.webhook_worker", variant, str(Path(folder, "seen.db")), str(webhooks)]
        for hour in range(kills):
            moment = chance.choice((0.0, chance.uniform(0, LONGEST_SECONDS)))
            run_worker(judge, [*base, str(hour)], chance.randrange(WEBHOOKS_FOR_EACH_KILL), moment)
        run_worker(judge, [*base, str(kills)], None, 0)
    return Found(lost=webhooks - len(judge.worked), repeated=judge.repeated)


def main(kills: int, seed: int) -> bool:
    ours = found_under_kills("ours", kills, seed)
    naive, forgetful = (found_under_kills(variant, min(kills, 20), seed) for variant in ("naive", "forgetful"))
    figures = (
        report(f"webhooks_lost_under_{kills}_kills", ours.lost, "<=0"),
        report("webhooks_worked_on_after_they_were_finished", ours.repeated, "<=0"),
        report("naive_webhooks_lost", naive.lost, ">=1"),
        report("naive_webhooks_worked_on_after_they_were_finished", forgetful.repeated, ">=1"),
    )
    return all(figures)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--kills", type=int, default=100)
    arguments.add_argument("--seed", type=int, default=36)
    given = arguments.parse_args()
    raise SystemExit(0 if main(given.kills, given.seed) else 1)
