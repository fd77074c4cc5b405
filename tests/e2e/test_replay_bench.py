"""The figure of a replay can be taken; whether it is met depends on the machine."""

import re
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "loadtests" / "bench" / "replay.py"


def test_a_short_run_tells_what_a_replayed_send_takes() -> None:
    done = subprocess.run([sys.executable, str(BENCH), "100"], capture_output=True, text=True, check=True, timeout=50)

    assert re.fullmatch(r"replayed_send_us \S+ <=150 (PASS|FAIL)\n", done.stdout)
