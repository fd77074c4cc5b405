"""The values of a scenario file, each read from its text, and the piece that a file is made of."""

import re
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, GetJsonSchemaHandler, ValidationInfo, WithJsonSchema
from pydantic_core import CoreSchema, PydanticOmit

from fake_twilio.domain.catalogue import CATALOGUE
from fake_twilio.domain.durations import parse_duration
from fake_twilio.domain.hosts import is_web_address
from fake_twilio.domain.patterns import REGEX_PREFIX, Pattern, parse_pattern
from fake_twilio.domain.regex import Regex
from fake_twilio.scenario_files.problems import MOST_PROBLEMS

_PROBABILITY = re.compile(r"[01](\.[0-9]{1,9})?", re.ASCII)
MAX_REGEX_SIZE = 100_000  # steps of all compiled programs of a file
_A_PATTERN = (
    "a text, * and ? for any characters, a range such as +15550100000..+15550199999, or a regular expression such as"
    " re:^order [0-9]+$"
)
_CODES = {str(code): code for code in CATALOGUE}


def _as_list(value: Any) -> Any:
    """Take one text for a list of one; an empty list would match everything, which nobody means."""
    if value == []:
        raise ValueError("wanted at least one pattern")
    return [value] if isinstance(value, str) else value


def _read_code(text: Any) -> int:
    if not isinstance(text, str) or text not in _CODES:
        raise ValueError("wanted one of Twilio's error codes, such as 30007")
    return _CODES[text]


class PatternBudget:
    """What the patterns of one file may cost together; the context of its validation."""

    def __init__(self, regex_size: int = MAX_REGEX_SIZE) -> None:
        self._regex_size_left = regex_size
        self._refused = 0

    def read(self, text: Any) -> Pattern:
        """Read a pattern; raises `ValueError`, and after many leaves the rest out: the file is refused anyway."""
        if self._refused >= MOST_PROBLEMS:
            raise PydanticOmit
        try:
            return self._read(text)
        except ValueError:
            self._refused += 1
            raise

    def _read(self, text: Any) -> Pattern:
        if not isinstance(text, str) or not text:
            raise ValueError(f"wanted {_A_PATTERN}")
        return self._regex(text) if text.startswith(REGEX_PREFIX) else parse_pattern(text)

    def _regex(self, text: str) -> Pattern:
        if self._regex_size_left <= 0:
            raise ValueError("wanted fewer or simpler regular expressions in one file")
        pattern = parse_pattern(text)
        assert isinstance(pattern, Regex)
        self._regex_size_left -= pattern.size
        return pattern


def _read_pattern(text: Any, info: ValidationInfo) -> Pattern:
    budget = info.context if isinstance(info.context, PatternBudget) else PatternBudget()
    return budget.read(text)


def _read_seconds(text: Any) -> float:
    if not isinstance(text, str):
        raise ValueError("wanted a duration such as 500ms, 1.5s, 10m, 36h or 30d")  # noqa: TRY004 - pydantic takes this one
    return parse_duration(text)


def _read_probability(text: Any) -> float:
    if not isinstance(text, str) or not _PROBABILITY.fullmatch(text) or not 0 < float(text) <= 1:
        raise ValueError("wanted a probability above 0 and up to 1, such as 0.05")
    return float(text)


def _read_switch(text: Any) -> bool:
    if text not in ("true", "false"):
        raise ValueError("wanted true or false")
    return bool(text == "true")


def _read_address(text: Any) -> str:
    if not isinstance(text, str) or not is_web_address(text):
        raise ValueError("wanted an http or https address")
    return text


def _read_method(text: Any) -> str:
    if text not in ("GET", "POST"):
        raise ValueError("wanted GET or POST")
    return str(text)


TEXT: dict[str, Any] = {"type": "string"}
PROBABILITY: dict[str, Any] = {"type": ["number", "string"]}
Probability = Annotated[float, BeforeValidator(_read_probability), WithJsonSchema(PROBABILITY)]
Address = Annotated[str, BeforeValidator(_read_address)]
Method = Annotated[str, BeforeValidator(_read_method), WithJsonSchema({"enum": ["GET", "POST"]})]
Switch = Annotated[bool, BeforeValidator(_read_switch)]
CODE: dict[str, Any] = {"enum": list(CATALOGUE)}
Code = Annotated[int, BeforeValidator(_read_code), WithJsonSchema(CODE)]
Seconds = Annotated[
    float, BeforeValidator(_read_seconds), WithJsonSchema({"type": "string", "examples": ["500ms", "30s"]})
]
Patterns = Annotated[
    tuple[Annotated[Any, BeforeValidator(_read_pattern)], ...],
    BeforeValidator(_as_list),
    WithJsonSchema({"anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}]}),
]


class Part(BaseModel):
    """A piece of the grammar: keys that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    short_forms: ClassVar[tuple[dict[str, Any], ...]] = ()  # JSON Schemas of what may stand in place of the keys

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core)
        return {"anyOf": [*cls.short_forms, schema]} if cls.short_forms else schema
