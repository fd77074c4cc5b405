import json
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.load.histogram import LONGEST_SECONDS, SHORTEST_SECONDS, Histogram

RELATIVE_ERROR = 1 / 128
SECONDS = st.floats(SHORTEST_SECONDS, LONGEST_SECONDS)
MANY = st.lists(SECONDS, min_size=1, max_size=60)
SHARES = st.sampled_from([0.0, 0.01, 0.5, 0.9, 0.99, 0.999, 1.0]) | st.floats(0, 1)


def of(durations: list[float]) -> Histogram:
    made = Histogram()
    for seconds in durations:
        made.record(seconds)
    return made


def exact(durations: list[float], share: float) -> float:
    """Return the quantile by the nearest rank, from all durations."""
    return sorted(durations)[max(1, math.ceil(Fraction(str(share)) * len(durations))) - 1]


@given(MANY, SHARES)
def test_a_quantile_is_as_close_as_promised(durations: list[float], share: float) -> None:
    told, true = of(durations).quantile(share), exact(durations, share)

    assert abs(told - true) <= true * RELATIVE_ERROR


@pytest.mark.parametrize(
    ("share", "times", "rank"),
    [(0.07, 100, 7), (0.55, 100, 55), (0.14, 10_000, 1400), (Fraction("99.9") / 100, 1000, 999), (0.999, 1001, 1000)],
)
def test_a_rank_is_exact_where_the_product_of_floats_is_not(share: float | Fraction, times: int, rank: int) -> None:
    made = of([1.0] * rank + [2.0] * (times - rank))

    assert made.quantile(share) == pytest.approx(1.0, rel=RELATIVE_ERROR)


@given(MANY, MANY)
def test_histograms_add_up_as_if_one_had_seen_all(some: list[float], others: list[float]) -> None:
    both = of(some)
    both.absorb(of(others))

    assert both.to_tree() == of([*others, *some]).to_tree()


@given(MANY)
def test_a_histogram_survives_its_way_through_json(durations: list[float]) -> None:
    tree = of(durations).to_tree()

    assert Histogram.from_tree(json.loads(json.dumps(tree))).to_tree() == tree


@given(MANY)
def test_count_mean_and_max_are_exact(durations: list[float]) -> None:
    made = of(durations)

    assert made.count == len(durations)
    assert made.max == max(durations)
    assert made.mean == pytest.approx(math.fsum(durations) / len(durations), abs=1e-9)


@given(MANY, SHARES, SHARES)
def test_a_larger_share_never_takes_less_time(durations: list[float], one: float, another: float) -> None:
    made = of(durations)

    assert made.quantile(min(one, another)) <= made.quantile(max(one, another)) <= made.max


@given(SECONDS, st.integers(1, 1000))
def test_many_times_is_as_often_recorded(seconds: float, times: int) -> None:
    at_once = Histogram()
    at_once.record(seconds, times)

    assert at_once.to_tree() == of([seconds] * times).to_tree()


@given(MANY)
def test_the_bars_hold_every_duration_where_it_belongs(durations: list[float]) -> None:
    bars = of(durations).bars()

    assert sum(number for _, _, number in bars) == len(durations)
    assert all(low < high <= low * (1 + 1 / 63) for low, high, _ in bars)
    assert all(
        any(low <= each * (1 + 1e-9) and each <= high * (1 + 1e-9) for low, high, _ in bars) for each in durations
    )


def test_what_is_out_of_range_counts_at_its_end() -> None:
    made = of([0.0, 1e-9, 1e6])

    assert made.quantile(0.5) == pytest.approx(SHORTEST_SECONDS, rel=RELATIVE_ERROR)
    assert made.quantile(1) == pytest.approx(LONGEST_SECONDS, rel=RELATIVE_ERROR)
    assert made.max == 1e6


def test_a_hundred_thousand_durations_stay_small() -> None:
    made = of([0.001 * (1 + number % 1000) for number in range(100_000)])

    assert len(json.dumps(made.to_tree())) < 10_000


def test_nothing_has_no_quantile() -> None:
    made = Histogram()

    assert (made.count, made.mean, made.max, made.bars()) == (0, 0.0, 0.0, [])
    with pytest.raises(ValueError, match="no quantile of no durations"):
        made.quantile(0.5)


@pytest.mark.parametrize("seconds", [-0.001, math.inf, math.nan])
def test_what_is_no_duration_is_refused(seconds: float) -> None:
    with pytest.raises(ValueError, match="a duration must be 0 s or more"):
        Histogram().record(seconds)


@pytest.mark.parametrize("share", [-0.1, 1.01, 99, math.nan])
def test_what_is_no_share_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="a share must be 0 to 1"):
        of([1.0]).quantile(share)


def test_nothing_happens_less_than_once() -> None:
    with pytest.raises(ValueError, match="times must be 1 or more"):
        Histogram().record(1.0, 0)


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"buckets": [1], "counts": [], "total_ns": 1, "max_seconds": 1.0},
        {"buckets": [1], "counts": ["x"], "total_ns": 1, "max_seconds": 1.0},
        {"buckets": None, "counts": [], "total_ns": 1, "max_seconds": 1.0},
        {"buckets": [1], "counts": [0], "total_ns": 0, "max_seconds": 0.0},
        {"buckets": [1], "counts": [-1], "total_ns": 1, "max_seconds": 1.0},
        {"buckets": [1, 1], "counts": [1, 1], "total_ns": 1, "max_seconds": 1.0},
        {"buckets": [-1], "counts": [1], "total_ns": 1, "max_seconds": 1.0},
        {"buckets": [10**9], "counts": [1], "total_ns": 1, "max_seconds": 1.0},
        {"buckets": [math.inf], "counts": [1], "total_ns": 1, "max_seconds": 1.0},
        {"buckets": [1], "counts": [1], "total_ns": -1, "max_seconds": 1.0},
        {"buckets": [1], "counts": [1], "total_ns": 1, "max_seconds": math.nan},
    ],
)
def test_what_is_no_tree_is_refused(tree: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="wanted a histogram's tree"):
        Histogram.from_tree(tree)


def test_it_says_what_it_holds() -> None:
    assert repr(of([0.5, 1.5])) == "Histogram(2 durations, mean 1 s, max 1.5 s)"
