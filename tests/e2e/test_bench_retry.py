"""A minute of 429 in virtual time, with several seeds."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "loadtests" / "bench"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_retries_stay_within_the_quota_and_naive_ones_are_found_out(seed: int) -> None:
    command = [sys.executable, str(BENCH / "retry.py"), "--seed", str(seed)]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=55)

    assert done.returncode == 0, done.stderr
    judged = dict(re.findall(r"^(G7_\S+) \S+ \S+ (PASS|FAIL)$", done.stdout, re.MULTILINE))
    assert len(judged) == 8
    assert set(judged.values()) == {"PASS"}, done.stdout
