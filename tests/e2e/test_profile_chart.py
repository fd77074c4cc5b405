"""The chart of a profile shows what was counted, and can be read without colours and scripts."""

from xml.etree import ElementTree

import pytest

from loadtests.bench.profile_chart import Band, Line, draw

SVG = "{http://www.w3.org/2000/svg}"


def test_a_line_counts_by_half_seconds_and_leaves_out_the_one_that_is_not_over() -> None:
    assert Line("calls", [0.1, 0.2, 1.2, 1.6]).per_second() == [4, 0, 2]


@pytest.mark.parametrize("moments", [[], [0.2], [0.2, 0.7]])
def test_a_chart_of_little_is_a_chart(moments: list[float]) -> None:
    ElementTree.fromstring(draw("little", [Line("calls", moments)]))


def test_a_chart_names_its_lines_bands_and_axes() -> None:
    moments = [place / 100 for place in range(400)]
    root = ElementTree.fromstring(draw("a & b", [Line("calls", moments), Line("<none>", [])], [Band("outage", 1, 2)]))

    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts == ["a & b", "outage", "0", "50", "100", "0 s", "1 s", "2 s", "3 s", "4 s", "calls", "<none>"]
    assert root.findtext(f"{SVG}title") == "a & b"
    assert not list(root.iter(f"{SVG}script"))


def test_the_second_line_is_dashed() -> None:
    root = ElementTree.fromstring(draw("two", [Line("one", [1, 2]), Line("two", [1, 2])]))

    dashes = [line.get("stroke-dasharray") for line in root.iter(f"{SVG}polyline")]
    assert dashes == ["none", "none", "7 4", "7 4"]  # each and its sample in the legend
