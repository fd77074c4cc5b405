"""What a process says of itself: memory, threads, open files and sockets, pauses of the garbage collector."""

import gc
import threading
from pathlib import Path
from time import perf_counter
from typing import Any, TypedDict

SELF = Path("/proc/self")


class Sample(TypedDict):
    """One look at a process."""

    rss_mib: float
    threads: int
    open_files: int  # sockets among them
    pause_ms: float  # the longest that its garbage collector took since the last look


class Pauses:
    """Listens to the garbage collector of this process."""

    def __init__(self) -> None:
        self._began = self._longest = 0.0
        gc.callbacks.append(self._note)

    def take(self) -> float:
        """Return the longest pause since the last call, in milliseconds."""
        longest, self._longest = self._longest, 0.0
        return longest * 1000

    def _note(self, phase: str, _info: dict[str, Any]) -> None:
        if phase == "start":
            self._began = perf_counter()
        else:
            self._longest = max(self._longest, perf_counter() - self._began)


def sample(pauses: Pauses) -> Sample:
    """Look at this process."""
    resident = next(line for line in (SELF / "status").read_text().splitlines() if line.startswith("VmRSS:"))
    return {
        "rss_mib": int(resident.split()[1]) / 1024,
        "threads": threading.active_count(),
        "open_files": sum(1 for _ in (SELF / "fd").iterdir()),
        "pause_ms": pauses.take(),
    }
