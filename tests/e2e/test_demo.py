"""`make demo` shows what the scenario says, and can fail."""

import subprocess
import sys
from pathlib import Path

DEMO = Path(__file__).parents[2] / "docs" / "examples" / "demo.py"
WRONG = (
    "import runpy, sys; demo = runpy.run_path({path!r}); demo['EXPECTED'].update({expected}); sys.exit(demo['main']())"
)


def test_the_demo_ends_well() -> None:
    done = subprocess.run([sys.executable, str(DEMO)], capture_output=True, text=True, check=False, timeout=50)

    assert done.returncode == 0, done.stderr
    assert "5 messages, 10 callbacks, 10 with the right signature" in done.stdout
    assert done.stdout.count("undelivered 30007 Message filtered") == 2


def test_the_demo_fails_when_a_message_ends_otherwise() -> None:
    run = WRONG.format(path=str(DEMO), expected="{'+15551230001': 'undelivered'}")

    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False, timeout=50)

    assert done.returncode == 1
    assert "NO, wanted undelivered" in done.stdout
