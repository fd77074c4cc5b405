"""Tests of what reads values from their texts."""

import re
from fractions import Fraction
from typing import Any

import pytest

from fake_twilio.scenario_files.readers import Reader, above_zero, like, one_of, several, text, whole

UPPER = text(str.isupper, "a loud text")
DAY = like("[0-9]{4}-[0-9]{2}", "a month such as 2020-04")
SWITCH = one_of({"on": True, "off": False}, "on or off")
SCORE = whole(2, 100, "a score from 2 to 100")
RATE = above_zero(30, "a rate")


@pytest.mark.parametrize(
    ("read", "value", "wanted"),
    [
        (UPPER, "STOP", "STOP"),
        (DAY, "2020-04", "2020-04"),
        (SWITCH, "off", False),
        (SCORE, "2", 2),
        (SCORE, "100", 100),
        (RATE, "0.1", Fraction(1, 10)),
        (RATE, "30", Fraction(30)),
        (several(SCORE), "7", frozenset({7})),
        (several(SCORE), ["7", "8"], frozenset({7, 8})),
    ],
)
def test_what_fits_is_read(read: Reader[Any], value: object, wanted: object) -> None:
    assert read(value) == wanted


@pytest.mark.parametrize(
    ("read", "value", "wanted"),
    [
        (UPPER, "stop", "wanted a loud text"),
        (UPPER, 7, "wanted a loud text"),
        (DAY, "2020-04-27", "wanted a month such as 2020-04"),
        (DAY, "२०२०-०४", "wanted a month such as 2020-04"),
        (SWITCH, "maybe", "wanted on or off"),
        (SWITCH, ["on"], "wanted on or off"),
        (SCORE, "1", "wanted a score"),
        (SCORE, "101", "wanted a score"),
        (SCORE, "7.5", "wanted a score"),
        (SCORE, "9" * 5_000, "wanted a score"),
        (RATE, "0", "wanted a rate"),
        (RATE, "30.01", "wanted a rate"),
        (RATE, "-1", "wanted a rate"),
        (RATE, "1/2", "wanted a rate"),
        (several(SCORE), [], "wanted a score"),
        (several(SCORE), ["7", "x"], "wanted a score"),
    ],
)
def test_anything_else_is_refused_with_what_was_wanted(read: Reader[Any], value: object, wanted: str) -> None:
    with pytest.raises(ValueError, match=re.escape(wanted)):
        read(value)
