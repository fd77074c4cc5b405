"""Tests of patterns for numbers and texts."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fake_twilio.domain.values.patterns import Glob, NumberRange, parse_pattern
from fake_twilio.domain.values.regex import Regex


def slow_match(pattern: str, text: str) -> bool:
    """The meaning of ``*`` and ``?``, as plainly as it can be said."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(slow_match(pattern[1:], text[cut:]) for cut in range(len(text) + 1))
    return bool(text) and pattern[0] in ("?", text[0]) and slow_match(pattern[1:], text[1:])


@given(st.text("ab*?", max_size=8), st.text("abc", max_size=8))
@example("a*?b", "ab")
@example("*ab*ab", "abab")
@example("*a", "*")
def test_a_glob_matches_as_the_slow_oracle_says(pattern: str, text: str) -> None:
    assert Glob(pattern).matches(text) is slow_match(pattern, text)


CASES = [
    ("+1555*", "+15551234567", True),
    ("+1555*", "+1554", False),
    ("*STOP*", "please STOP now", True),
    ("h?llo", "hallo", True),
    ("hello", "hello there", False),
    ("Hello", "hello", False),
    ("[ab]", "a", False),
    ("*", "", True),
    ("a\nb*", "a\nb\nc", True),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), CASES, ids=[f"{one!r}-{two!r}" for one, two, _ in CASES])
def test_a_glob_matches_what_people_expect(pattern: str, text: str, expected: bool) -> None:
    assert parse_pattern(pattern).matches(text) is expected


def test_a_glob_with_many_stars_is_quick() -> None:
    began = time.perf_counter()

    assert not Glob("*a" * 30 + "*b").matches("a" * 1600)
    assert time.perf_counter() - began < 5


NUMBER = st.integers(10_000, 99_999)


@given(NUMBER, NUMBER, NUMBER)
def test_a_range_holds_the_numbers_between_its_ends(low: int, high: int, number: int) -> None:
    pattern = NumberRange(f"+{low}", f"+{high}")

    assert pattern.matches(f"+{number}") is (low <= number <= high)


@given(st.text("0159+/:;aZ", min_size=5, max_size=5))
@example("1zzzz")
def test_a_range_holds_nothing_but_numbers(tail: str) -> None:
    is_number = tail.isdecimal() and tail.isascii()

    assert NumberRange("+10000", "+99999").matches(f"+{tail}") is (is_number and int(tail) >= 10_000)


@pytest.mark.parametrize("text", ["", "+1555", "+155501", "15550", "++5550"])
def test_a_range_holds_no_text_of_another_shape(text: str) -> None:
    assert not NumberRange("+15550", "+15559").matches(text)


def test_a_text_with_two_dots_between_numbers_is_a_range() -> None:
    assert parse_pattern("+15550100000..+15550199999") == NumberRange("+15550100000", "+15550199999")


@pytest.mark.parametrize("text", ["+1..+2", "15550100000..15550199999", "+15550100000..", "a..b", "+15550100000"])
def test_any_other_text_is_a_glob(text: str) -> None:
    assert parse_pattern(text) == Glob(text)


@pytest.mark.parametrize("text", ["+15559..+15550", "+15550..+155599"], ids=["turned round", "two lengths"])
def test_a_range_that_holds_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="the same length, the lower one first"):
        parse_pattern(text)


def test_a_text_after_re_and_a_colon_is_a_regular_expression() -> None:
    assert parse_pattern("re:^order [0-9]+$") == Regex.parse("^order [0-9]+$")
    assert parse_pattern("RE: your order") == Glob("RE: your order")


def test_a_regular_expression_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="RE2 knows: missing"):
        parse_pattern("re:(a")
