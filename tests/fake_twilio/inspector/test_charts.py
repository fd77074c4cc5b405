"""Tests of the shapes that charts are made of."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.inspector.charts import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, Chart, charts_of
from fake_twilio.inspector.measures import Measures, Series, Spans

SPANS = Spans(1_767_225_600.0, 60, 3)
values = st.tuples(*[st.integers(0, 10**6)] * 3)


def drawn(
    statuses: tuple[Series, ...] = (Series("sent", (1, 2, 3)),), lag: tuple[float | None, ...] = (None, 0.5, None)
) -> dict[str, Chart]:
    traffic = (Series("messages", (60, 0, 120)), Series("callbacks", (0, 0, 0)))
    charts = charts_of(Measures(SPANS, traffic, (Series("median", lag),), statuses))
    return {chart.key: chart for chart in charts}


def test_the_rate_is_told_in_the_unit_that_the_spans_allow() -> None:
    chart = drawn()["traffic"]

    assert chart.title == "Messages and callbacks per minute"
    assert [row.values for row in chart.rows] == [("60", "0"), ("0", "0"), ("120", "0")]


def test_lines_can_be_told_apart_without_colours() -> None:
    lines = drawn()["traffic"].lines

    assert len({line.dashes for line in lines}) == len(lines)


def test_what_was_not_measured_is_no_point_and_a_single_point_is_seen() -> None:
    chart = drawn()["lag"]

    assert len(set(chart.lines[0].points.split())) == 1
    assert len(chart.lines[0].points.split()) == 2
    assert [row.values for row in chart.rows] == [("none",), ("0.5",), ("none",)]


@pytest.mark.parametrize(
    ("seconds", "written"), [(0.5, "0.5"), (12.345, "12.3"), (999.4, "999"), (999.6, "1000"), (1234.5, "1234")]
)
def test_a_number_is_written_without_an_exponent(seconds: float, written: str) -> None:
    assert drawn(lag=(seconds, None, None))["lag"].rows[0].values == (written,)


@given(st.lists(values, min_size=1, max_size=6))
def test_bars_stand_on_each_other_and_inside_the_picture(columns: list[tuple[int, ...]]) -> None:
    bars = drawn(tuple(Series(f"s{number}", column) for number, column in enumerate(columns)))["statuses"].bars

    assert all(bar.x >= LEFT and bar.x + bar.width <= WIDTH for bar in bars)
    assert all(bar.y >= TOP - 0.1 and bar.y + bar.height <= HEIGHT - BOTTOM + 0.1 for bar in bars)
    for x in {bar.x for bar in bars}:
        pile = [bar for bar in bars if bar.x == x]
        assert pile[0].y + pile[0].height == pytest.approx(HEIGHT - BOTTOM)
        assert all(upper.y + upper.height == pytest.approx(lower.y) for lower, upper in itertools.pairwise(pile))
