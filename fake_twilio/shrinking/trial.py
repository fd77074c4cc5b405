"""One run of a command against a fake that plays a scenario: does it break?"""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.server import ClockKind, FakeTwilio

SCENARIO, SEED = "FAKE_TWILIO_REPLAY", "FAKE_TWILIO_REPLAY_SEED"  # the pytest plugin reads them


class Result(Enum):
    """How a command ended."""

    FINE = "fine"
    BROKEN = "broken"
    TOO_SLOW = "too slow"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """Runs *command* with the variables that lead a client, or the pytest fixture, to the fake.

    Each run has at most *timeout_seconds*; what it prints is dropped unless it *is_shown*.
    """

    command: Sequence[str]
    seed: int
    timeout_seconds: float
    clock: ClockKind = "real"
    is_shown: bool = False

    def of(self, text: str) -> Result:
        """Run the command while a fake plays the scenario file *text*."""
        scenario = parse_scenario(text, name="shrunk")
        with (
            TemporaryDirectory(prefix="fake-twilio-") as folder,
            FakeTwilio(scenario, seed=self.seed, clock=self.clock) as fake,
        ):
            file = Path(folder) / "shrunk.yaml"
            file.write_text(text, "utf-8")
            return self._ran(
                {
                    SCENARIO: str(file),
                    SEED: str(self.seed),
                    "TWILIO_ACCOUNT_SID": fake.account_sid,
                    "TWILIO_AUTH_TOKEN": fake.auth_token,
                    "TWILIO_BASE_URL": fake.url,
                }
            )

    def _ran(self, variables: Mapping[str, str]) -> Result:
        output = None if self.is_shown else subprocess.DEVNULL
        with subprocess.Popen(
            self.command,
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        ) as process:
            try:
                return Result.BROKEN if process.wait(self.timeout_seconds) else Result.FINE
            except subprocess.TimeoutExpired:
                return Result.TOO_SLOW
            finally:
                _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and those it started and left behind: they are a group of their own.

    Windows has no groups. Where nobody is left, macOS may say that it is not permitted.
    """
    if not hasattr(os, "killpg"):
        return process.kill()
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    return None
