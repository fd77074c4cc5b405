"""Tests of the values of a scenario file."""

from typing import Any

import pytest
from pydantic import ValidationError

from fake_twilio.domain.patterns import Glob, NumberRange
from fake_twilio.scenario_files.values import Code, Part, Patterns, Seconds, Switch


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
        ({"other": "x"}, "Extra inputs"),
    ],
)
def test_anything_else_is_refused(tree: dict[str, Any], wanted: str) -> None:
    with pytest.raises(ValidationError, match=wanted.replace("*", r"\*").replace("?", r"\?")):
        Sample.model_validate(tree)
