"""A line is found through points, and what only scatters does not grow."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadtests.bench.soak_fit import Line, fit

WHOLE = st.integers(-1000, 1000)


@given(slope=WHOLE, start=WHOLE, count=st.integers(3, 50))
def test_a_straight_line_is_found_exactly(slope: int, start: int, count: int) -> None:
    line = fit([(x, start + slope * x) for x in range(count)])

    assert line.slope == pytest.approx(slope, abs=1e-6)
    assert line.error == pytest.approx(0, abs=1e-3)


@given(points=st.lists(st.tuples(WHOLE, WHOLE), min_size=3, max_size=40))
def test_no_other_line_is_nearer_to_the_points(points: list[tuple[int, int]]) -> None:
    slope = fit(points).slope

    nearest = [_squares(points, slope + turn) for turn in (0, -0.01, 0.01)]
    assert nearest[0] <= min(nearest[1:]) + Fraction(1, 10**6)


def _squares(points: list[tuple[int, int]], slope: float) -> Fraction:
    """Return the sum of squares of the best line of this slope, in exact fractions."""
    rests = [Fraction(y) - Fraction(slope) * x for x, y in points]
    mean = sum(rests) / len(rests)
    return sum(((rest - mean) ** 2 for rest in rests), Fraction(0))


def test_what_scatters_about_one_height_does_not_grow_for_sure() -> None:
    assert fit([(x, x * 7 % 13) for x in range(60)]).least == 0.0


def test_what_grows_more_than_it_scatters_does() -> None:
    line = fit([(x, 3 * x + x * 7 % 13) for x in range(60)])

    assert line.slope - line.error <= 3 <= line.slope + line.error
    assert line.least > 2.5


@pytest.mark.parametrize("points", [[], [(1.0, 1.0)], [(1.0, 1.0), (2.0, 9.0)], [(1.0, 1.0), (1.0, 2.0), (1.0, 3.0)]])
def test_too_little_to_say_anything_is_flat(points: list[tuple[float, float]]) -> None:
    assert fit(points) == Line(0.0, 0.0)
