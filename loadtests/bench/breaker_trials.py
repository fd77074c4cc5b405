"""Sixty-four threads ask a half-open breaker at the same time: G13.

One opening: the breaker is opened and rests, then all threads ask together, and no trial ends before everybody has
asked. So as many calls must have gone out as there are permits. Of the trials one in twenty is broken off by a
``BaseException`` or vanishes without a word; the others pass or fail. Then one call after another goes out and passes,
until the breaker is closed; how long it turns calls away while half-open is the time for which it is stuck.
"""

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from random import Random
from threading import Barrier
from typing import Protocol

from hand_clock import HandClock

from twilio_sms.clock import Clock
from twilio_sms.errors import BreakerOpenError, ConnectionFailedError, Evidence
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.breaker_table import Outcome, State
from twilio_sms.resilience.guard import CircuitBreaker, guarded
from twilio_sms.verdict import Verdict

THREADS = 64
GIVE_UP_SECONDS = 600  # a breaker that is stuck for so long is stuck for ever

Make = Callable[[BreakerPolicy, Clock], "StatefulBreaker"]


class StatefulBreaker(CircuitBreaker, Protocol):
    """A breaker that shows how it stands."""

    @property
    def state(self) -> State:
        """How it stands."""


class Fate(Enum):
    """What becomes of a trial."""

    PASS = "passes"  # noqa: S105 - no password
    FAIL = "fails"
    BREAK = "is broken off"
    VANISH = "vanishes"


ONE_IN_TWENTY_SAYS_NOTHING = {Fate.PASS: 75, Fate.FAIL: 20, Fate.BREAK: 2.5, Fate.VANISH: 2.5}
HALF_VANISH = {Fate.PASS: 50, Fate.VANISH: 50}


class Broken(BaseException):
    """A trial is broken off, as by a signal."""


class JostlingClock(HandClock):
    """Lets other threads run whenever it is read: whoever looks and then acts is overtaken in between."""

    def monotonic_ns(self) -> int:
        time.sleep(0)  # lets another thread run, and waits for nothing
        return super().monotonic_ns()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What came of many openings."""

    openings: int
    wrong: int  # openings in which another number of calls went out than there are permits
    most_admitted: int
    longest_stuck_seconds: int


def run_openings(
    make: Make, permits: int, openings: int, seed: int, weights: Mapping[Fate, float] = ONE_IN_TWENTY_SAYS_NOTHING
) -> Tally:
    """Let the threads ask a breaker in so many openings; *seed* draws the fates of the trials by their *weights*."""
    policy, clock, random = BreakerPolicy(trials=permits), JostlingClock(), Random(seed)  # noqa: S311 - a repeatable draw
    breaker, admitted, stuck = make(policy, clock), [], []
    with threads_changing_often(), ThreadPoolExecutor(THREADS) as crowd:
        for _ in range(openings):
            open_and_rest(breaker, policy, clock)
            fates = random.choices(list(weights), weights=list(weights.values()), k=THREADS)
            admitted.append(ask_together(crowd, breaker, fates))
            stuck.append(close(breaker, clock))
            if breaker.state is not State.CLOSED:
                breaker = make(policy, clock)
    return Tally(
        openings=openings,
        wrong=sum(number != permits for number in admitted),
        most_admitted=max(admitted),
        longest_stuck_seconds=max(stuck),
    )


@contextmanager
def threads_changing_often() -> Iterator[None]:
    """Let the interpreter change threads as often as it can, so that what is not locked goes wrong soon."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def open_and_rest(breaker: StatefulBreaker, policy: BreakerPolicy, clock: Clock) -> None:
    while breaker.state is not State.OPEN:
        breaker.note(breaker.admit(), Outcome.FAILURE)
    clock.sleep(policy.open_seconds)


def ask_together(crowd: ThreadPoolExecutor, breaker: StatefulBreaker, fates: list[Fate]) -> int:
    """Let a thread for each fate ask, and return how many went out."""
    # A thread that fails never comes: then the others do not wait for ever.
    start, everybody_asked = Barrier(THREADS, timeout=20), Barrier(THREADS, timeout=20)

    def go_out(fate: Fate) -> None:
        everybody_asked.wait()
        if fate is Fate.FAIL:
            raise ConnectionFailedError("refused", Evidence(verdict=Verdict.NOT_SENT))
        if fate is Fate.BREAK:
            raise Broken

    def ask(fate: Fate) -> bool:
        start.wait()
        try:
            if fate is Fate.VANISH:
                breaker.admit()
                everybody_asked.wait()
            else:
                guarded(breaker, breaker.admit(), lambda: go_out(fate))
        except BreakerOpenError:
            everybody_asked.wait()
            return False
        except (ConnectionFailedError, Broken):
            return True
        return True

    return sum(crowd.map(ask, fates))


def close(breaker: StatefulBreaker, clock: Clock) -> int:
    """Let calls go out and pass until the breaker is closed; return for how many seconds it was stuck half-open."""
    stuck_seconds = 0
    while breaker.state is not State.CLOSED and stuck_seconds < GIVE_UP_SECONDS:
        with suppress(BreakerOpenError):
            breaker.note(breaker.admit(), Outcome.SUCCESS)
            continue
        stuck_seconds += breaker.state is State.HALF_OPEN
        clock.sleep(1)
    return stuck_seconds
