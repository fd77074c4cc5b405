"""Locust, as a process of its own, sends through the fake."""

import re
import subprocess
import sys
from pathlib import Path

LOADTESTS = Path(__file__).parents[2] / "loadtests"


def test_a_short_load_ends_without_a_failure() -> None:
    command = [sys.executable, str(LOADTESTS / "run.py"), "-t", "1s", "-u", "2"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=50)

    assert done.returncode == 0, done.stderr
    (held,) = re.findall(r"the fake holds (\d+) messages", done.stdout)
    assert int(held) > 10
    assert re.search(r"messages\.send +\d+ +0\(0\.00%\)", done.stdout + done.stderr)


def test_a_load_on_another_machine_is_refused() -> None:
    command = [sys.executable, "-m", "locust", "-f", str(LOADTESTS / "locustfile.py"), "--headless"]
    command += ["--host", "http://192.0.2.1", "-u", "1", "-t", "1s"]

    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=50)

    assert "messages.send" not in done.stdout + done.stderr
