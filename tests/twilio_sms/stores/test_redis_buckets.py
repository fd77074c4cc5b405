"""Buckets in Redis give what an exact count gives, all or nothing, by the server's clock."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.doubles import RECIPIENT
from twilio_sms.errors import ValidationError
from twilio_sms.resilience.token_bucket import Rate, TokenBucket
from twilio_sms.stores.redis_buckets import MOST_GRAINS, Grains, HoldUp, RedisBuckets
from twilio_sms.stores.redis_keys import Keys

KEYS = Keys("test", "scope")
RATES = {"global_rate": Rate(10, 3), "recipient_rate": Rate(1, 2)}
ALL = ("global_rate", "", 1)
ONE = ("recipient_rate", RECIPIENT, 1)
SHARED_FIXTURES = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def buckets(server):
    return RedisBuckets(server, KEYS, RATES)


def test_the_burst_passes_and_the_next_is_told_how_long_to_wait(buckets):
    taken = [buckets.take([ALL]) for _ in range(4)]

    assert taken == [None, None, None, HoldUp(0, 100_000)]


def test_a_token_comes_back_to_the_microsecond(buckets, clock):
    for _ in range(3):
        buckets.take([ALL])

    clock.sleep(0.099_999)
    early = buckets.take([ALL])
    clock.sleep(0.000_001)

    assert (early, buckets.take([ALL])) == (HoldUp(0, 1), None)


def test_what_is_held_up_by_one_bucket_takes_of_none(buckets):
    for _ in range(2):
        buckets.take([ONE])

    held = [buckets.take([ALL, ONE]) for _ in range(5)]

    assert held == [HoldUp(1, 1_000_000)] * 5
    assert [buckets.take([ALL]) for _ in range(4)] == [None, None, None, HoldUp(0, 100_000)]


def test_the_longest_wait_is_told(server):
    buckets = RedisBuckets(server, KEYS, {"a": Rate(1, 1), "b": Rate(0.1, 1), "c": Rate(2, 1)})
    claims = [("a", "", 1), ("b", "", 1), ("c", "", 1)]
    buckets.take(claims)

    assert buckets.take(claims) == HoldUp(1, 10_000_000)


def test_a_clock_that_was_set_back_gives_nothing_and_holds_nobody_up(buckets, connection, clock):
    for _ in range(3):
        buckets.take([ALL])

    connection.set_back_us = 3_600_000_000
    held = buckets.take([ALL])
    clock.sleep(0.1)

    assert (held, buckets.take([ALL]), buckets.take([ALL])) == (HoldUp(0, 100_000), None, HoldUp(0, 100_000))


def test_another_rate_or_burst_is_another_bucket(server, buckets):
    for _ in range(3):
        buckets.take([ALL])

    for rate in (Rate(10, 4), Rate(11, 3)):
        assert RedisBuckets(server, KEYS, {"global_rate": rate}).take([ALL]) is None


def test_a_bucket_is_kept_until_it_is_full_and_a_second_longer(buckets, redis):
    buckets.take([ONE])

    (key,) = redis.keys()
    assert 2_000 < redis.pttl(key) <= 3_000
    assert RECIPIENT[1:].encode() not in key


def test_a_server_that_forgot_the_script_is_told_it_again(buckets, redis):
    taken = []
    for _ in range(4):
        taken.append(buckets.take([ALL]))
        redis.script_flush()

    assert taken == [None, None, None, HoldUp(0, 100_000)]


@SHARED_FIXTURES
@given(
    per_second=st.sampled_from([0.3, 3, 333, 2_000_000]) | st.fractions(Fraction(1, 100), 1000, max_denominator=1000),
    burst=st.integers(1, 9),
    steps=st.lists(st.tuples(st.integers(0, 3_000_000), st.integers(1, 9)), min_size=1, max_size=20),
)
def test_it_decides_as_an_exact_bucket_does(server, clock, redis, per_second, burst, steps):
    redis.flushall()
    rate = Rate(per_second, burst)
    shared, exact = RedisBuckets(server, KEYS, {"a": rate}), TokenBucket.full(rate, clock.monotonic_ns())

    for passed_us, wanted in steps:
        clock._passed_ns += passed_us * 1000
        tokens = min(wanted, rate.burst)
        wait_ns = exact.wait_ns(tokens, clock.monotonic_ns())
        held = shared.take([("a", "", tokens)])
        assert (held.wait_us if held else 0) == -(-wait_ns // 1000)
        if not wait_ns:
            exact.take(tokens)


@given(rate=st.builds(Rate, st.fractions(Fraction(1, 1000), 10**9), st.integers(1, 10**6)))
def test_no_rate_is_faster_in_redis_than_it_was_written(rate):
    grains = Grains.of(rate)

    exact = Fraction(rate.grains_per_ns * 1000, rate.grains_per_token)
    assert max(grains.full, grains.per_us) <= MOST_GRAINS
    assert exact - Fraction(1, grains.per_token) < Fraction(grains.per_us, grains.per_token) <= exact


@given(rate=st.builds(Rate, st.fractions(Fraction(1, 1000), 10**9), st.integers(1, 10**6)))
def test_an_empty_bucket_fills_a_second_before_it_is_forgotten(rate):
    grains = Grains.of(rate)

    assert grains.per_us * 1000 * (grains.life_ms - 1000) >= grains.full


def test_a_rate_that_cannot_be_counted_is_refused():
    with pytest.raises(ValidationError, match="higher rate or a smaller burst"):
        Grains.of(Rate(Fraction(1, 10**9), 10**9))
