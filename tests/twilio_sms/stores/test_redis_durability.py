"""Only a Redis that writes each opt-out to disk, and drops none, may keep them."""

import pytest

from twilio_sms.stores.redis_durability import find_risk

SAFE = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}


@pytest.mark.parametrize("policy", ["noeviction", "volatile-lru", "volatile-ttl"])
def test_a_redis_that_writes_at_once_and_drops_nothing_is_safe(policy):
    assert find_risk({**SAFE, "maxmemory-policy": policy}) is None


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("appendonly", "no", "set appendonly yes in"),
        ("appendfsync", "everysec", "set appendfsync always in"),
        ("appendfsync", "no", "set appendfsync always in"),
        ("maxmemory-policy", "allkeys-lru", "set maxmemory-policy noeviction in"),
    ],
)
def test_each_way_to_lose_an_opt_out_is_named_with_what_to_do(name, value, advice):
    risk = find_risk({**SAFE, name: value})

    assert f"({name} is {value})" in risk
    assert advice in risk


def test_what_the_server_does_not_tell_is_a_risk():
    assert "appendonly is not told, appendfsync is not told" in find_risk(dict.fromkeys(SAFE))
