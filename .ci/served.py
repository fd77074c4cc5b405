"""`fake-twilio serve` as a process of an environment, and the variables that it asks to be set."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from environments import Environment, surroundings

SECONDS_TO_END = 10


@contextmanager
def serving(environment: Environment, *words: str) -> Iterator[dict[str, str]]:
    """Serve on a free port; give the variables that are printed, and ask it to end afterwards."""
    command = [environment.program("fake-twilio"), "serve", *words, "--port", "0"]
    options = {"cwd": environment.home, "env": surroundings(), "text": True}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options) as process:
        try:
            yield _variables(process)
            process.send_signal(signal.SIGTERM)
            if process.wait(SECONDS_TO_END):
                raise SystemExit(f"fake-twilio serve ended with {process.returncode}")
        finally:
            process.kill()


def _variables(process: "subprocess.Popen[str]") -> dict[str, str]:
    said = []
    for line in process.stdout:
        if line.startswith("export "):
            return dict(pair.split("=", 1) for pair in line.removeprefix("export ").split())
        said.append(line)
    raise SystemExit("fake-twilio serve did not start:\n" + "".join(said))
