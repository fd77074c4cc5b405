"""All processes pay their retries out of one quota, and out of a share of it while Redis is gone."""

import pytest

from tests.redis_doubles import server_on
from twilio_sms.resilience.quota import RetryQuota
from twilio_sms.stores.redis_quota import RedisQuota


def quota(server, capacity=20, local=5):
    return RedisQuota(server, "{a}:quota", RetryQuota(capacity), RetryQuota(local))


def test_two_processes_spend_the_same_tokens(server, connection, clock):
    one, other = quota(server), quota(server_on(connection, clock))

    taken = [one.take(), other.take(), one.take(), other.take(), one.take()]

    assert taken == [True, True, True, True, False]


def test_five_successes_pay_for_a_retry(server):
    shared = quota(server)
    while shared.take():
        pass

    early = [shared.on_success() or shared.take() for _ in range(4)]
    shared.on_success()

    assert (early, shared.take()) == ([False] * 4, True)


def test_it_never_holds_more_than_its_capacity(server):
    shared = quota(server)
    shared.take()

    for _ in range(100):
        shared.on_success()

    assert [shared.take() for _ in range(5)] == [True] * 4 + [False]


def test_while_all_is_well_nothing_is_written(server, redis):
    quota(server).on_success()

    assert redis.keys() == []


def test_a_quota_that_nobody_touches_is_forgotten_after_a_day(server, redis):
    quota(server).take()

    assert 23 * 3600 < redis.ttl("{a}:quota") <= 24 * 3600


def test_without_redis_a_share_is_spent(server, connection):
    shared = quota(server)
    connection.is_gone = True

    taken = [shared.take(), shared.take()]
    for _ in range(5):
        shared.on_success()

    assert [*taken, shared.take()] == [True, False, True]


@pytest.mark.parametrize("capacity", [5, 7])
def test_what_is_left_and_pays_for_no_retry_pays_for_none(server, capacity):
    shared = quota(server, capacity)

    assert [shared.take(), shared.take()] == [True, False]
