"""Tests of chance that can be repeated."""

from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.draws import Draws

KEYS = st.lists(st.one_of(st.text(), st.integers()), min_size=1, max_size=3)
MANY = 4_000


@given(key=KEYS, name=st.text())
def test_the_same_key_and_name_draw_the_same_and_below_one(key: list[str | int], name: str) -> None:
    drawn = Draws(*key).fraction(name)

    assert 0 <= drawn < 1
    assert Draws(*key).fraction(name) == drawn


def test_what_is_drawn_before_changes_nothing() -> None:
    draws = Draws(7, "+15551234567", 1)
    alone = draws.fraction("b")

    draws.fraction("a")

    assert draws.fraction("b") == alone


def test_seed_recipient_ordinal_and_name_each_change_the_draw() -> None:
    drawn = {
        Draws(1, "+1", 1).fraction("a"),
        Draws(2, "+1", 1).fraction("a"),
        Draws(1, "+2", 1).fraction("a"),
        Draws(1, "+1", 2).fraction("a"),
        Draws(1, "+1", 1).fraction("b"),
    }

    assert len(drawn) == 5


def test_a_draw_is_the_same_everywhere() -> None:
    assert Draws(7, "+15551234567", 1).fraction("outcome") == 0.5366015390227151


def test_every_fraction_is_as_likely_as_another() -> None:
    drawn = [Draws(3, number).fraction("x") for number in range(MANY)]

    assert fmean(drawn) == pytest.approx(0.5, abs=0.02)
    assert pstdev(drawn) == pytest.approx(12**-0.5, abs=0.02)


def test_deviations_are_those_of_the_normal_distribution() -> None:
    drawn = [Draws(3, number).deviation("x") for number in range(MANY)]

    assert fmean(drawn) == pytest.approx(0, abs=0.05)
    assert pstdev(drawn) == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize(("probability", "share"), [(0.0, 0.0), (0.05, 0.05), (0.5, 0.5), (1.0, 1.0)])
def test_what_is_probable_happens_as_often(probability: float, share: float) -> None:
    happened = sum(Draws(3, number).happens("x", probability) for number in range(MANY))

    assert happened / MANY == pytest.approx(share, abs=0.02 if 0 < share < 1 else 0)


@given(key=KEYS, count=st.integers(0, 20))
def test_an_order_has_each_place_once(key: list[str | int], count: int) -> None:
    order = Draws(*key).shuffled("order", count)

    assert sorted(order) == list(range(count))
    assert Draws(*key).shuffled("order", count) == order


def test_each_order_is_as_likely_as_another() -> None:
    orders = [Draws(3, number).shuffled("order", 3) for number in range(MANY)]

    assert len(set(orders)) == 6
    assert all(abs(orders.count(order) / MANY - 1 / 6) < 0.03 for order in set(orders))
