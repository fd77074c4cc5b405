"""How a value is read from its text: what fits goes on, anything else is refused with what was wanted."""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeVar

T = TypeVar("T")
Reader = Callable[[Any], T]  # raises `ValueError`, which pydantic takes, whatever is wrong

_WHOLE = re.compile(r"[0-9]{1,7}", re.ASCII)
_DECIMAL = re.compile(r"[0-9]{1,6}(\.[0-9]{1,9})?", re.ASCII)


def text(fits: Callable[[str], object], wanted: str) -> Reader[str]:
    """Return what takes a text that *fits*; *wanted* says what that is."""

    def read(value: Any) -> str:
        if not isinstance(value, str) or not fits(value):
            raise ValueError(f"wanted {wanted}")
        return value

    return read


def like(pattern: str, wanted: str) -> Reader[str]:
    """Return what takes a text that matches *pattern* as a whole."""
    return text(re.compile(pattern, re.ASCII).fullmatch, wanted)


def one_of(choices: Mapping[str, T], wanted: str) -> Reader[T]:
    """Return what takes one of the texts for what it stands for."""
    read_text = text(choices.__contains__, wanted)
    return lambda value: choices[read_text(value)]


def whole(low: int, high: int, wanted: str) -> Reader[int]:
    """Return what takes a whole number from *low* to *high*."""
    read_text = text(lambda value: _WHOLE.fullmatch(value) and low <= int(value) <= high, wanted)
    return lambda value: int(read_text(value))


def above_zero(most: int, wanted: str) -> Reader[Fraction]:
    """Return what takes a number above 0 and up to *most*."""
    read_text = text(lambda value: _DECIMAL.fullmatch(value) and 0 < Fraction(value) <= most, wanted)
    return lambda value: Fraction(read_text(value))


def several(read: Reader[T]) -> Reader[frozenset[T]]:
    """Return what takes one value, or a list of at least one, each of which is *read*."""
    return lambda value: frozenset(map(read, value if isinstance(value, list) and value else [value]))
