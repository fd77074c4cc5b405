"""Charts show what was measured, whatever that was, inside their frame."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.load.summary import Rate, figures_of
from fake_twilio.load.summary_charts import BINS, HEIGHT, PLOT, histogram_chart, rate_chart
from tests.fake_twilio.load.summaries import tally_of

durations = st.lists(st.floats(0, 100_000), min_size=1, max_size=50)


def drawn(seconds: list[float]) -> ElementTree.Element:
    (figure,) = figures_of(tally_of(send=seconds))
    return ElementTree.fromstring(histogram_chart(figure))


@given(durations)
def test_every_bar_mark_and_name_lies_in_the_frame(seconds) -> None:
    chart = drawn(seconds)

    for bar in chart.iter("rect"):
        assert PLOT.left <= float(bar.attrib["x"]) < PLOT.right
        assert PLOT.top <= float(bar.attrib["y"]) < PLOT.foot
    assert all(PLOT.left - 6 <= float(text.attrib["x"]) <= PLOT.right + 4 for text in chart.iter("text"))


@given(durations)
def test_the_axis_has_a_name_at_both_ends(seconds) -> None:
    places = {float(text.attrib["x"]) for text in drawn(seconds).iter("text") if float(text.attrib["y"]) > HEIGHT - 20}

    assert {PLOT.left, PLOT.right} <= places


def test_twice_as_many_are_twice_as_high() -> None:
    heights = [float(bar.attrib["height"]) for bar in drawn([0.01] * 30 + [1.0] * 15).iter("rect")]

    assert heights[0] == pytest.approx(2 * heights[1], abs=0.1)
    assert heights[0] == PLOT.foot - PLOT.top


def test_ten_times_as_long_lies_as_far_off_wherever_it_begins() -> None:
    places = [float(bar.attrib["x"]) for bar in drawn([0.001, 0.01, 0.1, 1.0]).iter("rect")]
    distances = {round(after - before) for before, after in pairwise(places)}
    width_of_a_bin = (PLOT.right - PLOT.left) / BINS

    assert max(distances) - min(distances) <= width_of_a_bin + 1


def test_the_median_and_the_tail_are_marked() -> None:
    texts = {text.text for text in drawn([0.01] * 98 + [2.0] * 2).iter("text")}

    assert {"p50 10 ms", "p99 2 s"} <= texts


def test_rates_are_two_lines_from_end_to_end() -> None:
    chart = rate_chart([Rate(0, 10, 0), Rate(1, 5, 5), Rate(2, 0, 0)])

    requests, failures = re.findall(r'class="(?:requests|failures)" points="([^"]*)"', chart)

    assert requests == "52.0,38.0 371.0,121.0 690.0,204.0"
    assert failures == "52.0,204.0 371.0,121.0 690.0,204.0"


@pytest.mark.parametrize("rates", [[Rate(0, 0, 0)], [Rate(0, 7, 7)], [Rate(at, 100_000, 1) for at in range(4000)]])
def test_any_rates_can_be_drawn(rates: list[Rate]) -> None:
    ElementTree.fromstring(rate_chart(rates))
