"""A sink of the load's own: a process that ends with it."""

import subprocess
import sys
from collections.abc import Sequence
from typing import Self

from fake_twilio.load.errors import LoadError

_COMMAND = (sys.executable, "-m", "fake_twilio.load.sink", "--port", "0", "--until-input-ends")
_GRACE_SECONDS = 5.0


class SinkProcess:
    """A sink on a free port of this machine; it ends with `stop`, or when this process does, however that happens."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self._process = process
        self.url = url

    @classmethod
    def start(cls, command: Sequence[str] = _COMMAND) -> Self:
        """Start one and wait until it says where it is; raises `LoadError` if it does not."""
        # In a group of its own: Ctrl-C ends the load, whose last callbacks are to come yet, and the load ends the sink.
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, process_group=0)
        said = process.stdout.readline() if process.stdout else ""
        if not said.startswith("sink on "):
            process.kill()
            process.communicate()
            raise LoadError("the sink did not start: start one by python -m fake_twilio.load.sink, and give its --sink")
        return cls(process, said.removeprefix("sink on ").strip())

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        try:
            self._process.communicate(timeout=_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
