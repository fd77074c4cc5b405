"""The fault server's process, as tests and commands drive it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
CERTIFICATE = str(ROOT / "tests" / "tls" / "server.pem")
KEY = str(ROOT / "tests" / "tls" / "server.key")


@dataclass(frozen=True)
class Held:
    """A request that the server read whole."""

    is_refused: bool  # and answered with what proves that it was not processed
    at_seconds: float  # on the machine's monotonic clock
    port: int  # of the other side
    text: bytes

    @classmethod
    def from_file(cls, path: Path) -> "Held":
        _, meaning, at_ns = path.stem.split("-")
        return cls(meaning == "refused", int(at_ns) / 1e9, int(path.suffix[1:]), path.read_bytes())


@dataclass(frozen=True)
class FaultyTwilio:
    """A server that misbehaves on demand, and what it was sent."""

    process: subprocess.Popen[str]
    folder: Path
    url: str

    def arm(self, *faults: str, drip_seconds: float = 0.05) -> None:
        """Have the next requests meet *faults*, one each, and nothing that was armed before."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"faults": faults, "drip_seconds": drip_seconds}) + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "armed\n"

    def forget(self) -> None:
        """Answer well from now on, and forget what came."""
        self.arm()
        for path in self.folder.iterdir():
            path.unlink()

    def held(self) -> list[Held]:
        """Return the requests that were read whole, in order."""
        return [Held.from_file(path) for path in sorted(self.folder.iterdir(), key=_number)]

    def processed(self) -> int:
        """How many requests the server read whole, and did not refuse in a way that proves that it did nothing."""
        return sum("-processed-" in path.name for path in self.folder.iterdir())


def _number(path: Path) -> int:
    return int(path.name.partition("-")[0])


@contextmanager
def faulty_twilio(folder: Path, scheme: str = "http") -> Iterator[FaultyTwilio]:
    """Run a fault server that notes in *folder* what it gets."""
    tls = [CERTIFICATE, KEY] if scheme == "https" else []
    command = [sys.executable, "-m", "tests.fault_server", str(folder), *tls]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        yield FaultyTwilio(process, folder, f"{scheme}://127.0.0.1:{process.stdout.readline().strip()}")
        process.kill()
