"""Codes and links in a text, lifted out of it: what a person would look for."""

import re
from typing import NamedTuple

_LINK = re.compile(r"\bhttps?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]", re.IGNORECASE)
# Digits in one or two groups, or a few letters and digits: a code says nothing but itself.
_CODE = re.compile(
    r"(?<![\w.,$€£+/-])"  # no part of a number, a price or a date
    r"(?:[A-Z]{1,2}-)?(?:\d{3}[ -]?\d{3}|\d{4,8})"
    r"(?![\w/-]|[.,]\d)"
)
_TELLS_OF_A_CODE = re.compile(
    r"\b(?:codes?|pin|otp|passcode|password|verification|verify|one-time|login|token)\b|G-\d", re.IGNORECASE
)


class Lifted(NamedTuple):
    """What was found, each once, in the order of the text."""

    codes: tuple[str, ...]
    links: tuple[str, ...]


def lift(text: str) -> Lifted:
    """Return the codes and links in *text*; digits are a code only where the text speaks of one.

    >>> lift("Your code is 482 913, or open https://shop.example/v?c=482913.")
    Lifted(codes=('482 913',), links=('https://shop.example/v?c=482913',))
    """
    links = _LINK.findall(text)
    rest = _LINK.sub(" ", text)
    codes = _CODE.findall(rest) if _TELLS_OF_A_CODE.search(rest) else []
    return Lifted(tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(links)))
