"""Tests of what a value may have been."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.webhooks.workbench.value_guesses import RULES, TRIMMED, Rule


@pytest.mark.parametrize("rule", [*RULES, *TRIMMED], ids=lambda rule: rule.what)
@given(value=st.text(max_size=20))
def test_no_text_is_too_strange_for_a_rule(rule: Rule, value: str) -> None:
    assert isinstance(rule.undo(value), str)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.what)
def test_a_plain_word_stays_as_it_is(rule: Rule) -> None:
    assert rule.undo("hello") == "hello"


def test_each_rule_is_told_by_other_words() -> None:
    assert len({rule.what for rule in (*RULES, *TRIMMED)}) == len(RULES) + len(TRIMMED)


def test_a_difference_says_which_value_it_is_of() -> None:
    assert RULES[2].of("Body").what == "Body form-decoded"
    assert RULES[2].of_all().what == "all values form-decoded"
