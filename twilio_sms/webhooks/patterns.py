"""Which texts a handler is for.

A pattern is found in time that grows with the length of the text alone: what lies between its stars has a fixed length,
so each piece is taken where it is found first, and nothing is tried twice. A text is written by a stranger, and a
regular expression with many ``.*`` would let one of 1,600 characters hold a thread for minutes.
"""

import re
from collections.abc import Callable
from types import FunctionType
from typing import NamedTuple
from unicodedata import normalize

from twilio_sms.domain.inbound_message import InboundMessage
from twilio_sms.errors import ValidationError

Matches = Callable[[InboundMessage], bool]
Pattern = str | re.Pattern[str] | Matches


def compile_pattern(pattern: Pattern) -> Matches:
    """Return the function that says whether an inbound message matches; raise `ValidationError` for no pattern.

    A text is held against the whole body: upper and lower case are alike, any white space is one space, none counts
    at the ends; ``*`` stands for anything, also nothing, and ``?`` for one character. ``"order *"`` matches
    ``" Order  17 "``, and ``"order"`` too, since an argument may be missing. A compiled regular expression is searched
    for as it is, and takes as long as it takes; a function is asked.

    >>> compile_pattern("order *")(InboundMessage("SM1", "AC1", "+15551234567", "+15005550006", "ORDER 17"))
    True
    """
    if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
        return lambda message: pattern.search(message.body) is not None
    if isinstance(pattern, str) and pattern.strip():
        matches = _glob(_plain(pattern))
        return lambda message: matches(_plain(message.body))
    if callable(pattern):
        return pattern
    raise ValidationError(
        f'a pattern is a text such as "order *", a compiled regular expression or a function, is {pattern!r}'
    )


def check_brackets(pattern: object) -> None:
    """Refuse the function below ``@handler.on`` without brackets: nothing would be registered, and nothing said.

    Nothing tells it from a function with a name that is meant as a pattern, so that one is refused, too.
    """
    if isinstance(pattern, FunctionType) and pattern.__name__ != "<lambda>":
        name = pattern.__name__
        raise ValidationError(
            f"the decorator above {name} has no brackets, so {name} would never be told: write on() for every message, "
            f'on("order *") for some; if {name} is to say for which, write on(lambda message: {name}(message))'
        )


def _plain(text: str) -> str:
    """Return *text* in one case and with single spaces; what can be written in two ways is written in one."""
    folded = text.lower() if text.isascii() else normalize("NFC", normalize("NFC", text).casefold())
    return " ".join(folded.split())


def _glob(pattern: str) -> Callable[[str], bool]:
    head = pattern
    while head.endswith(" *"):
        head = head.removesuffix(" *")
    pieces = [_Piece.compile(piece) for piece in head.split("*")]
    if head == pattern:
        return lambda text: _holds(pieces, text)
    with_rest = [_Piece.compile(piece) for piece in f"{head} *".split("*")]
    return lambda text: _holds(pieces, text) or _holds(with_rest, text)


class _Piece(NamedTuple):
    """What stands between two stars."""

    regex: re.Pattern[str]
    length: int

    @classmethod
    def compile(cls, text: str) -> "_Piece":
        return cls(re.compile(re.escape(text).replace(r"\?", "."), re.DOTALL), len(text))


def _holds(pieces: list[_Piece], text: str) -> bool:
    """Whether the first of *pieces* begins *text*, the last ends it, and the others lie in between, in their order."""
    first, *between = pieces
    if not between:
        return first.regex.fullmatch(text) is not None
    last, at = between.pop(), first.length
    if not first.regex.match(text):
        return False
    for piece in between:
        found = piece.regex.search(text, at)
        if found is None:
            return False
        at = found.end()
    return len(text) - last.length >= at and last.regex.fullmatch(text, len(text) - last.length) is not None
