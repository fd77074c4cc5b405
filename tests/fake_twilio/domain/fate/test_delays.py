"""Tests of times that are left to chance."""

from statistics import fmean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.delays import Delay, Empirical, Fixed, LogNormal, Normal, Uniform
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.values.durations import MAX_SECONDS

SECONDS = st.floats(0, MAX_SECONDS)
DELAYS = st.one_of(
    st.builds(Fixed, SECONDS),
    st.tuples(SECONDS, SECONDS).map(lambda pair: Uniform(min(pair), max(pair))),
    st.builds(Normal, SECONDS, SECONDS),
    st.builds(LogNormal, SECONDS, st.floats(0, 5)),
    st.lists(SECONDS, min_size=1, max_size=5).map(lambda lengths: Empirical(tuple(lengths))),
)


def drawn(delay: Delay, count: int = 2_000) -> list[float]:
    return [delay.seconds(Draws(5, number), "wait") for number in range(count)]


@given(delay=DELAYS, key=st.integers(), name=st.text(max_size=5))
def test_each_time_is_from_nothing_to_a_year_and_the_same_for_its_key(delay: Delay, key: int, name: str) -> None:
    seconds = delay.seconds(Draws(key), name)

    assert 0 <= seconds <= MAX_SECONDS
    assert delay.seconds(Draws(key), name) == seconds


def test_what_is_fixed_is_always_the_same() -> None:
    assert set(drawn(Fixed(1.5), 10)) == {1.5}


def test_uniform_times_lie_between_its_two() -> None:
    times = drawn(Uniform(1.0, 3.0))

    assert 1 <= min(times) < 1.01
    assert 2.99 < max(times) <= 3
    assert fmean(times) == pytest.approx(2.0, abs=0.05)


def test_normal_times_lie_around_their_mean_and_never_below_nothing() -> None:
    assert fmean(drawn(Normal(10.0, 2.0))) == pytest.approx(10.0, abs=0.2)
    assert sum(8 < time < 12 for time in drawn(Normal(10.0, 2.0))) / 2_000 == pytest.approx(0.68, abs=0.04)
    assert min(drawn(Normal(1.0, 5.0))) == 0


def test_half_of_lognormal_times_lie_below_their_median() -> None:
    times = drawn(LogNormal(2.0, 0.5))

    assert median(times) == pytest.approx(2.0, abs=0.1)
    assert fmean(times) > 2.1


def test_empirical_times_are_those_that_were_measured_each_as_often() -> None:
    times = drawn(Empirical((1.0, 2.0, 2.0, 7.0)))

    assert set(times) == {1.0, 2.0, 7.0}
    assert times.count(2.0) / len(times) == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize(
    ("delay", "told"),
    [
        (Fixed(0.5), "0.5s"),
        (Uniform(1.0, 3.0), "uniform(1s, 3s)"),
        (Normal(1.0, 0.2), "normal(1s, 0.2s)"),
        (LogNormal(1.0, 0.5), "lognormal(1s, 0.5)"),
        (Empirical((0.5, 1.0)), "empirical: [0.5s, 1s]"),
    ],
)
def test_a_delay_is_told_as_a_scenario_has_it(delay: Delay, told: str) -> None:
    assert delay.told() == told
