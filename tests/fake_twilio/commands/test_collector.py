"""Tests of how often the garbage collector comes by, in a process of its own."""

import subprocess
import sys

SCRIPT = """
import gc
from fake_twilio.commands.collector import let_garbage_wait
let_garbage_wait()
print(gc.get_threshold(), gc.get_freeze_count() > 0, gc.isenabled())
"""


def test_the_collector_comes_by_rarely_and_still_does() -> None:
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True).stdout

    assert told == "(10000, 1000, 1000) True True\n"
