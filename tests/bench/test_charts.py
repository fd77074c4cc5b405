"""Charts are well-formed pictures whose shapes are as long as their numbers."""

from xml.etree import ElementTree

import pytest

from loadtests.bench.charts import Bar, bars, goals, lines

SVG = "{http://www.w3.org/2000/svg}"


def shapes(picture, name):
    return list(ElementTree.fromstring(picture).iter(SVG + name))


def texts(picture):
    return [text.text for text in shapes(picture, "text")]


def test_a_bar_is_as_long_as_its_value():
    picture = bars("Speed", "µs", [Bar("ours", 100.0, "ours"), Bar("theirs", 400.0)])

    ours, theirs = (float(bar.get("width")) for bar in shapes(picture, "rect"))
    assert theirs == pytest.approx(4 * ours)
    assert {"ours", "theirs", "100 µs", "400 µs"} <= set(texts(picture))


def test_a_goal_that_is_missed_passes_the_line_and_says_so():
    picture = goals("Goals", {"met": 0.5, "missed": 1.2, "by_far": 40.0})

    (line,) = (float(rule.get("x1")) for rule in shapes(picture, "line"))
    ends = [float(bar.get("x")) + float(bar.get("width")) for bar in shapes(picture, "rect")]
    assert [end > line for end in ends] == [False, True, True]
    assert {"0.50", "1.20 missed", "40.00 missed"} <= set(texts(picture))


def test_lines_are_told_apart_by_dashes_and_names_that_do_not_overlap():
    picture = lines("Growth", "µs", ["1", "10"], {"a": [1.0, 2.0], "b": [1.0, 2.0], "c": [3.0, 4.0]})

    drawn = shapes(picture, "polyline")
    assert len({line.get("stroke-dasharray") for line in drawn}) == len(drawn) == 3
    heights = sorted(float(text.get("y")) for text in shapes(picture, "text") if text.text in ("a", "b", "c"))
    assert heights[1] - heights[0] >= 15
    assert heights[2] - heights[1] >= 15


def test_what_a_label_says_is_text_and_never_markup():
    assert "<b> & co" in texts(bars("A < B", "µs", [Bar("<b> & co", 1.0)]))


def test_a_picture_brings_both_styles_and_nothing_from_elsewhere():
    picture = bars("Speed", "µs", [Bar("ours", 1.0)])

    assert "prefers-color-scheme: dark" in picture
    assert picture.count("http") == 1  # the namespace
    assert "<script" not in picture
