"""The judge of what was sent, as a process of its own; see `tests/bulk_judge.py`."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

JUDGE = Path(__file__).parents[1] / "bulk_judge.py"


@contextmanager
def judging(ledger: Path, *, seed: int = 1, faults: float = 0, lag_seconds: float = 0) -> Iterator[str]:
    """Have a judge write what it accepts into *ledger*; yield its address."""
    command = [sys.executable, str(JUDGE), str(ledger), str(seed), str(faults), str(lag_seconds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.communicate("")


def sent(ledger: Path) -> list[tuple[str, str]]:
    """Return recipient and text of each message that was accepted."""
    lines = map(json.loads, ledger.read_text("utf-8").splitlines())
    return [(line["to"], line["body"]) for line in lines]
