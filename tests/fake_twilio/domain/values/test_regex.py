"""Tests of regular expressions in linear time."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.values.regex import MAX_CHARACTERS, Regex

CHARACTERS = st.sampled_from(["a", "b", ".", "é", "[ab]", "[^a]", r"\+", " "])
SIMPLE = st.recursive(
    CHARACTERS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4).map("".join)
        | st.builds("(?:{}){}".format, inner, st.sampled_from(["*", "+", "?", "{1,2}"]))
        | st.builds("({}|{})".format, inner, inner)
    ),
    max_leaves=6,
)
ANCHORED = st.builds("{}{}{}".format, st.sampled_from(["", "^"]), SIMPLE, st.sampled_from(["", "$"]))


@given(ANCHORED, st.text("abcé+ ", max_size=12))
def test_a_simple_expression_finds_what_pythons_finds(pattern: str, text: str) -> None:
    assert Regex.parse(pattern).matches(text) is (re.search(pattern, text) is not None)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("order [0-9]+", "your order 12 is there", True),
        ("^order [0-9]+$", "your order 12", False),
        ("^order [0-9]+$", "order 12", True),
        ("a$", "a\n", False),
        ("(?i)stop", "please STOP", True),
        ("(?P<code>[0-9]{4})", "code 1234", True),
        (r"^\d$", "\u0663", False),
        (".", "\ud800", True),
    ],
)
def test_it_looks_anywhere_in_the_text(pattern: str, text: str, expected: bool) -> None:
    assert Regex.parse(pattern).matches(text) is expected


@pytest.mark.parametrize("pattern", ["(a+)+$", "^(a|a)*$", "(.*)(.*)(.*)c$"])
def test_what_takes_others_for_ever_is_answered(pattern: str) -> None:
    assert not Regex.parse(pattern).matches("a" * 100_000 + "b")


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("", "wanted a regular expression of 1 to 1000 characters, has 0"),
        ("a" * (MAX_CHARACTERS + 1), "wanted a regular expression of 1 to 1000 characters, has 1001"),
        (r"(a)\1", r"wanted a regular expression that RE2 knows: invalid escape sequence: \1"),
        ("a(?=b)", "wanted a regular expression that RE2 knows: invalid perl operator: (?="),
        ("(?<!a)b", "wanted a regular expression that RE2 knows: invalid perl operator: (?<!"),
        (r"\pL{500}", "wanted a regular expression that RE2 knows: pattern too large - compile failed"),
        ("a\ud800", "wanted a regular expression of whole characters, not half a surrogate pair"),
    ],
    ids=["empty", "long", "backreference", "lookahead", "lookbehind", "large", "half a pair"],
)
def test_what_re2_does_not_know_is_refused_with_the_reason(
    pattern: str, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}"):
        Regex.parse(pattern)

    assert capfd.readouterr() == ("", "")


def test_expressions_are_equal_by_their_text() -> None:
    assert Regex.parse("a") == Regex.parse("a") != Regex.parse("b")
    assert len({Regex.parse("a"), Regex.parse("a")}) == 1
    assert Regex.parse("a{100}").size > Regex.parse("a").size
