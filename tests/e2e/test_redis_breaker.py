"""The short form of the shared breaker's figures, on a real Redis."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.redis_process import FORGETFUL, HAS_REDIS, WHY_NOT, RedisProcess

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not HAS_REDIS, reason=WHY_NOT)
def test_the_shared_breaker_stands_as_the_model_in_each_order_and_lets_out_as_many_trials_as_permits():
    process = RedisProcess(*FORGETFUL)
    process.start()
    bench = str(ROOT / "loadtests" / "bench" / "redis_breaker.py")
    command = [sys.executable, bench, process.url, "--openings", "10", "--every", "200"]

    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=50, env=environment)
    process.end()

    assert done.returncode == 0, done.stderr
    judged = dict(re.findall(r"^(G1[34]\S+) \S+ ==0 (PASS|FAIL)$", done.stdout, re.MULTILINE))
    assert len(judged) == 3
    assert set(judged.values()) == {"PASS"}, done.stdout
