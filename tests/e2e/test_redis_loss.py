"""Without Redis a process keeps to its share, nobody knows who opted out, and Redis decides again afterwards: G16."""

import pytest

from tests.e2e.redis_loss import TROUBLES, run
from tests.redis_process import HAS_REDIS, WHY_NOT

pytestmark = pytest.mark.skipif(not HAS_REDIS, reason=WHY_NOT)
SECONDS = 0.7


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_process_keeps_to_its_share_until_redis_is_back(trouble: str) -> None:
    seen = run("ours", TROUBLES[trouble], SECONDS)

    assert seen.alone > 0
    assert seen.sends_over == 0
    assert seen.unknown_opt_outs > 0
    assert seen.back_seconds < float("inf")


def test_a_limiter_that_lets_everything_through_is_found_out() -> None:
    assert run("open", TROUBLES["in_the_middle"], 0.2).sends_over > 0
