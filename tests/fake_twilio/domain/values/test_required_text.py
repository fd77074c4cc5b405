"""Tests of the text that every match of a pattern contains."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fake_twilio.domain.values.patterns import parse_pattern
from fake_twilio.domain.values.regex import Regex
from fake_twilio.domain.values.required_text import required_text

KNOWN = {
    "": "",
    "*": "",
    "hello": "hello",
    "*word 12*": "word 12",
    "a*bcd?ef": "bcd",
    "re:^order 12[0-9]{2}$": "order 12",
    "re:abc?d": "ab",
    "re:ab+cd": "ab",
    "re:(abcd)?ef": "ef",
    "re:(ab(cd)ef)gh": "gh",
    "re:[]abc]d": "d",
    "re:[^]abc]d": "d",
    "re:ab{2,3}cde": "cde",
    "re:a|bcd": "",
    "re:(?i)order": "",
    "re:order\\d": "",
    "re:[[:alpha:]]order": "",
    "+15550000..+15559999": "",
}


@pytest.mark.parametrize(("pattern", "text"), KNOWN.items())
def test_the_longest_certain_text_is_found(pattern: str, text: str) -> None:
    assert required_text(parse_pattern(pattern)) == text


@given(st.text("ab.?*+()[]{}^$|2\\", min_size=1, max_size=12), st.lists(st.text("ab.2{}]", max_size=8), min_size=20))
def test_no_match_is_without_it(text: str, tries: list[str]) -> None:
    try:
        regex = Regex.parse(text)
    except ValueError:
        assume(False)

    found = required_text(regex)

    assert [one for one in tries if regex.matches(one) and found not in one] == []
