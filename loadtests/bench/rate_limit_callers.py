"""32 threads that ask one limiter for 1 to 5 tokens again and again, and when each was given them.

Run by `rate_limit.py` as a process of its own, which it can stop and continue: ``rate_limit_callers.py <limiter>
<seconds> <seed>`` prints an empty line when it has begun, and a JSON list of (nanosecond, tokens, caller) at its end.

The moment that counts is that of the decision: the last time that the limiter read the clock for this caller. A clock
of our own takes it down. It has no wall time to give, so that no step of that can matter to a limiter that runs here.
"""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from random import Random
from threading import Barrier, local
from typing import Protocol

from admissions import Admission
from naive_limiters import ReservingLimiter, UnlockedLimiter

from twilio_sms.clock import Clock, SystemClock
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.rate_limit import RateLimiter
from twilio_sms.resilience.token_bucket import Rate

RATE = 500
BURST = 50
CALLERS = 32
MOST_TOKENS = 5
SHORT_CODE = "12345"  # of which a message takes as many tokens as it has segments


class WitnessClock(SystemClock):
    """Remembers for each thread what time it was told last."""

    def __init__(self) -> None:
        self._told = local()

    @property
    def told_ns(self) -> int:
        told: int = self._told.ns
        return told

    def now(self) -> datetime:
        raise AssertionError("a limiter has no need of the wall time, which may be set")

    def monotonic_ns(self) -> int:
        self._told.ns = super().monotonic_ns()
        return self.told_ns


class Asked(Protocol):
    """What all limiters here have."""

    def acquire(self, recipient: str, sender: str | None, segments: Callable[[], int], /) -> float: ...


def make_ours(rate: int, burst: int, clock: Clock) -> Asked:
    limits = RateLimits(global_rate=None, recipient_rate=None, short_code_rate=Rate(rate, burst))
    return RateLimiter(limits, clock)


LIMITERS: dict[str, Callable[[int, int, Clock], Asked]] = {
    "ours": make_ours,
    "unlocked": UnlockedLimiter,
    "reserving": ReservingLimiter,
}


def ask(limiter: Asked, clock: WitnessClock, caller: int, chance: Random, end_ns: int) -> list[Admission]:
    """Ask until *end_ns*; return what was given."""
    given = []
    while SystemClock().monotonic_ns() < end_ns:
        tokens = chance.randint(1, MOST_TOKENS)
        limiter.acquire("+15551234567", SHORT_CODE, partial(int, tokens))
        given.append(Admission(clock.told_ns, tokens, caller))
    return given


def main() -> None:
    name, seconds, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    clock, start = WitnessClock(), Barrier(CALLERS)
    end_ns = SystemClock().monotonic_ns() + int(seconds * 1e9)
    limiter = LIMITERS[name](RATE, BURST, clock)

    def run(caller: int) -> list[Admission]:
        start.wait()
        return ask(limiter, clock, caller, Random(f"{seed} {caller}"), end_ns)  # noqa: S311 - draws work, not a secret

    with ThreadPoolExecutor(CALLERS) as pool:
        given = pool.map(run, range(CALLERS))
        print(flush=True)
        json.dump([admission for of_caller in given for admission in of_caller], sys.stdout)


if __name__ == "__main__":
    main()
