"""Only a Redis that writes each thing to disk, and drops none, may keep what must not get lost."""

import pytest

from tests.redis_doubles import HandConnection, server_on
from twilio_sms.errors import OptOutUnknownError, ValidationError
from twilio_sms.stores.redis_durability import OPT_OUTS, WEBHOOKS, DurableServer, find_risk

SAFE = {"appendonly": "yes", "appendfsync": "always", "maxmemory-policy": "noeviction"}


@pytest.fixture
def durable(server, connection):
    connection.settings = dict(SAFE)
    return DurableServer(server, OPT_OUTS, OptOutUnknownError)


@pytest.mark.parametrize("policy", ["noeviction", "volatile-lru", "volatile-ttl"])
def test_a_redis_that_writes_at_once_and_drops_nothing_is_safe(policy):
    assert find_risk(OPT_OUTS, {**SAFE, "maxmemory-policy": policy}) is None


def test_what_expires_is_dropped_by_the_policies_for_what_expires():
    assert find_risk(WEBHOOKS, SAFE) is None
    assert "maxmemory-policy is volatile-ttl" in find_risk(WEBHOOKS, {**SAFE, "maxmemory-policy": "volatile-ttl"})


@pytest.mark.parametrize("treasure", [OPT_OUTS, WEBHOOKS], ids=lambda treasure: treasure.name)
@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("appendonly", "no", "set appendonly yes in"),
        ("appendfsync", "everysec", "set appendfsync always in"),
        ("appendfsync", "no", "set appendfsync always in"),
        ("maxmemory-policy", "allkeys-lru", "set maxmemory-policy noeviction in"),
    ],
)
def test_each_way_to_lose_things_is_named_with_what_to_do(treasure, name, value, advice):
    risk = find_risk(treasure, {**SAFE, name: value})

    assert risk.startswith(treasure.name)
    assert f"({name} is {value})" in risk
    assert advice in risk
    assert treasure.elsewhere in risk


def test_what_the_server_does_not_tell_is_a_risk():
    assert "appendonly is not told, appendfsync is not told" in find_risk(OPT_OUTS, dict.fromkeys(SAFE))


def test_a_server_is_asked_once_while_it_answers(durable, connection):
    durable.check()
    durable.check()

    assert connection.asked_settings == len(SAFE)


def test_a_server_that_may_lose_things_raises_the_error_that_is_wanted(durable, connection):
    connection.settings["appendonly"] = "no"

    with pytest.raises(OptOutUnknownError):
        durable.check()
    with pytest.raises(ValidationError):
        durable.check(ValidationError)


def test_a_server_whose_loss_does_not_matter_is_not_asked(connection, clock):
    DurableServer(server_on(connection, clock), OPT_OUTS, OptOutUnknownError, allow_loss=True).check()

    assert isinstance(connection, HandConnection)
    assert connection.asked_settings == 0
