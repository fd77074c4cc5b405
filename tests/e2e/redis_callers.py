"""A process of threads that ask a shared limiter again and again, and when each message was let through.

Run by `redis_limits.py`: ``redis_callers.py <limiter> <url> <seconds> <processes> <name>`` prints an empty line when it
has begun, and at its end a JSON list of [microsecond, name, whether Redis decided].

The moment that counts is that of the decision. Where Redis decides, that is what its script took for now, which a
witness adds to what the script returns; where the process decides alone, it is the last time that its limiter read the
clock, moved to the same time scale.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import local
from typing import Any

from redis import Redis

from twilio_sms.clock import Clock, SystemClock
from twilio_sms.resilience.limits import RateLimits, ignore_hold_up
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.stores.redis_buckets import TAKE, HoldUp
from twilio_sms.stores.redis_connection import RedisConnection
from twilio_sms.stores.redis_script import Script, read_list
from twilio_sms.stores.redis_shared import RedisShared

RATE = 300
BURST = 20
THREADS = 4
ONE_LIMIT = RateLimits(global_rate=Rate(RATE, BURST), recipient_rate=None)
OFFSET_US = time.time_ns() // 1000 - time.monotonic_ns() // 1000
_WITNESSED = "return {held, longest, whole(now)}"

Entry = tuple[int, str, bool]
Send = Callable[[], tuple[int, bool]]  # returns the moment, and whether Redis decided


class Witness(SystemClock):
    """Takes down for each thread when it was let through: by Redis, or by the clock."""

    def __init__(self) -> None:
        self._seen = local()

    def monotonic_ns(self) -> int:
        now_ns = super().monotonic_ns()
        self._seen.alone_us = now_ns // 1000 + OFFSET_US
        return now_ns

    def begin(self) -> None:
        self._seen.common_us = None

    def took(self, now_us: int) -> None:
        self._seen.common_us = now_us

    def moment(self) -> tuple[int, bool]:
        is_common = self._seen.common_us is not None
        return (self._seen.common_us if is_common else self._seen.alone_us), is_common


class WitnessedConnection:
    """Asks the limiter's script for its time too; everything else goes through as it is."""

    def __init__(self, connection: RedisConnection, witness: Witness) -> None:
        self._connection = connection
        self._witness = witness
        self._take = Script(TAKE.text.replace("return {held, longest}", _WITNESSED), self._read)

    def run(self, script: Script[Any], keys: Sequence[str], arguments: Sequence[str | int]) -> Any:
        return self._connection.run(self._take if script is TAKE else script, keys, arguments)

    def setting(self, name: str) -> str | None:
        return self._connection.setting(name)

    def close(self) -> None:
        self._connection.close()

    def _read(self, reply: object) -> HoldUp | None:
        *told, now = read_list(reply)
        hold_up = TAKE.read(told)
        if hold_up is None:
            self._witness.took(int(now))
        return hold_up


def make_ours(url: str, processes: int, *, fail_open: bool = False) -> Send:
    shared, witness = RedisShared(url, processes=processes, fail_open=fail_open), Witness()
    shared._server._connection = WitnessedConnection(shared._connection, witness)
    limiter = shared.limiter(ONE_LIMIT, "account", witness, ignore_hold_up)

    def send() -> tuple[int, bool]:
        witness.begin()
        limiter.acquire("+15551234567", None, lambda: 1)
        return witness.moment()

    return send


def make_naive(url: str, _processes: int) -> Send:
    """Reads the bucket, decides, and writes it: what another process wrote in between is lost."""
    client, clock = Redis.from_url(url), SystemClock()

    def send() -> tuple[int, bool]:
        while True:
            seconds, microseconds = client.time()
            now_us = seconds * 1_000_000 + microseconds
            tokens, counted_us = (float(text) for text in (client.get("naive") or f"{BURST} {now_us}".encode()).split())
            tokens = min(BURST, tokens + (now_us - counted_us) * RATE / 1_000_000)
            if tokens >= 1:
                client.set("naive", f"{tokens - 1} {now_us}")
                return now_us, True
            clock.sleep((1 - tokens) / RATE)

    return send


LIMITERS: dict[str, Callable[[str, int], Send]] = {
    "ours": make_ours,
    "open": partial(make_ours, fail_open=True),
    "naive": make_naive,
}


def ask(send: Send, clock: Clock, end: float, name: str) -> list[Entry]:
    given = []
    while clock.monotonic() < end:
        moment_us, is_common = send()
        given.append((moment_us, name, is_common))
    return given


def main() -> None:
    limiter, url, seconds, processes, name = sys.argv[1:]
    clock = SystemClock()
    send = LIMITERS[limiter](url, int(processes))
    end = clock.monotonic() + float(seconds)
    with ThreadPoolExecutor(THREADS) as pool:
        runs = [pool.submit(ask, send, clock, end, name) for _ in range(THREADS)]
        print(flush=True)
        json.dump([entry for run in runs for entry in run.result()], sys.stdout)


if __name__ == "__main__":
    main()
