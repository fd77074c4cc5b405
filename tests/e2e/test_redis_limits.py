"""Processes keep one limit in Redis, kills and all; one that reads, decides and writes is found out: G15."""

from functools import partial

import pytest

from tests.e2e.redis_limits import BURST, KILLS, excess, kill_and_start, run
from tests.redis_process import HAS_REDIS, WHY_NOT, RedisProcess

pytestmark = pytest.mark.skipif(not HAS_REDIS, reason=WHY_NOT)
PROCESSES = 3
SECONDS = 2.0


def nothing(_server: RedisProcess) -> None:
    return


def test_processes_together_keep_the_limit() -> None:
    given = run("ours", SECONDS, nothing, PROCESSES)

    by_redis = [entry for entry in given if entry[2]]  # on a busy machine it may seem to be gone for a moment
    assert len(by_redis) > BURST
    assert excess(by_redis) <= 1


def test_a_redis_that_forgets_everything_costs_a_burst_each_time() -> None:
    given = run("ours", SECONDS, partial(kill_and_start, seconds=SECONDS, seed=1), PROCESSES)

    assert {is_common for _moment, _name, is_common in given} == {True, False}
    assert excess(given) <= BURST * (1 + KILLS)


def test_a_limiter_that_reads_decides_and_writes_is_found_out() -> None:
    assert excess(run("naive", 1.0, nothing, PROCESSES)) > 1
