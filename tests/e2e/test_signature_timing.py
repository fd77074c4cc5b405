"""The arithmetic of the timing command; what it measures is a figure, and no test that the clock decides."""

from random import Random

import pytest

from tests.e2e.signature_timing import naive, p_value, trimmed, wrong_at

RIGHT = "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def drawn(mean: float, seed: int) -> list[float]:
    chance = Random(seed)
    return [chance.gauss(mean, 1) for _ in range(400)]


def test_samples_of_one_kind_are_not_told_apart() -> None:
    found = [p_value(drawn(10, seed), drawn(10, seed + 1000)) for seed in range(200)]

    assert sum(p < 0.01 for p in found) <= 8  # two of 200 are due


def test_samples_that_differ_are_told_apart() -> None:
    assert p_value(drawn(10, 1), drawn(10.5, 2)) < 0.001


@pytest.mark.parametrize(("second", "wanted"), [((0.0, 2.0), 1.0), ((1.96 * 2**0.5, 2 + 1.96 * 2**0.5), 0.05)])
def test_a_p_value_is_that_of_the_normal_distribution(second: tuple[float, ...], wanted: float) -> None:
    assert p_value((0.0, 2.0), second) == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize(("second", "wanted"), [((1.0, 1.0), 1.0), ((2.0, 2.0), 0.0)])
def test_times_without_any_spread_are_equal_or_not(second: tuple[float, ...], wanted: float) -> None:
    assert p_value((1.0, 1.0), second) == wanted


@pytest.mark.parametrize("place", [0, 5, len(RIGHT) - 2])
def test_a_signature_is_wrong_at_one_place(place: int) -> None:
    wrong = wrong_at(RIGHT, place)

    assert [at for at, pair in enumerate(zip(wrong, RIGHT, strict=True)) if pair[0] != pair[1]] == [place]
    assert (naive(RIGHT)(RIGHT), naive(RIGHT)(wrong)) == (True, False)


def test_the_slowest_tenth_is_left_out() -> None:
    assert trimmed([3.0, *[1.0] * 9]) == [1.0] * 9
