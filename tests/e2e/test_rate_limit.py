"""The limiter keeps its limit under 32 threads, also when its process is stopped; naive ones are found out."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadtests.bench.admissions import NS_PER_SECOND, Admission, unfairness, utilisation, worst_excess

ROOT = Path(__file__).parents[2]
ADMISSION = st.builds(Admission, st.integers(0, 3 * NS_PER_SECOND), st.integers(1, 5), st.just(0))


@given(log=st.lists(ADMISSION, min_size=1), rate=st.integers(1, 9), burst=st.integers(1, 9))
def test_the_judge_finds_the_worst_of_all_windows(log, rate, burst):
    ordered = sorted(log)
    windows = [ordered[i : j + 1] for i in range(len(ordered)) for j in range(i, len(ordered))]
    by_hand = [
        (sum(a.tokens for a in window) - burst) * NS_PER_SECOND - rate * (window[-1].at_ns - window[0].at_ns)
        for window in windows
    ]

    assert worst_excess(log, rate, burst) == max(by_hand) / NS_PER_SECOND


def test_the_judge_measures_what_was_used_and_how_fairly():
    log = [Admission(0, 5, 0), Admission(NS_PER_SECOND, 5, 1), Admission(NS_PER_SECOND, 5, 1)]

    assert utilisation(log, rate=10, burst=10) == 0.75
    assert unfairness(log, callers=2) == 2.0
    assert unfairness(log, callers=3) == float("inf")


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot stop a process")
def test_the_limit_is_kept_under_threads_and_pauses_and_naive_limiters_break_it() -> None:
    command = [sys.executable, str(ROOT / "loadtests" / "bench" / "rate_limit.py"), "5", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=50, env=environment)

    assert done.returncode == 0, done.stderr
    kept = dict(re.findall(r"^(g1[01]_worst_excess\w*) \S+ \S+ (PASS|FAIL)$", done.stdout, re.M))
    assert kept == {
        "g10_worst_excess_tokens": "PASS",
        "g11_worst_excess_tokens": "PASS",
        "g11_worst_excess_of_unlocked_tokens": "PASS",
        "g11_worst_excess_of_reserving_tokens": "PASS",
    }
