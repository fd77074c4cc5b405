"""G16: a Redis that is gone at the start, goes in the middle, or is slow: what is let through, and how long calls take.

``redis_loss.py [seconds] [seed]``: the trouble lasts that long (5 by default, and up to half as long again by the
seed). Threads of one of four processes ask the limiter all the time, another one times the breaker, the quota and the
opt-outs. Judged are what the limiter let through alone, next to this process's share of the rate, the longest call, and
how soon after the return Redis decides again. With ``fail_open`` the first must be found out. Prints ``name value goal
PASS|FAIL``.
"""

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from threading import Event
from time import monotonic, sleep, time

from loadtests.bench.admissions import Admission, worst_excess
from loadtests.bench.figures import report
from tests.e2e.redis_callers import BURST, LIMITERS, RATE, Entry
from tests.redis_process import FORGETFUL, RedisProcess
from twilio_sms.clock import SystemClock
from twilio_sms.errors import OptOutUnknownError
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.breaker_table import Outcome
from twilio_sms.stores.redis_shared import RedisShared

PROCESSES = 4
THREADS = 4
SECONDS = 5.0
SEED = 16
AROUND_SECONDS = 1.0  # in which all is well, before the trouble
AFTER_SECONDS = 2.5

Trouble = Callable[[RedisProcess, float], None]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What came of one trouble."""

    sends_over: int  # beyond this process's share, while Redis was gone
    alone: int  # let through without Redis
    longest_call_seconds: float
    back_seconds: float
    unknown_opt_outs: int


def gone_at_the_start(server: RedisProcess, seconds: float) -> None:
    sleep(seconds)
    server.start()


def gone_in_the_middle(server: RedisProcess, seconds: float) -> None:
    server.start()
    sleep(AROUND_SECONDS)
    server.kill()
    sleep(seconds)
    server.start()


def slow(server: RedisProcess, seconds: float) -> None:
    server.start()
    sleep(AROUND_SECONDS)
    server.pause()
    sleep(seconds)
    server.resume()


TROUBLES: dict[str, Trouble] = {"at_start": gone_at_the_start, "in_the_middle": gone_in_the_middle, "slow": slow}


def run(limiter: str, trouble: Trouble, seconds: float) -> Seen:
    """Use a Redis of its own while it has *trouble* for so long."""
    server, stop = RedisProcess(*FORGETFUL), Event()
    send = LIMITERS[limiter](server.url, PROCESSES)
    with ThreadPoolExecutor(THREADS + 1) as pool:
        senders = [pool.submit(_send_until, stop, send) for _ in range(THREADS)]
        caller = pool.submit(_call_until, stop, server.url)
        trouble(server, seconds)
        back_us = time() * 1e6
        sleep(AFTER_SECONDS)
        stop.set()
    server.end()
    return _judged(senders, caller, back_us)


def _judged(senders: "list[Future[list[Entry]]]", caller: "Future[tuple[float, int]]", back_us: float) -> Seen:
    entries = sorted(entry for sender in senders for entry in sender.result())
    alone = [Admission(moment_us * 1000, 1, 0) for moment_us, _name, is_common in entries if not is_common]
    common_us = [moment_us for moment_us, _name, is_common in entries if is_common and moment_us > back_us]
    longest, unknown = caller.result()
    return Seen(
        sends_over=int(max(0.0, worst_excess(alone, RATE // PROCESSES, BURST // PROCESSES))),
        alone=len(alone),
        longest_call_seconds=longest,
        back_seconds=(min(common_us) - back_us) / 1e6 if common_us else float("inf"),
        unknown_opt_outs=unknown,
    )


def _send_until(stop: Event, send: Callable[[], tuple[int, bool]]) -> list[Entry]:
    given = []
    while not stop.is_set():
        moment_us, is_common = send()
        given.append((moment_us, "", is_common))
    return given


def _call_until(stop: Event, url: str) -> tuple[float, int]:
    """Return how long the longest call took, and how often it was not known who opted out."""
    shared, longest, unknown = RedisShared(url, processes=PROCESSES, allow_loss=True), 0.0, 0
    breaker, quota = shared.breaker(BreakerPolicy(), "account", SystemClock(), []), shared.quota("a", SystemClock())
    opt_outs = shared.opt_outs()
    calls = (
        lambda: breaker.note(breaker.admit(), Outcome.SUCCESS),
        quota.take,
        lambda: opt_outs.current("+15551234567"),
    )
    while not stop.is_set():
        for call in calls:
            began = monotonic()
            with suppress(OptOutUnknownError):
                call()
                unknown -= 1
            unknown += 1
            longest = max(longest, monotonic() - began)
        sleep(0.005)
    shared.close()
    return longest, unknown


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    chance = Random(int(sys.argv[2]) if len(sys.argv) > 2 else SEED)
    for name, trouble in TROUBLES.items():
        seen = run("ours", trouble, seconds * (1 + chance.random() / 2))
        report(f"g16_{name}_sends_over_the_share", seen.sends_over, "==0")
        report(f"g16_{name}_sends_alone", seen.alone, ">0")
        report(f"g16_{name}_opt_outs_unknown", seen.unknown_opt_outs, ">0")
        longest = seen.longest_call_seconds
        report(f"g16_{name}_longest_call_seconds", longest, "<=1")
        report(f"g16_{name}_back_seconds", seen.back_seconds, "<=2")
    naive = run("open", gone_in_the_middle, min(seconds, 1.0)).sends_over
    report("g16_sends_over_the_share_by_fail_open", naive, ">0")


if __name__ == "__main__":
    main()
