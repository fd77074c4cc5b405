"""`make load`: a fake on a free port, and ten seconds of Locust against it."""

import os
import subprocess
import sys
from pathlib import Path

from fake_twilio.fixture import FakeTwilioFixture

HERE = Path(__file__).parent


def main(words: list[str]) -> int:
    """Run Locust with *words* added to its own; return its exit status."""
    with FakeTwilioFixture() as fake:
        command = [sys.executable, "-m", "locust", "-f", str(HERE / "locustfile.py"), "--headless", "--only-summary"]
        command += ["--host", fake.url, "-u", "8", "-r", "8", "-t", "10s", *words]
        done = subprocess.run(command, env={**os.environ, **fake.environment()}, check=False)
        print(f"the fake holds {len(fake.messages)} messages")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
