"""The figure of the journal can be taken: reliability, G5; whether it is met depends on the disk."""

import re
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "loadtests" / "bench" / "journal.py"


def test_a_short_run_tells_what_a_message_costs() -> None:
    done = subprocess.run([sys.executable, str(BENCH), "80"], capture_output=True, text=True, check=True, timeout=50)

    assert re.search(r"^journal_us_a_message \S+ <=150 (PASS|FAIL)$", done.stdout, re.MULTILINE)
    assert re.search(r"^journal_ungrouped_us_a_message \S+$", done.stdout, re.MULTILINE)
