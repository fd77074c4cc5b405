"""The limiter and exact fractions agree in a few histories, and limiters with usual faults are found out."""

from math import ceil
from typing import Any

import pytest

from tests.e2e.rate_limit_model import LimiterMachine, compare
from twilio_sms.clock import Clock
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.rate_limit import RateLimiter
from twilio_sms.resilience.token_bucket import Rate, TokenBucket
from twilio_sms.resilience.turnstiles import Turnstiles


class FloatBucket(TokenBucket):
    """Counts in floats."""

    def __init__(self, rate: Rate, grains: int, now_ns: int) -> None:
        super().__init__(rate, grains, now_ns)
        self.held, self.at_ns = grains / rate.grains_per_token, now_ns

    def wait_ns(self, tokens: int, now_ns: int) -> int:
        per_ns = float(self._rate.per_second) / 1e9
        self.held = min(float(self._rate.burst), self.held + (now_ns - self.at_ns) * per_ns)
        self.at_ns = now_ns
        return max(0, ceil((tokens - self.held) / per_ns))

    def take(self, tokens: int) -> None:
        self.held -= tokens


class FloatTurnstiles(Turnstiles):
    def _new_bucket(self, now_ns: int) -> TokenBucket:
        return FloatBucket.full(self._rate, now_ns)


class ForgetfulTurnstiles(Turnstiles):
    """Drops the oldest, full or not."""

    def _drop_idle(self, now_ns: int) -> None:
        while len(self._by_key) >= self._at_most:
            self._by_key.popitem(last=False)


class FullAfterForkTurnstiles(Turnstiles):
    """Lets each child have a burst."""

    def begin_empty(self, now_ns: int) -> None:
        self._by_key.clear()


def limiter_with(kind: type[Turnstiles]) -> Any:
    def make(limits: RateLimits, clock: Clock) -> RateLimiter:
        limiter = RateLimiter(limits, clock)
        limiter._turnstiles = {name: kind(rate, limits.max_recipients) for name, rate in limits.rates().items()}
        return limiter

    return staticmethod(make)


def test_the_limiter_agrees_with_exact_fractions() -> None:
    compare(LimiterMachine, runs=60, steps=40, seed=12)


@pytest.mark.parametrize("kind", [FloatTurnstiles, ForgetfulTurnstiles, FullAfterForkTurnstiles])
def test_a_limiter_with_a_usual_fault_is_found_out(kind: type[Turnstiles]) -> None:
    faulty = type("Faulty", (LimiterMachine,), {"limiter_class": limiter_with(kind)})

    with pytest.raises(AssertionError):
        compare(faulty, runs=200, steps=40, seed=12, shortest=False)
