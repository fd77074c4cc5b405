"""Tests of the values of a scenario file."""

from typing import Any

import pytest
from pydantic import ValidationError

from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.values import Address, Code, Method, Probability, Seconds, Switch


class Sample(Part):
    """One of each."""

    code: Code = 0
    seconds: Seconds = 0.0
    switch: Switch = False
    probability: Probability = 1.0
    address: Address = ""
    method: Method = "POST"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("code", "30007", 30007),
        ("seconds", "1.5s", 1.5),
        ("switch", "true", True),
        ("switch", "false", False),
        ("probability", "0.05", 0.05),
        ("address", "http://127.0.0.1:5000/sms", "http://127.0.0.1:5000/sms"),
        ("method", "GET", "GET"),
    ],
)
def test_each_value_is_read_from_its_text(name: str, text: str, value: object) -> None:
    assert getattr(Sample.model_validate({name: text}), name) == value


@pytest.mark.parametrize(
    ("tree", "wanted"),
    [
        ({"code": "1"}, "wanted one of Twilio's error codes"),
        ({"code": 30007}, "wanted one of Twilio's error codes"),
        ({"seconds": "soon"}, "wanted a duration"),
        ({"seconds": ""}, "wanted a duration"),
        ({"seconds": None}, "wanted a duration"),
        ({"switch": "yes"}, "wanted true or false"),
        ({"switch": ["true"]}, "wanted true or false"),
        ({"probability": "0"}, "wanted a probability above 0"),
        ({"probability": "1.01"}, "wanted a probability above 0"),
        ({"address": "ftp://a"}, "wanted an http or https address"),
        ({"method": "PUT"}, "wanted GET or POST"),
    ],
)
def test_anything_else_is_refused(tree: dict[str, Any], wanted: str) -> None:
    with pytest.raises(ValidationError, match=wanted):
        Sample.model_validate(tree)
