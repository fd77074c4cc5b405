"""What the gates in front of a send cost, all let through: validation, opt-out, limiter, breaker.

Prints ``name value goal PASS|FAIL``, microseconds of one thread, the best of several rounds; ends
with status 0 either way.
"""

from collections.abc import Callable

from figures import report
from stopwatch import best_us

from twilio_sms.clock import SystemClock
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.phone import PhoneNumber
from twilio_sms.resilience.breaker import Breaker, BreakerPolicy
from twilio_sms.resilience.breaker_table import Outcome
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.rate_limit import RateLimiter
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts

CALLS, ROUNDS = 20_000, 7
RECIPIENT, SENDER = "+15551234567", "+15005550006"
GIVEN = {"to": RECIPIENT, "from_": SENDER, "body": "Your parcel has arrived."}
GENEROUS = RateLimits(global_rate=Rate(10**9, 10**6), recipient_rate=Rate(10**9, 10**6))


def gates() -> dict[str, Callable[[], object]]:
    """Return each gate as a call without arguments."""
    clock = SystemClock()
    opt_outs = OptOuts(MemoryOptOuts(), clock, cache_seconds=3600.0)
    limiter, breaker = RateLimiter(GENEROUS, clock), Breaker(BreakerPolicy(), clock)
    return {
        "validate": lambda: Draft.from_arguments(GIVEN, PhoneNumber.parse, clock.now),
        "opt_out_hit": lambda: opt_outs.check(RECIPIENT, SENDER, None),
        "limiter": lambda: limiter.acquire(RECIPIENT, SENDER, lambda: 1),
        "breaker": lambda: breaker.note(breaker.admit(), Outcome.SUCCESS),
    }


def main() -> None:
    costs = {name: best_us(call, CALLS, ROUNDS) for name, call in gates().items()}
    for name, cost in costs.items():
        print(f"# {name} {cost:.2f} us")
    report("gates_us", sum(costs.values()), "<=8")
    report("limiter_and_breaker_us", costs["limiter"] + costs["breaker"], "<=5")


if __name__ == "__main__":
    main()
