"""Whether the breaker that processes share in Redis keeps the promises of the local one: G13 and G14.

``redis_breaker.py <url>`` goes through every order of four calls over three epochs, and has 64 threads ask a half-open
breaker at the same time; the server's clock is moved by hand. The keys are new ones, with a prefix of their own, and
stay until they expire: use a Redis that may be emptied. Prints ``name value goal PASS|FAIL``. ``--seed 7`` draws other
fates; ``--openings 20 --every 100`` is the short form, and ``--every 1`` takes minutes. Ends with status 0 either way.
"""

import argparse
from collections.abc import Callable, Sequence
from itertools import count
from typing import TypeVar

from breaker_orders import compare
from breaker_trials import run_openings
from figures import report

from twilio_sms.clock import Clock
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.stores.redis_breaker import RedisBreaker
from twilio_sms.stores.redis_connection import RedisConnection
from twilio_sms.stores.redis_keys import Keys
from twilio_sms.stores.redis_script import NOW, Script
from twilio_sms.stores.redis_server import RedisServer

T = TypeVar("T")
LIMITS_AND_TRIALS = ((1, 1), (2, 1), (1, 2), (2, 2))
START_US = 1_767_225_600_000_000  # 2026-01-01
TIMEOUT_SECONDS = 5.0  # 64 threads at once on a busy machine are no outage


class HandTimed:
    """Runs scripts by a clock that is moved by hand, in the place of the server's."""

    def __init__(self, connection: RedisConnection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def run(self, script: Script[T], keys: Sequence[str], arguments: Sequence[str | int]) -> T:
        by_hand = Script(script.text.replace(NOW, "local now = tonumber(table.remove(ARGV))\n"), script.read)
        return self._connection.run(by_hand, keys, [*arguments, START_US + self._clock.monotonic_ns() // 1000])

    def setting(self, name: str) -> str | None:
        return self._connection.setting(name)


def maker(url: str) -> Callable[[BreakerPolicy, Clock], RedisBreaker]:
    """Return what makes a breaker that nobody else uses."""
    connection, numbers = RedisConnection.to(url, TIMEOUT_SECONDS), count()

    def make(policy: BreakerPolicy, clock: Clock) -> RedisBreaker:
        server = RedisServer(HandTimed(connection, clock), clock, "bench:probe")
        return RedisBreaker(policy, server=server, keys=Keys("bench", str(next(numbers))), clock=clock)

    return make


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--openings", type=int, default=200)
    parser.add_argument("--every", type=int, default=10, help="go through one of so many orders; all take minutes")
    options = parser.parse_args()
    make = maker(options.url)
    found = [compare(limit, trials, make, options.every) for limit, trials in LIMITS_AND_TRIALS]
    run, differing = (sum(numbers) for numbers in zip(*found, strict=True))
    report("G14_redis_orders", run, ">=20000")
    report("G14_redis_orders_that_differ", differing, "==0")
    for permits in (1, 3):
        tally = run_openings(make, permits, options.openings, options.seed)
        report(f"G13_redis_{permits}_permits_openings_with_other_trials", tally.wrong, "==0")
        stuck = tally.longest_stuck_seconds
        report(f"G13_redis_{permits}_permits_stuck_seconds", stuck, "<=60")


if __name__ == "__main__":
    main()
