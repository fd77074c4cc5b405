"""G10, G11 and G18: whether the limiter keeps its limit under threads and pauses, and what it costs.

``rate_limit.py [seconds] [seed]`` runs 32 threads against a limit of 500 tokens a second with a burst of 50 (60 seconds
by default), in calm and while the process is stopped and continued three times. The same is done to a limiter without a
lock and to one that reserves and then sleeps: both must be found out. Steps of the wall time need no run of their own,
since there is none to be read. Each process is judged by another one, this. Prints ``name value goal PASS|FAIL`` and
ends with status 0 either way.
"""

import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from time import perf_counter, sleep

from admissions import Admission, unfairness, utilisation, worst_excess
from figures import report
from rate_limit_callers import BURST, CALLERS, LIMITERS, RATE

from twilio_sms.clock import SystemClock
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.rate_limit import RateLimiter
from twilio_sms.resilience.token_bucket import Rate

SECONDS = 60.0
SEED = 10
STOPS = 3
SHORTEST_STOP_SECONDS, LONGEST_STOP_SECONDS = 0.1, 2.0
CALLS, ROUNDS = 1000, 50


def admissions_of(limiter: str, seconds: float, seed: int, stops: int) -> list[Admission]:
    """Run the callers in a process of their own, stop and continue it meanwhile, and return its log."""
    command = [sys.executable, str(Path(__file__).with_name("rate_limit_callers.py")), limiter, str(seconds), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        stop_and_continue(process, seconds, seed, stops)
        return [Admission(*entry) for entry in json.loads(process.stdout.read())]


def stop_and_continue(process: subprocess.Popen[str], seconds: float, seed: int, stops: int) -> None:
    """Stop *process* at random moments of its time, for shorter if that is short."""
    chance = Random(seed)  # noqa: S311 - draws pauses, not a secret
    for _ in range(stops):
        part = seconds / stops
        stopped = min(chance.uniform(SHORTEST_STOP_SECONDS, LONGEST_STOP_SECONDS), part / 2)
        sleep(chance.uniform(0, part - stopped) * 0.9)  # the rest of the part it runs
        process.send_signal(signal.SIGSTOP)
        sleep(stopped)
        process.send_signal(signal.SIGCONT)


def uncontended_microseconds() -> float:
    """Return how long one message takes that passes the limit of all and that of its recipient, of many."""
    rate = Rate(10**7, 10**7)
    limiter = RateLimiter(RateLimits(global_rate=rate, recipient_rate=rate), SystemClock())
    recipients = [f"+1555{number:07}" for number in range(CALLS)]

    def one_segment() -> int:
        return 1

    def seconds() -> float:
        began = perf_counter()
        for recipient in recipients:
            limiter.acquire(recipient, "+15005550006", one_segment, deadline=None)
        return perf_counter() - began

    return min(seconds() for _ in range(ROUNDS)) / CALLS * 1e6


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    microseconds = uncontended_microseconds()
    report("g18_uncontended_acquire_microseconds", microseconds, "<=2")
    calm = admissions_of("ours", seconds, seed, 0)
    used, unfair, excess = utilisation(calm, RATE, BURST), unfairness(calm, CALLERS), worst_excess(calm, RATE, BURST)
    report("g10_worst_excess_tokens", excess, "<=1")
    report("g10_utilisation", used, ">=0.99")
    report("g10_luckiest_over_unluckiest_caller", unfair, "<=2")
    with ThreadPoolExecutor() as pool:
        runs = {name: pool.submit(admissions_of, name, seconds, seed, STOPS) for name in LIMITERS}
    excesses = {name: worst_excess(run.result(), RATE, BURST) for name, run in runs.items()}
    report("g11_worst_excess_tokens", excesses["ours"], "<=1")
    for name in ("unlocked", "reserving"):
        report(f"g11_worst_excess_of_{name}_tokens", excesses[name], ">1")


if __name__ == "__main__":
    main()
