"""Whether the circuit breaker keeps its promises, and what it costs: G13, G14 and its half of G18.

Prints ``name value goal PASS|FAIL`` for each figure, and the same figures of a naive breaker, whose goal is to be found
out. ``--seed 7`` draws other fates; ``--openings 50 --every 10`` is the short form. Ends with status 0
either way.
"""

import argparse
from dataclasses import replace
from time import thread_time_ns

from breaker_orders import compare
from breaker_trials import HALF_VANISH, run_openings
from figures import report
from naive_breaker import NaiveBreaker

from twilio_sms.clock import Clock, SystemClock
from twilio_sms.resilience.breaker import Breaker, BreakerPolicy
from twilio_sms.resilience.breaker_table import Outcome

LIMITS_AND_TRIALS = ((1, 1), (2, 1), (1, 2), (2, 2))
NAIVE_OPENINGS = 20  # so many find them out
CALLS = 100_000
RUNS = 9


def report_trials(openings: int, seed: int) -> None:
    """G13: exactly as many trials as permits, and never stuck."""
    for permits in (1, 3):
        tally = run_openings(Breaker, permits, openings, seed)
        name = f"G13_{permits}_permits"
        report(f"{name}_openings_with_other_trials", tally.wrong, "==0")
        report(f"{name}_most_admitted", tally.most_admitted, f"=={permits}")
        report(f"{name}_stuck_seconds", tally.longest_stuck_seconds, "<=60")
    naive = run_openings(NaiveBreaker, 1, NAIVE_OPENINGS, seed)
    report("G13_naive_most_admitted", naive.most_admitted, ">1")
    trusting = run_openings(make_without_watchdog, 1, NAIVE_OPENINGS, seed, HALF_VANISH).longest_stuck_seconds
    report("G13_without_watchdog_stuck_seconds", trusting, ">60")


def make_without_watchdog(policy: BreakerPolicy, clock: Clock) -> Breaker:
    return Breaker(replace(policy, max_half_open_seconds=1e9), clock)


def report_orders(every: int) -> None:
    """G14: every order of four calls over three epochs leaves the breaker where the model is."""
    found = [compare(limit, trials, every=every) for limit, trials in LIMITS_AND_TRIALS]
    run, differing = (sum(numbers) for numbers in zip(*found, strict=True))
    report("G14_orders", run, ">=20000")
    report("G14_orders_that_differ", differing, "==0")
    _run, naive = compare(1, 1, NaiveBreaker, every)
    report("G14_naive_orders_that_differ", naive, ">0")


def report_cost() -> None:
    """G18: what a call pays while all is well, with nobody else at the breaker; in time of the processor."""
    microseconds = min(_microseconds(Breaker(BreakerPolicy(), SystemClock())) for _ in range(RUNS))
    report("G18_breaker_admit_and_note_us", microseconds, "<=1")


def _microseconds(breaker: Breaker) -> float:
    admit, note, success = breaker.admit, breaker.note, Outcome.SUCCESS
    began = thread_time_ns()
    for _ in range(CALLS):
        note(admit(), success)
    return (thread_time_ns() - began) / CALLS / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--openings", type=int, default=1_000)
    parser.add_argument("--every", type=int, default=1, help="go through one of so many orders")
    options = parser.parse_args()
    report_trials(options.openings, options.seed)
    report_orders(options.every)
    report_cost()


if __name__ == "__main__":
    main()
