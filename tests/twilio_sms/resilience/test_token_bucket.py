"""A bucket agrees with fractions, to the nanosecond, and never gives more than burst + rate * time."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.errors import ValidationError
from twilio_sms.resilience.token_bucket import Rate, TokenBucket

SECOND = 1_000_000_000
YEAR = 365 * 24 * 3600 * SECOND
DECIMALS = st.decimals("0.001", 10_000, places=3).map(Fraction)
RATES = st.builds(Rate, st.fractions(Fraction(1, 1000), 10_000) | st.integers(1, 10_000), st.integers(1, 100))


@pytest.mark.parametrize(
    ("per_second", "burst", "named"),
    [
        pytest.param(0, 1, "per_second", id="zero"),
        pytest.param(-1, 1, "per_second", id="negative"),
        pytest.param(float("nan"), 1, "per_second", id="NaN"),
        pytest.param(float("inf"), 1, "per_second", id="infinite"),
        pytest.param(1e-10, 1, "per_second", id="too slow for a clock"),
        pytest.param(1e10, 1, "per_second", id="too fast for a clock"),
        pytest.param("1", 1, "per_second", id="text"),
        pytest.param(True, 1, "per_second", id="truth"),
        pytest.param(None, 1, "per_second", id="nothing"),
        pytest.param(1, 0, "burst", id="no burst"),
        pytest.param(1, -3, "burst", id="negative burst"),
        pytest.param(1, 1.0, "burst", id="burst with a point"),
        pytest.param(1, True, "burst", id="burst of truth"),
    ],
)
def test_a_wrong_rate_is_refused_by_its_name(per_second, burst, named):
    with pytest.raises(ValidationError, match=f"^{named} must be a"):
        Rate(per_second, burst)


@pytest.mark.parametrize("per_second", [1e-9, 1e9, Fraction(1, 10**9), 10**9])
def test_the_slowest_and_the_fastest_rate_are_taken(per_second):
    bucket = TokenBucket.empty(Rate(per_second, 1), 0)

    assert bucket.wait_ns(1, 0) == SECOND / Fraction(str(per_second))


@given(written=DECIMALS)
def test_a_float_means_what_it_prints_as(written):
    bucket = TokenBucket.empty(Rate(float(written), 1), 0)

    bucket.wait_ns(1, 777)

    assert bucket.tokens(777) == min(Fraction(1), written * 777 / SECOND)


def test_rates_are_equal_if_what_was_written_is():
    assert Rate(1, 3) == Rate(1.0, 3) != Rate(1, 4)


def test_a_new_bucket_holds_its_burst():
    assert TokenBucket.full(Rate(10, 30), 5).tokens(5) == 30


@pytest.mark.parametrize("tokens", [0, 1, 29, 30])
def test_nobody_waits_for_what_is_there(tokens):
    assert TokenBucket.full(Rate(10, 30), 5).wait_ns(tokens, 5) == 0


def test_a_bucket_gains_nothing_over_its_burst():
    bucket = TokenBucket.full(Rate(10, 30), 0)

    assert bucket.tokens(1000 * YEAR) == 30


@given(rate=RATES, passed_ns=st.integers(0, YEAR))
def test_an_empty_bucket_gains_its_rate(rate, passed_ns):
    bucket = TokenBucket.empty(rate, 0)

    gained = Fraction(rate.per_second) * passed_ns / SECOND

    assert bucket.tokens(passed_ns) == min(gained, rate.burst)
    assert bucket.is_full(passed_ns) == (gained >= rate.burst)


@given(rate=RATES, passed_ns=st.integers(0, 10 * SECOND), tokens=st.integers(1, 300))
def test_a_wait_is_exact_to_the_nanosecond(rate, passed_ns, tokens):
    bucket = TokenBucket.empty(rate, 0)

    wait_ns = bucket.wait_ns(tokens, passed_ns)

    missing = tokens - min(Fraction(rate.per_second) * passed_ns / SECOND, rate.burst)
    exact_ns = max(0, missing * SECOND / Fraction(rate.per_second))
    assert wait_ns == ceil(exact_ns)
    assert isinstance(wait_ns, int)


@given(rate=RATES, pauses_ns=st.lists(st.integers(0, SECOND), max_size=30))
def test_what_is_taken_is_gone_and_nothing_else(rate, pauses_ns):
    bucket, now_ns = TokenBucket.full(rate, 0), 0
    for pause_ns in pauses_ns:
        now_ns += pause_ns
        held = bucket.tokens(now_ns)
        if bucket.wait_ns(1, now_ns) == 0:
            bucket.take(1)
            held -= 1

        assert bucket.tokens(now_ns) == held >= 0


def test_a_day_of_small_steps_loses_no_grain():
    bucket = TokenBucket.empty(Rate(Fraction(1, 86_400), 1), 0)

    waits_ns = [bucket.wait_ns(1, second * SECOND) for second in range(86_400)]

    assert waits_ns == [(86_400 - second) * SECOND for second in range(86_400)]
    assert bucket.is_full(86_400 * SECOND)


def test_time_that_stands_still_brings_nothing():
    bucket = TokenBucket.empty(Rate(1, 1), 5 * SECOND)

    assert bucket.tokens(5 * SECOND) == bucket.tokens(4 * SECOND) == 0


def test_what_is_not_there_cannot_be_taken():
    bucket = TokenBucket.full(Rate(1, 1), 0)

    with pytest.raises(AssertionError):
        bucket.take(2)
