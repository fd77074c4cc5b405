"""How a scenario file writes a time that is left to chance: ``uniform(1s, 3s)``, ``{empirical: [0.5s, 1s]}``."""

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from fake_twilio.domain.fate.delays import Delay, Empirical, Fixed, LogNormal, Normal, Uniform
from fake_twilio.domain.values.durations import parse_duration

MAX_LENGTHS = 10_000
MAX_SIGMA = 5.0
EXAMPLES = "500ms, uniform(1s, 3s), normal(1s, 200ms), lognormal(1s, 0.5) or {empirical: [0.5s, 1s]}"
_CALL = re.compile(r"(uniform|normal|lognormal)\( *([^,() ]+) *, *([^,() ]+) *\)", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,6})?", re.ASCII)
DELAY: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "examples": ["500ms", "uniform(1s, 3s)", "normal(1s, 200ms)", "lognormal(1s, 0.5)"]},
        {
            "type": "object",
            "properties": {"empirical": {"type": "array", "items": {"type": "string"}, "minItems": 1}},
            "required": ["empirical"],
            "additionalProperties": False,
        },
    ]
}


def _uniform(low: str, high: str) -> Delay:
    span = Uniform(parse_duration(low), parse_duration(high))
    if span.low > span.high:
        raise ValueError(f"wanted the shorter time first, not uniform({low}, {high})")
    return span


def _lognormal(median: str, sigma: str) -> Delay:
    if not _NUMBER.fullmatch(sigma) or not 0 <= float(sigma) <= MAX_SIGMA:
        raise ValueError(f"wanted a median and a sigma from 0 to {MAX_SIGMA:g}, as in lognormal(1s, 0.5)")
    return LogNormal(parse_duration(median), float(sigma))


_CALLS: dict[str, Callable[[str, str], Delay]] = {
    "uniform": _uniform,
    "normal": lambda mean, deviation: Normal(parse_duration(mean), parse_duration(deviation)),
    "lognormal": _lognormal,
}


def read_delay(value: Any) -> Delay:
    """Read a delay; raise `ValueError` for what is none."""
    if isinstance(value, dict) and list(value) == ["empirical"]:
        return _empirical(value["empirical"])
    if not isinstance(value, str):
        raise ValueError(f"wanted a time such as {EXAMPLES}")  # noqa: TRY004 - pydantic takes this one
    call = _CALL.fullmatch(value.strip())
    if call:
        return _CALLS[call[1]](call[2], call[3])
    if "(" in value:
        raise ValueError(f"wanted a time such as {EXAMPLES}")
    return Fixed(parse_duration(value))


def _empirical(lengths: Any) -> Delay:
    if not isinstance(lengths, list) or not 0 < len(lengths) <= MAX_LENGTHS:
        raise ValueError(f"wanted a list of 1 to {MAX_LENGTHS} times, as in {{empirical: [0.5s, 1s]}}")
    if not all(isinstance(length, str) for length in lengths):
        raise ValueError("wanted nothing but times in the list, as in {empirical: [0.5s, 1s]}")
    return Empirical(tuple(map(parse_duration, lengths)))


DelayValue = Annotated[Any, BeforeValidator(read_delay), WithJsonSchema(DELAY)]
