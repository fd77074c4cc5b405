"""Segments are counted as phones and Twilio count them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.domain.segments import count_segments

FACTS = json.loads((Path(__file__).parents[2] / "vectors" / "segments_vectors.json").read_text(encoding="utf-8"))
VECTORS = [vector for vector in FACTS["vectors"] if not vector["smart_encoded"]]  # smart encoding is not built yet
GRAPHEMES = FACTS["grapheme_cases"]["cases"]
GSM7 = st.text(FACTS["gsm7_basic"] + FACTS["gsm7_extension"], max_size=20)
TEXTS = st.builds(
    lambda text, times, end: text * times + end, GSM7 | st.text(max_size=20), st.integers(0, 40), GSM7 | st.text()
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_a_known_text_takes_what_twilio_counts(vector):
    counted = count_segments(vector["text"])

    assert (counted.encoding, counted.units, counted.segments) == (
        vector["encoding"],
        vector["units"],
        vector["segments"],
    )


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
