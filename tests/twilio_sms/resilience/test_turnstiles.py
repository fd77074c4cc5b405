"""Buckets are made when needed; one is dropped only when a new one would be the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.resilience.token_bucket import Rate, TokenBucket
from twilio_sms.resilience.turnstiles import Turnstiles

SECOND = 1_000_000_000


@pytest.fixture
def turnstiles() -> Turnstiles:
    return Turnstiles(Rate(1, 2), at_most=2)


def keys(turnstiles: Turnstiles) -> list[str]:
    return [key for key, _ in turnstiles.items()]


def use(turnstiles: Turnstiles, key: str, now_ns: int) -> None:
    bucket = turnstiles.get(key, now_ns).bucket
    bucket.wait_ns(1, now_ns)
    bucket.take(1)


def test_a_key_keeps_its_turnstile_and_a_new_one_is_full(turnstiles):
    first = turnstiles.get("a", 0)

    assert turnstiles.get("a", 0) is first
    assert turnstiles.get("b", 0) is not first
    assert first.bucket.tokens(0) == 2


def test_the_oldest_that_is_full_makes_room(turnstiles):
    for key in ("a", "b", "c"):
        turnstiles.get(key, 0)

    assert keys(turnstiles) == ["b", "c"]


def test_one_that_is_not_full_gets_a_second_chance(turnstiles):
    use(turnstiles, "a", 0)
    turnstiles.get("b", 0)

    turnstiles.get("c", 0)

    assert keys(turnstiles) == ["a", "c"]


def test_one_with_a_line_stays_even_when_it_is_full(turnstiles):
    turnstiles.get("a", 0).join(1, 1)
    turnstiles.get("b", 0)

    turnstiles.get("c", 0)

    assert keys(turnstiles) == ["a", "c"]


def test_while_none_is_full_the_bound_gives_way_and_then_comes_back(turnstiles):
    for key in "abcdef":
        use(turnstiles, key, 0)
    grown = len(turnstiles)

    for key in "ghijk":
        turnstiles.get(key, 2 * SECOND)

    assert grown == 6
    assert len(turnstiles) == 2


def test_after_a_fork_each_bucket_starts_empty_also_one_that_is_made_later(turnstiles):
    turnstiles.get("a", 0)

    turnstiles.begin_empty(7 * SECOND)

    assert len(turnstiles) == 0
    assert turnstiles.get("a", 7 * SECOND).bucket.tokens(7 * SECOND) == 0
    assert turnstiles.get("b", 8 * SECOND).bucket.tokens(8 * SECOND) == 1
    assert turnstiles.get("c", 99 * SECOND).bucket.tokens(99 * SECOND) == 2


@given(uses=st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 2 * SECOND)), max_size=60))
def test_nothing_is_lost_with_what_was_dropped(uses):
    few, all_of_them, now_ns = Turnstiles(Rate(1, 2), at_most=1), {}, 0
    for key, pause_ns in uses:
        now_ns += pause_ns
        bucket = few.get(key, now_ns).bucket
        kept = all_of_them.setdefault(key, TokenBucket.full(Rate(1, 2), 0))

        assert bucket.tokens(now_ns) == kept.tokens(now_ns)
        if kept.wait_ns(1, now_ns) == 0:
            kept.take(1)
            bucket.take(1)
