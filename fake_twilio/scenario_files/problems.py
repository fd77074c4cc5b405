"""What is wrong with a scenario file, and where; told so that nothing in it harms a terminal."""

import re
from dataclasses import dataclass
from typing import NamedTuple

MOST_PROBLEMS = 50  # of one file: who has more to mend starts with these
MAX_SHOWN_CHARACTERS = 60  # of one piece of a file's content
_MAX_TOLD_CHARACTERS = 2_000
_QUOTED = re.compile(
    rf"""(?<!\w)(['"])((?:\\.|(?!\1)[^\\]){{{MAX_SHOWN_CHARACTERS}}})(?:\\.|(?!\1)[^\\])++\\?(?:\1|\Z)"""
)
_UNBROKEN = re.compile(rf"(\S{{{MAX_SHOWN_CHARACTERS}}})\S{{20,}}+")

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """Where something stands in its file; both count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, and where: ``file:line:column: path: what was wanted``."""

    place: Place
    path: Path
    wanted: str

    def told(self, file: str) -> str:
        """Return the line that a person reads, without control characters and with long content cut."""
        where = ".".join(shown(str(part)) for part in self.path)
        wanted = _cut(self.wanted[:_MAX_TOLD_CHARACTERS])
        return f"{_escaped(file)}:{self.place.line}:{self.place.column}: {where + ': ' if where else ''}{wanted}"


class YamlError(Exception):
    """A file that is no strict YAML."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


def shown(text: str) -> str:
    """Return *text* as it may stand in an error: cut when it is long, with control characters as escapes."""
    cut = text if len(text) <= MAX_SHOWN_CHARACTERS else text[:MAX_SHOWN_CHARACTERS] + "…"
    return _escaped(cut)


def _cut(wanted: str) -> str:
    """Cut each long text in quotes and each long run without a space: no sentence of ours has one."""
    return _UNBROKEN.sub(r"\1…", _QUOTED.sub(r"\1\2…\1", _escaped(wanted)))


def _escaped(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in text)


class ScenarioError(Exception):
    """A scenario that cannot be found or read; each problem is a line for a person."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
