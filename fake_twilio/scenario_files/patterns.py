"""The patterns of a scenario file, and what they may cost together."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo
from pydantic_core import PydanticOmit

from fake_twilio.domain.values.patterns import REGEX_PREFIX, Pattern, parse_pattern
from fake_twilio.domain.values.regex import Regex
from fake_twilio.scenario_files.problems import MOST_PROBLEMS
from fake_twilio.scenario_files.values import TEXT, one_or_more

MAX_REGEX_SIZE = 100_000  # steps of all compiled programs of a file
_A_PATTERN = (
    "a text, * and ? for any characters, a range such as +15550100000..+15550199999, or a regular expression such as"
    " re:^order [0-9]+$"
)


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


def _as_list(value: Any) -> Any:
    """Take one text for a list of one; an empty list would match everything, which nobody means."""
    if value == []:
        raise ValueError("wanted at least one pattern")
    return [value] if isinstance(value, str) else value


Patterns = Annotated[
    tuple[Annotated[Any, BeforeValidator(_read_pattern)], ...], BeforeValidator(_as_list), one_or_more(TEXT)
]
