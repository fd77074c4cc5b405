"""Time for the fake: the machine's, or moved by hand. The only file of the fake that reads a clock.

A moment is a number of seconds since 1970, in UTC.
"""

import time
from typing import Protocol


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> float:
        """The moment that it is in the simulated world."""

    def wait_seconds(self, moment: float) -> float:
        """Seconds of real time until *moment*; what a thread has to wait for it."""


class RealClock:
    """Time that passes by itself, *speed* times as fast as outside."""

    def __init__(self, speed: float = 1.0) -> None:
        if not 0 < speed <= 1_000_000:
            raise ValueError(f"speed must be above 0 and at most 1000000, is {speed:g}")
        self._speed = speed
        self._start = time.time()
        self._began = time.monotonic()

    def now(self) -> float:
        return self._start + (time.monotonic() - self._began) * self._speed

    def wait_seconds(self, moment: float) -> float:
        return max(0.0, (moment - self.now()) / self._speed)


class ManualClock:
    """Time that stands still until it is moved."""

    def __init__(self, start: float) -> None:
        self._now = start

    def now(self) -> float:
        return self._now

    def wait_seconds(self, moment: float) -> float:
        return 0.0 if moment <= self._now else float("inf")

    def move_to(self, moment: float) -> None:
        """Go to *moment*; time does not run backwards."""
        self._now = max(self._now, moment)


def this_second() -> float:
    """The machine's time, cut to the second; where a manual clock starts if nobody says otherwise."""
    return float(int(time.time()))


def monotonic() -> float:
    """Seconds that only ever grow, for deadlines of real sockets."""
    return time.monotonic()
