"""G15: eight processes keep one limit in Redis, also when it is killed and has forgotten everything.

``redis_limits.py [seconds] [seed]`` runs them (30 seconds by default) against 300 messages a second with a burst of 20:
on a Redis that goes on, and on one that keeps nothing on disk and is killed and started again three times. The same is
done with a limiter that reads the bucket, decides and writes it, which must be found out. This process judges what the
others were given. Prints ``name value goal PASS|FAIL``.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import sleep

from loadtests.bench.admissions import Admission, unfairness, utilisation, worst_excess
from loadtests.bench.figures import report
from tests.e2e.redis_callers import BURST, RATE, Entry
from tests.redis_process import FORGETFUL, RedisProcess

ROOT = Path(__file__).parents[2]
PROCESSES = 8
KILLS = 3
SECONDS = 30.0
SEED = 15
LONGEST_GONE_SECONDS = 0.5


def run(
    limiter: str, seconds: float, meanwhile: Callable[[RedisProcess], None], processes: int = PROCESSES
) -> list[Entry]:
    """Let so many processes ask a Redis of their own, and return what they were given."""
    server = RedisProcess(*FORGETFUL)
    server.start()
    callers = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.e2e.redis_callers",
                limiter,
                server.url,
                str(seconds),
                str(PROCESSES),
                str(n),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )
        for n in range(processes)
    ]
    try:
        for caller in callers:
            assert caller.stdout is not None
            caller.stdout.readline()
        meanwhile(server)
        return [tuple(entry) for caller in callers for entry in json.loads(caller.communicate()[0])]
    finally:
        for caller in callers:
            caller.kill()
            caller.wait()
            caller.stdout.close()
        server.end()


def kill_and_start(server: RedisProcess, seconds: float, seed: int) -> None:
    """Kill *server* three times at random moments; it is gone for a while each time."""
    chance = Random(seed)
    for _ in range(KILLS):
        part = seconds / KILLS * 0.8
        gone = chance.uniform(0, min(LONGEST_GONE_SECONDS, part / 3))
        before = chance.uniform(0, part - gone)
        sleep(before)
        server.kill()
        sleep(gone)
        server.start()
        sleep(part - gone - before)


def excess(entries: list[Entry]) -> float:
    return worst_excess(_admissions(entries), RATE, BURST)


def _admissions(entries: list[Entry]) -> list[Admission]:
    return [Admission(moment_us * 1000, 1, int(name)) for moment_us, name, _is_common in entries]


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    calm = run("ours", seconds, lambda _server: None)
    most = BURST * (1 + KILLS)
    report("g15_worst_excess_tokens", excess(calm), "<=1")
    used, unfair = utilisation(_admissions(calm), RATE, BURST), unfairness(_admissions(calm), PROCESSES)
    report("g15_utilisation", used)
    report("g15_luckiest_over_unluckiest_process", unfair)
    killed = run("ours", seconds, lambda server: kill_and_start(server, seconds, seed))
    report(f"g15_worst_excess_with_{KILLS}_kills_tokens", excess(killed), f"<={most}")
    alone = sum(not is_common for _moment, _name, is_common in killed)
    report("g15_let_through_without_redis", alone)
    naive = run("naive", min(seconds, 5.0), lambda _server: None)
    report("g15_worst_excess_of_naive_tokens", excess(naive), ">1")


if __name__ == "__main__":
    main()
