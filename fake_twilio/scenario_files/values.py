"""The values of a scenario file, each read from its text."""

from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from fake_twilio.domain.twilio.catalogue import CATALOGUE
from fake_twilio.domain.values.durations import parse_duration
from fake_twilio.domain.values.hosts import is_web_address
from fake_twilio.scenario_files.readers import above_zero, one_of, text

TEXT: dict[str, Any] = {"type": "string"}
PROBABILITY: dict[str, Any] = {"type": ["number", "string"]}
CODE: dict[str, Any] = {"enum": list(CATALOGUE)}
_read_code = one_of({str(code): code for code in CATALOGUE}, "one of Twilio's error codes, such as 30007")
_read_probability = above_zero(1, "a probability above 0 and up to 1, such as 0.05")
_read_method = one_of({"GET": "GET", "POST": "POST"}, "GET or POST")
_read_duration = text(bool, "a duration such as 500ms, 1.5s, 10m, 36h or 30d")


def one_or_more(item: dict[str, Any]) -> WithJsonSchema:
    """Return the JSON Schema of an *item*, or of a list of such."""
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]})


Probability = Annotated[
    float, BeforeValidator(lambda value: float(_read_probability(value))), WithJsonSchema(PROBABILITY)
]
Address = Annotated[str, BeforeValidator(text(is_web_address, "an http or https address"))]
Method = Annotated[str, BeforeValidator(_read_method), WithJsonSchema({"enum": ["GET", "POST"]})]
Switch = Annotated[bool, BeforeValidator(one_of({"true": True, "false": False}, "true or false"))]
Code = Annotated[int, BeforeValidator(_read_code), WithJsonSchema(CODE)]
Seconds = Annotated[
    float,
    BeforeValidator(lambda value: parse_duration(_read_duration(value))),
    WithJsonSchema({"type": "string", "examples": ["500ms", "30s"]}),
]
