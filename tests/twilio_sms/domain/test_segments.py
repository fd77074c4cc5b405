"""Segments are counted as phones and Twilio count them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.domain.segments import count_segments

FACTS = json.loads((Path(__file__).parents[2] / "vectors" / "segments_vectors.json").read_text(encoding="utf-8"))
GRAPHEMES = FACTS["grapheme_cases"]["cases"]
GSM7 = st.text(FACTS["gsm7_basic"] + FACTS["gsm7_extension"], max_size=20)
TEXTS = st.builds(
    lambda text, times, end: text * times + end, GSM7 | st.text(max_size=20), st.integers(0, 40), GSM7 | st.text()
)


@pytest.mark.parametrize("vector", FACTS["vectors"], ids=lambda vector: vector["name"])
def test_a_known_text_takes_what_twilio_counts(vector):
    counted = count_segments(vector["text"], smart_encoding=vector["smart_encoded"])

    wanted = (vector["encoding"], vector["units"], vector["segments"])
    assert (counted.encoding, counted.units, counted.segments) == wanted
    assert counted.text == vector.get("text_after_smart_encoding", counted.text)


@pytest.mark.parametrize("case", GRAPHEMES, ids=lambda case: case["name"])
def test_a_cluster_of_characters_may_be_split_between_them(case):
    assert count_segments(case["text"]).segments == case["code_point_rule"]["segments"]


@given(text=TEXTS)
def test_a_slow_and_obvious_counter_agrees(text):
    assert count_segments(text).segments == _slow_count(text)


@given(text=TEXTS, more=st.text(min_size=1))
def test_segments_never_shrink_as_a_text_grows(text, more):
    before, after = count_segments(text), count_segments(text + more)

    assert after.segments >= before.segments


@given(text=GSM7)
def test_text_of_the_basic_alphabet_and_its_extension_is_gsm_7(text):
    assert count_segments(text).encoding == "GSM-7"


@given(text=TEXTS)
def test_utf_16_units_are_those_of_the_codec(text):
    counted = count_segments(text + "\u0436")

    assert counted.encoding == "UCS-2"
    assert counted.units == len((text + "\u0436").encode("utf-16-be")) // 2


def test_an_empty_text_is_one_segment():
    assert (count_segments("").units, count_segments("").segments) == (0, 1)


def _slow_count(text: str) -> int:
    """Cut the longest piece that fits off the front, again and again."""
    if _size(text, text) <= _limits(text)[0]:
        return 1
    rest, segments = text, 0
    while rest:
        cut = max(end for end in range(1, min(len(rest), 153) + 1) if _size(rest[:end], text) <= _limits(text)[1])
        rest, segments = rest[cut:], segments + 1
    return segments


def _is_gsm7(text: str) -> bool:
    return all(character in FACTS["gsm7_basic"] + FACTS["gsm7_extension"] for character in text)


def _limits(text: str) -> tuple[int, int]:
    return (160, 153) if _is_gsm7(text) else (70, 67)


def _size(piece: str, text: str) -> int:
    if _is_gsm7(text):
        return len(piece) + sum(character in FACTS["gsm7_extension"] for character in piece)
    return len(piece.encode("utf-16-be")) // 2


@given(text=TEXTS)
def test_as_many_plain_characters_fit_as_are_left_and_not_one_more(text):
    counted = count_segments(text)
    plain = "x" if counted.encoding == "GSM-7" else "\u0436"

    full = count_segments(text + plain * counted.left)

    if counted.encoding == full.encoding:
        assert (full.segments, full.left) == (counted.segments, 0)
        assert count_segments(text + plain * (counted.left + 1)).segments == counted.segments + 1


def test_the_characters_that_forced_ucs_2_are_named_once_in_their_order():
    assert count_segments("“Hi” \u2013 “you” {€}").forced_by == ("“", "”", "\u2013")
    assert count_segments("Hi {€}").forced_by == ()


def test_smart_encoding_takes_the_cost_out_of_look_alikes():
    text = "“Hi” \u2013 you… " * 8

    assert (count_segments(text).segments, count_segments(text, smart_encoding=True).segments) == (2, 1)


def test_every_look_alike_becomes_what_the_published_map_says():
    replaced = {alike: count_segments(alike, smart_encoding=True).text for alike in FACTS["smart_encoding_map"]}

    assert replaced == FACTS["smart_encoding_map"]
