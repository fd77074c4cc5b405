"""A signal that hits a send anywhere leaves limiter, breaker and journal usable."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Not under coverage: its own lock would be one of the things that an interruption leaves held.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")


def found(variant: str, count: int, what: str = "tests.interrupted_gates") -> dict[str, int]:
    command = [sys.executable, "-m", what, variant, str(count), "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=50, cwd=ROOT, env=ENVIRONMENT)
    return json.loads(done.stdout)


def test_another_thread_can_always_send_after_an_interrupt():
    told = found("ours", 6000)

    assert (told["stuck"], told["refused"]) == (0, 0)
    assert told["interrupted"] > 100
    assert told["checked"] == 120
    assert told["states"] == 3  # closed, open and half-open


def test_a_lock_that_is_let_go_at_the_end_of_a_function_is_found_out():
    assert found("naive", 6000)["stuck"] == 1


def test_other_threads_can_always_write_to_the_journal_after_an_interrupt():
    told = found("ours", 3, "tests.interrupted_journal")

    assert told["stuck"] == 0
    assert told["interrupted"] > 200


def test_a_lock_that_is_taken_in_lines_of_python_is_found_out():
    assert found("naive", 30, "tests.interrupted_journal")["stuck"] == 1
