"""Two limiters as one would write them first, to show that the harness finds what is wrong with them."""

from collections.abc import Callable
from threading import Lock

from twilio_sms.clock import Clock

NS_PER_SECOND = 1_000_000_000


class UnlockedLimiter:
    """Looks, then takes, without a lock: two may see the same token."""

    def __init__(self, rate: int, burst: int, clock: Clock) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._tokens, self._refilled_ns = float(burst), clock.monotonic_ns()

    def acquire(self, _recipient: str, _sender: str | None, segments: Callable[[], int]) -> float:
        wanted = segments()
        while True:
            now_ns = self._clock.monotonic_ns()
            gained = (now_ns - self._refilled_ns) * self._rate / NS_PER_SECOND
            tokens = min(self._burst, self._tokens + gained)
            if tokens >= wanted:
                self._clock.sleep(0)  # the interpreter may change threads here anyway; this makes it likely
                self._tokens, self._refilled_ns = tokens - wanted, now_ns
                self._clock.monotonic_ns()
                return 0.0
            self._clock.sleep((wanted - tokens) / self._rate)


class ReservingLimiter:
    """Reserves under a lock and sleeps until its time has come, as Guava and resilience4j do."""

    def __init__(self, rate: int, burst: int, clock: Clock) -> None:
        self._rate, self._clock, self._lock = rate, clock, Lock()
        self._saved_ns = burst * NS_PER_SECOND // rate
        self._free_ns = clock.monotonic_ns() - self._saved_ns

    def acquire(self, _recipient: str, _sender: str | None, segments: Callable[[], int]) -> float:
        with self._lock:
            now_ns = self._clock.monotonic_ns()
            self._free_ns = max(self._free_ns, now_ns - self._saved_ns) + segments() * NS_PER_SECOND // self._rate
            wait_ns = self._free_ns - now_ns
        if wait_ns > 0:
            self._clock.sleep(wait_ns / NS_PER_SECOND)
            self._clock.monotonic_ns()
        return max(0, wait_ns) / NS_PER_SECOND
