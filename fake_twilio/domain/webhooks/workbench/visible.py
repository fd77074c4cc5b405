"""A text in pieces, so that what cannot be seen in it can be shown.

Two texts that look the same are not signed the same: a blank that does not break, a letter of another alphabet, an
accent on its own, a character that turns the direction of what follows.
"""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Literal, NamedTuple

Kind = Literal["plain", "blank", "unseen"]
_SHORT = {"\n": "LF", "\r": "CR", "\t": "TAB", "\0": "NUL", "\x1b": "ESC", "\u00a0": "NBSP"}
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"))
_EMPTY = frozenset("\u115f\u1160\u2800\u3164\uffa0\ufffd")  # they look like nothing, though they count as letters
_ACCENTS = range(0x0300, 0x0370)  # on their own: with the letter before them they look like one letter
_VARIANTS = range(0xFE00, 0xFE10)
MOST_NAMED = 6  # characters of a text that are called by their names


class Piece(NamedTuple):
    """A part of a text: as it is, blanks, or one character that cannot be seen, by its *name*."""

    text: str
    kind: Kind = "plain"
    name: str = ""


class Contrast(NamedTuple):
    """Two texts side by side: what they have in common at both ends, and what each has between."""

    start: tuple[Piece, ...]
    sent: tuple[Piece, ...]
    seen: tuple[Piece, ...]
    end: tuple[Piece, ...]
    names: str  # of the characters in which they differ, where they are few and strange


def pieces(text: str) -> tuple[Piece, ...]:
    """Return *text* in pieces; a character that cannot be seen is in none of them, but named."""
    return tuple(piece for kind, run in groupby(text, _kind) for piece in _of_one_kind(kind, run))


def contrast(sent: str, seen: str) -> Contrast:
    """Return where *seen* begins to differ from *sent*, and where it ceases to."""
    start = _alike(sent, seen)
    left, right = sent[start:], seen[start:]
    end = _alike(left[::-1], right[::-1])
    left, tail = left[: len(left) - end], left[len(left) - end :]
    right = right[: len(right) - end]
    return Contrast(pieces(sent[:start]), pieces(left), pieces(right), pieces(tail), _difference(left, right))


def name_of(character: str) -> str:
    """Return code point and name: ``U+200B ZERO WIDTH SPACE``."""
    name = unicodedata.name(character, "") or _SHORT.get(character, "a character without a name")
    return f"U+{ord(character):04X} {name}"


def _alike(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def _difference(sent: str, seen: str) -> str:
    if (sent + seen).isascii() and (sent + seen).isprintable():
        return ""
    told = [f"{who} {_named(text)}" for who, text in (("sent", sent), ("yours", seen)) if text]
    return "; ".join(told)


def _named(text: str) -> str:
    more = ", …" if len(text) > MOST_NAMED else ""
    return ", ".join(map(name_of, text[:MOST_NAMED])) + more


def _kind(character: str) -> Kind:
    if character == " ":
        return "blank"
    if character.isascii() and character.isprintable():
        return "plain"
    return "unseen" if _is_unseen(character) else "plain"


def _is_unseen(character: str) -> bool:
    if ord(character) in _ACCENTS or ord(character) in _VARIANTS or character in _EMPTY:
        return True
    return unicodedata.category(character) in _UNSEEN


def _of_one_kind(kind: Kind, run: Iterator[str]) -> Iterator[Piece]:
    if kind == "unseen":
        yield from (Piece(_SHORT.get(one, f"U+{ord(one):04X}"), kind, name_of(one)) for one in run)
    else:
        yield Piece("".join(run), kind)
