"""A clock that is moved by hand; whoever sleeps by it moves it."""

import math
from datetime import datetime, timedelta
from threading import Lock

from twilio_sms.clock import SystemClock
from twilio_sms.domain.form import to_utc
from twilio_sms.errors import ValidationError
from twilio_sms.forks import tell_of_forks

_NS = 1_000_000_000


class ManualClock:
    """Time for tests: an hour of waits takes no time at all.

    Begins at *start*, a datetime with a time zone, by default now: so what an app reckons from the machine's own clock,
    such as a time to send at, fits. Any number of threads may share it.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._start = SystemClock().now() if start is None else to_utc(start)
        self._passed_ns = 0
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Go on from here; runs in a child process, whose clock is its own."""
        self._lock = Lock()

    def now(self) -> datetime:
        return self._start + timedelta(microseconds=self._passed_ns // 1000)

    def monotonic(self) -> float:
        return self._passed_ns / _NS

    def monotonic_ns(self) -> int:
        return self._passed_ns

    def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        """Move on by *seconds*; raise `ValidationError` for what would move it back."""
        if not 0 <= seconds < math.inf:
            raise ValidationError(f"a clock moves on by 0 seconds or more, not by {seconds!r}")
        with self._lock:
            self._passed_ns += math.ceil(seconds * _NS)
