"""Time for the fake: the machine's, or time that is moved. The only file of the fake that reads a clock.

A moment is a number of seconds since 1970, in UTC.
"""

import math
import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any, NamedTuple, Protocol

LATEST_START = 221_845_392_000.0  # the year 9000: what is planned from there still has a date


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> float:
        """The moment that it is in the simulated world."""

    def wait_seconds(self, moment: float) -> float:
        """Seconds of real time until *moment*; what a thread has to wait for it."""


class RealClock:
    """Time that passes by itself, *speed* times as fast as outside, and that never runs backwards.

    Whatever is changed while it runs, the moment of the change is the same before and after.
    """

    def __init__(
        self, speed: float = 1.0, *, monotonic: Callable[[], float] = time.monotonic, start: float | None = None
    ) -> None:
        self._monotonic = monotonic
        moment = time.time() if start is None else start
        self._pace = _Pace(moment, monotonic(), _checked(speed), is_frozen=False)
        self._changing = Lock()  # of one pace for the next; who asks for the time waits for nobody

    def now(self) -> float:
        now = self._monotonic()  # before the pace: under an older one a later moment might never come
        return self._pace.shown_at(now)

    def wait_seconds(self, moment: float) -> float:
        now = self._monotonic()
        pace = self._pace
        return math.inf if pace.is_frozen else max(0.0, (moment - pace.shown_at(now)) / pace.speed)

    def set_speed(self, speed: float) -> None:
        """Let time pass *speed* times as fast from now on; a frozen clock does so when it is thawed."""
        self._change_pace(speed=_checked(speed))

    def freeze(self) -> None:
        """Stand still from now on."""
        self._change_pace(is_frozen=True)

    def thaw(self) -> None:
        """Go on from the moment at which it stands."""
        self._change_pace(is_frozen=False)

    def move_to(self, moment: float) -> None:
        """Go on to *moment*; time does not run backwards."""
        self._change_pace(moment=moment)

    @property
    def is_frozen(self) -> bool:
        return self._pace.is_frozen

    def _change_pace(self, moment: float = -math.inf, **changes: Any) -> None:
        with self._changing:
            now = self._monotonic()
            shown = max(self._pace.shown_at(now), moment)
            self._pace = self._pace._replace(moment=shown, changed_at=now, **changes)


class _Pace(NamedTuple):
    """What a clock showed when its pace last changed, and how it has run since; one value, so that all of it fits."""

    moment: float
    changed_at: float
    speed: float
    is_frozen: bool

    def shown_at(self, now: float) -> float:
        """Return what it shows *now*; who asked for that before the change sees the moment of the change."""
        return self.moment if self.is_frozen else self.moment + max(now - self.changed_at, 0.0) * self.speed


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


class InstantClock(ManualClock):
    """Time that stands still while somebody is at work, and is moved to what is due as soon as nobody is."""


def this_second() -> float:
    """The machine's time, cut to the second; where a manual clock starts if nobody says otherwise."""
    return float(int(time.time()))


def starting_moment(start: float | datetime | None) -> float:
    """Return where a clock starts: seconds since 1970, this second if nothing is said; raises `ValueError`."""
    if start is None:
        return this_second()
    if isinstance(start, datetime) and start.tzinfo is None:
        raise ValueError("start must have a time zone: datetime(..., tzinfo=UTC)")
    moment = start.timestamp() if isinstance(start, datetime) else float(start)
    if not 0 <= moment <= LATEST_START:
        raise ValueError("start must lie between the years 1970 and 9000")
    return moment


def monotonic() -> float:
    """Seconds that only ever grow, for deadlines of real sockets."""
    return time.monotonic()


def _checked(speed: float) -> float:
    if not 0 < speed <= 1_000_000:
        raise ValueError(f"speed must be above 0 and at most 1000000, is {speed:g}")
    return speed
