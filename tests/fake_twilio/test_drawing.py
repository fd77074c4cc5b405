"""Drawings are well-formed, lie where their numbers say, and can be read in light, in dark and without colours."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.drawing import (
    DASHES,
    STYLE,
    Frame,
    bar,
    curve,
    levels,
    line,
    names_beside,
    nice_ceiling,
    svg_element,
    svg_file,
    ticks,
    words,
)

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame(left=50, top=20, right=650, foot=220, longest=30, highest=8)
numbers = st.floats(1e-3, 1e6)


def shapes(*drawn: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(f"<svg>{''.join(drawn)}</svg>"))


@given(numbers, numbers, st.floats(0, 1), st.floats(0, 1))
def test_what_is_as_far_along_and_up_lies_as_far_into_the_frame(
    longest: float, highest: float, along: float, up: float
) -> None:
    frame = FRAME._replace(longest=longest, highest=highest)

    assert frame.x(along * longest) == pytest.approx(50 + along * 600)
    assert frame.y(up * highest) == pytest.approx(220 - up * 200)


@pytest.mark.parametrize(
    ("most", "ceiling"),
    [(0, 1), (0.3, 0.5), (0.7, 1), (1, 1), (1.1, 2), (4, 5), (7, 10), (100, 100), (101, 200), (230, 500)],
)
def test_an_axis_ends_at_a_round_number(most: float, ceiling: float) -> None:
    assert nice_ceiling(most) == pytest.approx(ceiling)


@given(numbers)
def test_an_axis_ends_above_all_and_at_most_two_and_a_half_times_as_high(most: float) -> None:
    assert most <= nice_ceiling(most) * (1 + 1e-9) <= 2.5 * most * (1 + 1e-6)


def test_a_curve_goes_through_its_points() -> None:
    (drawn,) = shapes(curve(FRAME, [(0, 0), (15, 4), (30, 8)], "line", DASHES[1]))

    assert drawn.get("points") == "50.0,220.0 350.0,120.0 650.0,20.0"
    assert (drawn.get("class"), drawn.get("stroke-dasharray")) == ("line", "7 4")


def test_lines_in_one_frame_are_told_apart_by_dashes() -> None:
    assert len(set(DASHES)) == len(DASHES) == 4


def test_levels_are_named_at_their_height() -> None:
    drawn = shapes(*levels(FRAME, [0, 8], "µs"))

    assert [(each.get("y1"), each.get("y2")) for each in drawn[::2]] == [("220.0", "220.0"), ("20.0", "20.0")]
    assert [(each.text, each.get("y")) for each in drawn[1::2]] == [("0 µs", "224.0"), ("8 µs", "24.0")]


def test_ticks_are_named_below_their_place() -> None:
    tick, name = shapes(*ticks(FRAME, [(15, "15 s")]))

    assert (tick.get("x1"), tick.get("x2"), tick.get("y1")) == ("350.0", "350.0", "220.0")
    assert (name.text, name.get("x"), name.get("text-anchor")) == ("15 s", "350.0", "middle")


@given(st.lists(st.floats(30, 200), min_size=2, max_size=8))
def test_no_name_lies_on_another(ends: list[float]) -> None:
    drawn = shapes(*names_beside((600, y, f"line {place}") for place, y in enumerate(ends)))

    heights = [float(each.get("y", "nan")) for each in drawn]
    assert len(heights) == len(ends)
    assert all(after - before >= 14.9 for before, after in pairwise(heights))


@pytest.mark.parametrize("make", [svg_file, svg_element])
def test_what_is_told_is_text_and_never_markup(make) -> None:
    told = "<b> & \"co\" </svg><script>alert('1')</script>"

    root = ElementTree.fromstring(make(told, 100, 50, [words(1, 2, told)]))

    texts = [each.text for each in root.iter() if each.tag.endswith("text")]
    assert set(texts) == {told}
    assert told in (root.get("aria-label"), root.findtext(f"{SVG}title"))
    assert not [each for each in root.iter() if each.tag.endswith("script")]


def test_a_file_brings_both_styles_and_nothing_from_elsewhere() -> None:
    drawn = svg_file("Speed", 720, 100, [bar(0, 0, 5, 5, "ours"), line((0, 0), (1, 1), "rule")])

    assert "prefers-color-scheme: dark" in drawn
    assert drawn.count("http") == 1  # the namespace
    assert [each.tag for each in ElementTree.fromstring(drawn)][-2:] == [f"{SVG}rect", f"{SVG}line"]


def test_an_element_leaves_the_style_to_its_page() -> None:
    drawn = svg_element("Speed", 720, 100, [])

    assert "style" not in drawn
    assert ElementTree.fromstring(drawn).get("viewBox") == "0 0 720 100"


@pytest.mark.parametrize(("theme", "paper"), [("light", "#ffffff"), ("dark", "#0d1117")])
def test_texts_bars_and_lines_are_seen_on_their_paper(theme: str, paper: str) -> None:
    light, _, dark = STYLE.partition("@media")
    rules = re.findall(r"([.\w, ]+) \{[^{}]*?(?:fill|stroke): (#\w{6})", light if theme == "light" else dark)

    assert {name.strip() for name, _ in rules} >= {
        "text",
        ".quiet",
        ".ours, .met",
        ".other",
        ".miss",
        ".line",
        ".beside",
    }
    for name, colour in rules:
        if name.strip() not in (".grid", ".band"):  # they only guide the eye
            wanted = 4.5 if name.strip() in ("text", ".quiet") else 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
            assert contrast(colour, paper) >= wanted, name


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
