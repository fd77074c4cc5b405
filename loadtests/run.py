"""`make load`: a fake on a free port, and ten seconds of Locust against it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from fake_twilio.commands.collector import let_garbage_wait
from fake_twilio.fixture import FakeTwilioFixture

LOCUSTFILE = Path(__file__).parent / "locustfile.py"
USUAL = ("--headless", "--only-summary", "-u", "8", "-r", "8", "-t", "10s")


def main(words: list[str]) -> int:
    """Run Locust with *words* added to its own; return its exit status."""
    let_garbage_wait()
    signal.signal(signal.SIGINT, _leave_to_locust)
    with FakeTwilioFixture() as fake:
        command = [sys.executable, "-m", "fake_twilio.load", "-f", str(LOCUSTFILE), "--host", fake.url, *USUAL, *words]
        done = subprocess.run(command, env={**os.environ, **fake.environment()}, check=False)
        print(f"the fake holds {len(fake.messages)} messages")
    return done.returncode


def _leave_to_locust(_number: int, _frame: object) -> None:
    """Go on: Ctrl-C reaches Locust as well, which still needs the fake to come to its end."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
