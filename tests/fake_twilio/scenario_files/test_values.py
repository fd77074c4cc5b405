"""Tests of the values of a scenario file."""

from typing import Any

import pytest
from pydantic import ValidationError

from fake_twilio.domain.patterns import Glob, NumberRange
from fake_twilio.domain.regex import Regex
from fake_twilio.scenario_files.values import Code, Part, PatternBudget, Patterns, Seconds, Switch


class Sample(Part):
    """One of each."""

    code: Code = 0
    seconds: Seconds = 0.0
    switch: Switch = False
    patterns: Patterns = ()


def test_each_value_is_read_from_its_text() -> None:
    found = Sample.model_validate({"code": "30007", "seconds": "1.5s", "switch": "true", "patterns": "+1555*"})

    assert (found.code, found.seconds, found.switch, found.patterns) == (30007, 1.5, True, (Glob("+1555*"),))


def test_patterns_may_be_one_or_several() -> None:
    found = Sample.model_validate({"patterns": ["INFO", "+15550..+15559"]})

    assert found.patterns == (Glob("INFO"), NumberRange("+15550", "+15559"))


@pytest.mark.parametrize(
    ("tree", "wanted"),
    [
        ({"code": "1"}, "wanted one of Twilio's error codes"),
        ({"code": 30007}, "wanted one of Twilio's error codes"),
        ({"seconds": "soon"}, "wanted a duration"),
        ({"seconds": None}, "wanted a duration"),
        ({"switch": "yes"}, "wanted true or false"),
        ({"patterns": []}, "wanted at least one pattern"),
        ({"patterns": ""}, "wanted a text, * and ?"),
        ({"patterns": "re:"}, "wanted a regular expression of 1 to 1000"),
        ({"patterns": ["a", "re:(?=b)"]}, "wanted a regular expression that RE2 knows"),
        ({"other": "x"}, "Extra inputs"),
    ],
)
def test_anything_else_is_refused(tree: dict[str, Any], wanted: str) -> None:
    with pytest.raises(ValidationError, match=wanted.replace("*", r"\*").replace("?", r"\?")):
        Sample.model_validate(tree)


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
