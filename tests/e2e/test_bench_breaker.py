"""The short form of the breaker's figures; what depends on the machine's speed is printed and not judged."""

import re
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "loadtests" / "bench"


def test_the_breaker_keeps_its_promises_and_a_naive_one_is_found_out() -> None:
    command = [sys.executable, str(BENCH / "breaker.py"), "--openings", "50", "--every", "10"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=55)

    assert done.returncode == 0, done.stderr
    judged = dict(re.findall(r"^(G1[34]\S+) \S+ \S+ (PASS|FAIL)$", done.stdout, re.MULTILINE))
    assert len(judged) == 11
    assert set(judged.values()) == {"PASS"}, done.stdout
    assert "G18_breaker_admit_and_note_us" in done.stdout
