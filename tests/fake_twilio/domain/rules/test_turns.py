"""Tests of whose turn it is."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.rules.turns import ALWAYS, Per, Turn

DRAWS = Draws(1)
ENVELOPE = Envelope(to="to", sender="from", body="body", service_sid="service", account_sid="account")


def taken(turn: Turn, until: int = 12) -> list[int]:
    return [count for count in range(1, until + 1) if turn.takes(count, DRAWS, "rule")]


@pytest.mark.parametrize(
    ("turn", "counts"),
    [
        (Turn(first=3), [1, 2, 3]),
        (Turn(nth=frozenset({1, 3})), [1, 3]),
        (Turn(every=5), [5, 10]),
        (Turn(every=2, first=7), [2, 4, 6]),
        (Turn(every=2, nth=frozenset({2, 3})), [2]),
        (ALWAYS, list(range(1, 13))),
    ],
)
def test_all_that_is_said_must_hold(turn: Turn, counts: list[int]) -> None:
    assert taken(turn) == counts


@given(count=st.integers(1, 10**9), every=st.integers(1, 10**6))
def test_of_a_number_in_a_row_one_is_taken(count: int, every: int) -> None:
    turn = Turn(every=every)

    assert turn.takes(count, DRAWS, "rule") == (count % every == 0)


def test_probability_takes_its_share_of_those_that_fit() -> None:
    turn = Turn(probability=0.25)
    taken = sum(turn.takes(0, Draws(4, number), "rule") for number in range(4_000))

    assert taken / 4_000 == pytest.approx(0.25, abs=0.02)
    assert not Turn(probability=1.0, first=1).takes(2, DRAWS, "rule")


@pytest.mark.parametrize(("elapsed", "is_time"), [(9.9, False), (10.0, True), (39.9, True), (40.0, False)])
def test_the_end_of_a_time_is_no_part_of_it(elapsed: float, is_time: bool) -> None:
    assert Turn(since=10.0, until=40.0).is_time(elapsed) is is_time


def test_without_a_time_it_is_always_time() -> None:
    assert ALWAYS.is_time(0.0)
    assert ALWAYS.is_time(1e12)
    assert ALWAYS.until == inf


@pytest.mark.parametrize(
    ("turn", "counts"),
    [(ALWAYS, False), (Turn(probability=0.5, since=1.0), False), (Turn(first=1), True), (Turn(every=1), True)],
)
def test_only_who_counts_counts(turn: Turn, counts: bool) -> None:
    assert turn.counts is counts


@pytest.mark.parametrize("per", [Per.TO, Per.FROM, Per.SERVICE, Per.ACCOUNT])
def test_each_value_is_counted_for_itself(per: Per) -> None:
    assert Turn(per=per).key(ENVELOPE) == per.value
    assert ALWAYS.key(ENVELOPE) == ""


def test_long_bodies_are_counted_by_something_short() -> None:
    one, other = (Envelope(to="", sender="", body=body) for body in ("x" * 1_600, "x" * 1_599 + "\ud800"))

    assert Turn(per=Per.BODY).key(one) != Turn(per=Per.BODY).key(other)
    assert len(Turn(per=Per.BODY).key(one)) == 32
