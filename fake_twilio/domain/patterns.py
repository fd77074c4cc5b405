"""Patterns for numbers and texts: equal, ``*`` and ``?``, or a range of numbers."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

_NUMBER = re.compile(r"\+[0-9]+", re.ASCII)
_RANGE = re.compile(r"(\+[0-9]{5,15})\.\.(\+[0-9]{5,15})", re.ASCII)


class Pattern(Protocol):
    """Something that a text may match."""

    def matches(self, text: str) -> bool:
        """Whether *text* matches."""


@dataclass(frozen=True)
class Glob:
    """``*`` stands for any characters, ``?`` for one; without them the text must be equal."""

    text: str

    def matches(self, text: str) -> bool:
        return bool(self._pieces_fit(text)) if "*" in self.text or "?" in self.text else text == self.text

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        return tuple(self.text.split("*"))

    def _pieces_fit(self, text: str) -> bool:
        """Take each piece at its first place: that is enough for ``*``, and takes linear steps for each piece."""
        head, *middle, tail = self._parts if len(self._parts) > 1 else (self._parts[0], "")
        if len(self._parts) == 1:
            return len(text) == len(head) and _fits(head, text, 0)
        if len(text) < len(head) + len(tail) or not _fits(head, text, 0):
            return False
        at, end = len(head), len(text) - len(tail)
        for piece in middle:
            found = next((place for place in range(at, end - len(piece) + 1) if _fits(piece, text, place)), None)
            if found is None:
                return False
            at = found + len(piece)
        return _fits(tail, text, end)


def _fits(piece: str, text: str, at: int) -> bool:
    """Whether *piece*, in which ``?`` is any character, stands in *text* at a place."""
    return all(wanted in ("?", text[at + index]) for index, wanted in enumerate(piece))


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers of one length, from *low* to *high*, both included: ``+15550100000..+15550199999``."""

    low: str
    high: str

    def matches(self, text: str) -> bool:
        return len(text) == len(self.low) and _NUMBER.fullmatch(text) is not None and self.low <= text <= self.high


def parse_pattern(text: str) -> Pattern:
    """Read a pattern; raise `ValueError` for a range that holds nothing."""
    found = _RANGE.fullmatch(text)
    if not found:
        return Glob(text)
    low, high = found.groups()
    if len(low) != len(high) or low > high:
        raise ValueError("wanted a range of numbers of the same length, the lower one first")
    return NumberRange(low, high)
