"""Tests of the patterns of a scenario file."""

import re

import pytest
from pydantic import ValidationError

from fake_twilio.domain.values.patterns import Glob, NumberRange
from fake_twilio.domain.values.regex import Regex
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.patterns import PatternBudget, Patterns


class Sample(Part):
    """Something that has patterns."""

    patterns: Patterns = ()


def test_patterns_may_be_one_or_several() -> None:
    assert Sample.model_validate({"patterns": "+1555*"}).patterns == (Glob("+1555*"),)
    found = Sample.model_validate({"patterns": ["INFO", "+15550..+15559"]})

    assert found.patterns == (Glob("INFO"), NumberRange("+15550", "+15559"))


@pytest.mark.parametrize(
    ("patterns", "wanted"),
    [
        ([], "wanted at least one pattern"),
        ("", "wanted a text, * and ?"),
        ("re:", "wanted a regular expression of 1 to 1000"),
        (["a", "re:(?=b)"], "wanted a regular expression that RE2 knows"),
    ],
)
def test_anything_else_is_refused(patterns: object, wanted: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(wanted)):
        Sample.model_validate({"patterns": patterns})


def test_a_pattern_may_be_a_regular_expression() -> None:
    assert Sample.model_validate({"patterns": ["re:^a+$", "b"]}).patterns == (Regex.parse("^a+$"), Glob("b"))


def test_regular_expressions_that_take_too_much_together_are_refused() -> None:
    budget = PatternBudget(regex_size=Regex.parse("a{50}").size)
    Sample.model_validate({"patterns": ["re:a{50}", "b"]}, context=budget)

    with pytest.raises(ValidationError, match="wanted fewer or simpler regular expressions in one file"):
        Sample.model_validate({"patterns": "re:a"}, context=budget)


def test_after_many_bad_patterns_the_rest_is_not_looked_at() -> None:
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate({"patterns": [""] * 1_000}, context=PatternBudget())

    assert caught.value.error_count() == 50
