"""A signal handler that raises between any two lines leaves the breaker and the limiter usable."""

import linecache
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.doubles import RECIPIENT, SENDER, HandClock
from twilio_sms import resilience
from twilio_sms.errors import BreakerOpenError
from twilio_sms.resilience.breaker import Breaker, BreakerPolicy, Change
from twilio_sms.resilience.breaker_table import Outcome, State
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.rate_limit import RateLimiter
from twilio_sms.resilience.token_bucket import NS_PER_SECOND as NS
from twilio_sms.resilience.token_bucket import Rate, TokenBucket

FOLDER = str(Path(resilience.__file__).parent)
ENOUGH_SECONDS = 200.0  # for an open breaker, a trial that never came back, and every bucket


class Interrupt(BaseException):
    """What the handler raises."""


class Interruption:
    """Raises at the *nth* line of this package that is run; not where a lock is let go, which no signal can hit."""

    def __init__(self, nth: int) -> None:
        self._left = nth

    def __call__(self, frame: FrameType, event: str, _argument: object) -> Any:
        if not frame.f_code.co_filename.startswith(FOLDER):
            return None
        if event == "line" and not linecache.getline(frame.f_code.co_filename, frame.f_lineno).strip().startswith(
            "with "
        ):
            self._left -= 1
            if self._left == 0:
                raise Interrupt
        return self

    def hits(self, work: Callable[[], object]) -> bool:
        """Do *work*; return whether it was long enough to be interrupted."""
        before = sys.gettrace()
        sys.settrace(self)
        try:
            with suppress(Interrupt):
                work()
        finally:
            sys.settrace(before)
        return self._left <= 0


def every_interruption(make: Callable[[], Any], work: Callable[[Any], object]) -> list[Any]:
    """Return what *make* made, once for each line of *work* at which it was interrupted."""
    interrupted = []
    while True:
        thing = make()
        if not Interruption(len(interrupted) + 1).hits(lambda thing=thing: work(thing)):
            return interrupted
        interrupted.append(thing)


class Scene:
    """A breaker, its clock and what was told of it."""

    def __init__(self, trials: int) -> None:
        self.clock = HandClock()
        self.told: list[Change] = []
        self.breaker = Breaker(BreakerPolicy(failures=2, trials=trials), self.clock, [self.told.append])

    def call(self, outcome: Outcome) -> None:
        with suppress(BreakerOpenError):
            self.breaker.note(self.breaker.admit(), outcome)

    def open_and_close(self) -> None:
        self.call(Outcome.FAILURE)
        self.call(Outcome.FAILURE)
        self.clock.sleep(30)
        self.call(Outcome.NEUTRAL)
        self.call(Outcome.SUCCESS)
        self.call(Outcome.SUCCESS)

    def state_after(self, outcome: Outcome, calls: int) -> State:
        for _ in range(calls):
            self.call(outcome)
        return self.breaker.state


@pytest.mark.parametrize("trials", [1, 2])
def test_a_breaker_closes_and_opens_and_tells_of_it_wherever_it_was_interrupted(trials):
    scenes = every_interruption(lambda: Scene(trials), Scene.open_and_close)

    assert len(scenes) > 100
    for scene in scenes:
        scene.clock.sleep(ENOUGH_SECONDS)
        assert scene.state_after(Outcome.SUCCESS, calls=3) is State.CLOSED
        scene.told.clear()
        assert scene.state_after(Outcome.FAILURE, calls=2) is State.OPEN
        assert scene.told[-1].after is State.OPEN


def test_a_breaker_opens_after_its_failures_wherever_it_was_interrupted():
    for scene in every_interruption(lambda: Scene(1), lambda scene: scene.state_after(Outcome.FAILURE, calls=2)):
        assert scene.state_after(Outcome.FAILURE, calls=2) is State.OPEN


class Gate:
    """A limiter and its clock."""

    def __init__(self) -> None:
        self.clock = HandClock()
        limits = RateLimits(global_rate=Rate(2, 1), recipient_rate=Rate(1, 1), long_code_rate=Rate(1, 1))
        self.limiter = RateLimiter(limits, self.clock)

    def pass_thrice(self) -> None:
        for _ in range(3):
            self.acquire()

    def acquire(self) -> float:
        return self.limiter.acquire(RECIPIENT, SENDER, lambda: 1)


def test_a_limiter_lets_the_next_pass_wherever_it_was_interrupted():
    gates = every_interruption(Gate, Gate.pass_thrice)

    assert len(gates) > 100
    for gate in gates:
        assert [fill.waiting for fill in gate.limiter.snapshot() if fill.waiting] == []
        gate.clock.sleep(ENOUGH_SECONDS)
        assert gate.acquire() == 0.0


def test_an_interrupted_bucket_gives_no_token_twice():
    buckets = every_interruption(lambda: TokenBucket.empty(Rate(1, 10), 0), lambda bucket: bucket.wait_ns(9, 3 * NS))

    assert len(buckets) > 3
    assert [bucket for bucket in buckets if bucket.tokens(3 * NS) > 3] == []
