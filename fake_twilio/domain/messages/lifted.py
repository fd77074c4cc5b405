"""Codes and links in a text, lifted out of it: what a person would look for."""

import re
from typing import NamedTuple

from fake_twilio.domain.messages.codes import codes_in

_LINK = re.compile(r"\bhttps?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]", re.IGNORECASE)


class Lifted(NamedTuple):
    """What was found, each once, in the order of the text."""

    codes: tuple[str, ...]
    links: tuple[str, ...]


def lift(text: str) -> Lifted:
    """Return the codes and links in *text*; digits are a code only where the text calls them one.

    >>> lift("Your code is 482 913, or open https://shop.example/v?c=482913.")
    Lifted(codes=('482 913',), links=('https://shop.example/v?c=482913',))
    """
    links = _LINK.findall(text)
    rest = _LINK.sub(" ", text)
    return Lifted(tuple(codes_in(rest)), tuple(dict.fromkeys(links)))
