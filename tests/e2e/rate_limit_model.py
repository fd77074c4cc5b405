"""G12: the limiter next to exact fractions, in random histories of one thread.

The model knows nothing of grains, refills, tickets or eviction: a bucket is a fraction, and a wait is the exact one
rounded up to the nanosecond. Prints ``name value goal PASS|FAIL``; arguments are the number of runs of 100 steps
(10,000 by default) and a seed.
"""

import sys
from fractions import Fraction
from math import ceil
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from loadtests.bench.figures import report
from tests.doubles import HandClock
from twilio_sms.errors import LocalRateLimitError
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.rate_limit import RateLimiter
from twilio_sms.resilience.token_bucket import Rate

RUNS = 10_000
STEPS = 100
SEED = 12
SECOND = 1_000_000_000
RECIPIENTS = st.sampled_from([f"+1555000000{number}" for number in range(5)])
SENDERS = st.sampled_from(["12345", "54321", "+18885550100", "+15005550006", "MyShop", None])
LIMIT_OF_SENDER = {
    "12345": "short_code_rate",
    "54321": "short_code_rate",
    "+18885550100": "toll_free_rate",
    "+15005550006": "long_code_rate",
}
WRITTEN = [1, 3, 10, 500, 0.3, 0.1, 7.25, 1e-3, Fraction(1, 3), Fraction(22, 7)]
RATES = st.none() | st.tuples(st.sampled_from(WRITTEN), st.integers(4, 30))


class ExactClock(HandClock):
    """Sleeps to the nanosecond: a nap is short enough for a float to tell each one."""

    def sleep(self, seconds: float) -> None:
        self._passed_ns += round(seconds * SECOND)


class FractionBucket:
    """The judge's bucket."""

    def __init__(self, per_second: Any, burst: int, held: int, now_ns: int) -> None:
        self.per_second, self.burst = Fraction(str(per_second)), burst
        self.held, self.at_ns = Fraction(held), now_ns

    def tokens(self, now_ns: int) -> Fraction:
        return min(Fraction(self.burst), self.held + self.per_second * (now_ns - self.at_ns) / SECOND)

    def wait_ns(self, tokens: int, now_ns: int) -> int:
        return ceil(max(Fraction(0), tokens - self.tokens(now_ns)) / self.per_second * SECOND)

    def take(self, tokens: int, now_ns: int) -> None:
        self.held, self.at_ns = self.tokens(now_ns) - tokens, now_ns


