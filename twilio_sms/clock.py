"""Time and waiting: the only file of the client that reads a clock."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the client needs of time; hand in another one to move it by hand."""

    def now(self) -> datetime:
        """The wall time, in UTC."""

    def monotonic(self) -> float:
        """Seconds that only ever grow; for deadlines."""

    def monotonic_ns(self) -> int:
        """The same in whole nanoseconds; for what must stay exact."""

    def sleep(self, seconds: float) -> None:
        """Wait for *seconds*."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def monotonic_ns(self) -> int:
        return time.monotonic_ns()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
