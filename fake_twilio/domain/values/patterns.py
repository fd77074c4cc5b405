"""Patterns for numbers and texts: equal, ``*`` and ``?``, a range of numbers, or a regular expression."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Protocol

from fake_twilio.domain.values.regex import Regex

REGEX_PREFIX = "re:"
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
        return self._matcher(text)

    @cached_property
    def _matcher(self) -> Callable[[str], bool]:
        """The quickest way to look at a text: equal and ``prefix*`` are nearly all there is."""
        head, *others = self.text.split("*")
        if "?" not in self.text and not others:
            return partial(_is_equal, self.text)
        if "?" not in self.text and others == [""]:
            return partial(_has_prefix, head)
        if not others:
            return partial(_has_shape, head)
        return partial(_has_pieces, head, tuple(others[:-1]), others[-1])


def _is_equal(wanted: str, text: str) -> bool:
    return text == wanted


def _has_prefix(prefix: str, text: str) -> bool:
    return text.startswith(prefix)


def _has_shape(shape: str, text: str) -> bool:
    return len(text) == len(shape) and _fits(shape, text, 0)


def _has_pieces(head: str, middle: tuple[str, ...], tail: str, text: str) -> bool:
    """Take each piece at its first place: that is enough for ``*``, and takes linear steps for each piece."""
    end = len(text) - len(tail)
    if end < len(head) or not _fits(head, text, 0):
        return False
    at = len(head)
    for piece in middle:
        found = _find(piece, text, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return _fits(tail, text, end)


def _find(piece: str, text: str, at: int, end: int) -> int:
    """Return the first place of *piece* between two places of *text*, or -1."""
    if "?" not in piece:
        return text.find(piece, at, end)
    return next((place for place in range(at, end - len(piece) + 1) if _fits(piece, text, place)), -1)


def _fits(piece: str, text: str, at: int) -> bool:
    """Whether *piece*, in which ``?`` is any character, stands in *text* at a place."""
    if "?" not in piece:
        return text.startswith(piece, at)
    return all(wanted in ("?", text[at + index]) for index, wanted in enumerate(piece))


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers of one length, from *low* to *high*, both included: ``+15550100000..+15550199999``."""

    low: str
    high: str

    def matches(self, text: str) -> bool:
        return len(text) == len(self.low) and self.low <= text <= self.high and _NUMBER.fullmatch(text) is not None


def parse_pattern(text: str) -> Pattern:
    """Read a pattern; raise `ValueError` for a range that holds nothing, or a ``re:`` that `Regex` refuses."""
    if text.startswith(REGEX_PREFIX):
        return Regex.parse(text.removeprefix(REGEX_PREFIX))
    found = _RANGE.fullmatch(text)
    if not found:
        return Glob(text)
    low, high = found.groups()
    if len(low) != len(high) or low > high:
        raise ValueError("wanted a range of numbers of the same length, the lower one first")
    return NumberRange(low, high)