class LimiterMachine(RuleBasedStateMachine):
    """Asks the limiter, and knows what it must answer."""

    limiter_class: Any = RateLimiter

    @initialize(rates=st.tuples(RATES, RATES, RATES, RATES, RATES), at_most=st.integers(1, 5))
    def begin(self, rates: tuple[Any, ...], at_most: int) -> None:
        names = ("global_rate", "recipient_rate", "long_code_rate", "toll_free_rate", "short_code_rate")
        self.rates = {name: rate for name, rate in zip(names, rates, strict=True) if rate}
        given = {name: self.rates.get(name) and Rate(*self.rates[name]) for name in names}
        self.clock = ExactClock()
        self.limiter = self.limiter_class(RateLimits(**given, max_recipients=at_most), self.clock)
        self.buckets: dict[tuple[str, str], FractionBucket] = {}
        self.is_forked, self.forked_ns = False, 0

    @rule(pause_ns=st.integers(0, 100) | st.integers(0, 5 * SECOND))
    def time_passes(self, pause_ns: int) -> None:
        self.clock._passed_ns += pause_ns

    @rule()
    def the_process_forks(self) -> None:
        self.limiter.begin_anew()
        self.buckets.clear()
        self.is_forked, self.forked_ns = True, self.clock.monotonic_ns()

    @rule(to=RECIPIENTS, sender=SENDERS, segments=st.integers(1, 4))
    def a_message_is_not_to_wait(self, to: str, sender: str | None, segments: int) -> None:
        self.expect(to, sender, segments, may_wait=False, wait=False)

    @rule(to=RECIPIENTS, sender=SENDERS, segments=st.integers(1, 4))
    def a_message_waits(self, to: str, sender: str | None, segments: int) -> None:
        if self.wait_ns(to, sender, segments) < 20 * SECOND:  # a thousand seconds are four thousand naps
            self.expect(to, sender, segments, may_wait=True)

    @rule(to=RECIPIENTS, sender=SENDERS, segments=st.integers(1, 4), patience_ns=st.integers(0, 2 * SECOND))
    def a_message_has_a_deadline(self, to: str, sender: str | None, segments: int, patience_ns: int) -> None:
        deadline = (self.clock.monotonic_ns() + patience_ns) / 1e9
        ready_ns = self.clock.monotonic_ns() + self.wait_ns(to, sender, segments)
        self.expect(to, sender, segments, may_wait=ready_ns <= deadline * 1e9, deadline=deadline)

    def expect(self, to: str, sender: str | None, segments: int, *, may_wait: bool, **how: Any) -> None:
        wait_ns, began_ns = self.wait_ns(to, sender, segments), self.clock.monotonic_ns()
        passes = may_wait or not wait_ns
        try:
            told = self.limiter.acquire(to, sender, lambda: segments, **how)
        except LocalRateLimitError as error:
            assert not passes
            told = error.retry_after_seconds
        else:
            assert passes
        assert told == wait_ns / 1e9
        assert self.clock.monotonic_ns() - began_ns == (wait_ns if passes else 0)
        for bucket, tokens in self.concerned(to, sender, segments) if passes else ():
            bucket.take(tokens, self.clock.monotonic_ns())

    def wait_ns(self, to: str, sender: str | None, segments: int) -> int:
        now_ns = self.clock.monotonic_ns()
        return max((b.wait_ns(tokens, now_ns) for b, tokens in self.concerned(to, sender, segments)), default=0)

    def concerned(self, to: str, sender: str | None, segments: int) -> list[tuple[FractionBucket, int]]:
        of_sender = LIMIT_OF_SENDER.get(sender or "", "")
        tokens = segments if of_sender == "short_code_rate" else 1
        keys = [("global_rate", "", 1), ("recipient_rate", to, 1), (of_sender, sender or "", tokens)]
        return [(self.bucket(name, key), tokens) for name, key, tokens in keys if name in self.rates]

    def bucket(self, name: str, key: str) -> FractionBucket:
        per_second, burst = self.rates[name]
        new = FractionBucket(per_second, burst, 0 if self.is_forked else burst, self.forked_ns)
        return self.buckets.setdefault((name, key), new)

    @invariant()
    def each_bucket_holds_what_it_should(self) -> None:
        for fill in self.limiter.snapshot():
            assert fill.tokens == float(self.bucket(fill.limit, fill.key).tokens(self.clock.monotonic_ns()))
            assert fill.waiting == 0


def compare(machine: type[LimiterMachine], runs: int, steps: int, seed: int, *, shortest: bool = True) -> None:
    """Run *machine*; raise `AssertionError` at a history in which they differ, the *shortest* if there is time."""
    sized = settings(
        max_examples=runs,
        stateful_step_count=steps,
        phases=[Phase.generate, Phase.shrink] if shortest else [Phase.generate],
        report_multiple_bugs=False,
        deadline=None,
        database=None,
        print_blob=False,
        suppress_health_check=[HealthCheck.too_slow],  # the machine is shared
    )
    run_state_machine_as_test(hypothesis.seed(seed)(machine), settings=sized)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    try:
        compare(LimiterMachine, runs, STEPS, seed)
    except AssertionError as error:
        print(error, file=sys.stderr)
        report(f"g12_histories_that_differ_of_{runs}", 1, "==0")
    else:
        report(f"g12_histories_that_differ_of_{runs}", 0, "==0")


if __name__ == "__main__":
    main()
