"""Loads as processes: Locust patches the process that imports it, so none runs inside pytest."""

import csv
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.ports import find_obstacle

LOCUSTFILE = Path(__file__).parents[2] / "loadtests" / "locustfile.py"
MESSAGES = "POST /2010-04-01/Accounts/{Sid}/Messages.json"
PATIENCE_SECONDS = 110
SPEED = 5.0  # the fake's time: messages live shorter, and nobody waits for them at the end


class Done(NamedTuple):
    """A load that has ended."""

    status: int
    out: str
    err: str

    @property
    def problems(self) -> list[str]:
        """What was wrong, without Locust's log."""
        return [line for line in self.err.splitlines() if not line.startswith("[")]


@contextmanager
def served(speed: float = SPEED) -> Iterator[FakeTwilioFixture]:
    """A fake whose time passes by itself."""
    with FakeTwilioFixture(speed=speed) as fake:
        yield fake


def free_port() -> str:
    """Return a port of this machine that others of these tests do not choose."""
    ports = range(20_000 + os.getpid() % 10_000, 60_000)
    return next(str(port) for port in ports if find_obstacle("127.0.0.1", port) is None)


def command(*words: str, locustfile: Path = LOCUSTFILE) -> list[str]:
    return [sys.executable, "-m", "fake_twilio.load", "-f", str(locustfile), "--headless", "--only-summary", *words]


def load(environ: Mapping[str, str], *words: str, locustfile: Path = LOCUSTFILE) -> Done:
    """Run a load of the account in *environ*, and wait for its end."""
    done = subprocess.run(
        command(*words, locustfile=locustfile),
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def counted(folder: Path) -> dict[str, int]:
    """Return the counts of a summary, by name."""
    with (folder / "summary.csv").open(encoding="utf-8", newline="") as file:
        return {row["name"]: int(row["count"]) for row in csv.DictReader(file)}
