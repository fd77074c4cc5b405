"""Regular expressions of scenario files, in linear time: RE2's language."""

from dataclasses import dataclass, field
from typing import Any, Self

import re2

MAX_CHARACTERS = 1_000
MAX_MEMORY_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Regex:
    """Matches where *text* is found anywhere, as with `re.search`; ``^`` and ``$`` are the ends of the whole text.

    The language is RE2's: no backreferences and no lookaround, ``\\d``, ``\\w`` and ``\\b`` know ASCII alone, ``$``
    does not match before a last newline, and the time is linear in the text. Make one with `parse`.
    """

    text: str
    size: int = field(compare=False)  # steps of the compiled program: what it takes of memory
    _compiled: Any = field(repr=False, compare=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Compile *text*; raises `ValueError` with the reason if it is empty, too long, too large or not RE2's."""
        if not 0 < len(text) <= MAX_CHARACTERS:
            raise ValueError(f"wanted a regular expression of 1 to {MAX_CHARACTERS} characters, has {len(text)}")
        try:
            compiled = re2.compile(text.encode(), _options())
        except UnicodeEncodeError as error:
            raise ValueError("wanted a regular expression of whole characters, not half a surrogate pair") from error
        except re2.error as error:
            raise ValueError(f"wanted a regular expression that RE2 knows: {_reason(error)}") from error
        return cls(text, compiled.programsize, compiled)

    def matches(self, text: str) -> bool:
        return self._compiled.search(text.encode("utf-8", "surrogatepass")) is not None


def _options() -> Any:
    options = re2.Options()
    options.max_mem = MAX_MEMORY_BYTES
    options.never_capture = True
    options.log_errors = False  # else it writes to stderr
    return options


def _reason(error: Exception) -> str:
    reason = error.args[0]
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)
