"""How many segments a text takes: GSM-7 where every character is in it, else UTF-16.

A segment holds 1120 bits: 160 septets or 70 UTF-16 units. A text of several segments loses 48 bits of each to the
header that joins them: 153 septets or 67 units are left. An extension character takes two septets, a surrogate pair
two units, and neither is split over a boundary. Source: 3GPP TS 23.038; Twilio, "What is GSM-7 character encoding".
"""

from collections.abc import Callable
from typing import NamedTuple

from twilio_sms.domain.look_alikes import LOOK_ALIKES

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM7 = _BASIC | _EXTENSION


class Encoding(NamedTuple):
    """How characters become units, and how many units a segment holds, alone and joined to others."""

    name: str
    alone: int
    joined: int
    is_wide: Callable[[str], bool]  # takes two units, which stay together


GSM7 = Encoding(name="GSM-7", alone=160, joined=153, is_wide=_EXTENSION.__contains__)
UCS2 = Encoding(name="UCS-2", alone=70, joined=67, is_wide=lambda character: ord(character) > 0xFFFF)


class Segments(NamedTuple):
    """What a text takes as an SMS."""

    text: str  # as it leaves: with Smart Encoding's replacements, if it was asked for
    encoding: str  # "GSM-7" or "UCS-2"
    units: int  # septets or UTF-16 units, without what is lost at a boundary
    segments: int
    left: int  # units that still fit into the last segment
    forced_by: tuple[str, ...]  # the characters that are not in GSM-7, each once, in their order

    def __repr__(self) -> str:
        return f"Segments({self.segments} in {self.encoding}, {self.units} units, {self.left} left)"


def count_segments(text: str, smart_encoding: bool = False) -> Segments:
    """Return what *text* takes, after Smart Encoding replaced its look-alikes if that is on; an empty text takes one.

    >>> count_segments("Price: 5€", smart_encoding=False).units
    10
    """
    sent = text.translate(LOOK_ALIKES) if smart_encoding else text
    encoding = GSM7 if _GSM7.issuperset(sent) else UCS2
    units = len(sent) + sum(map(encoding.is_wide, sent))
    segments, left = (1, encoding.alone - units) if units <= encoding.alone else _packed(sent, encoding)
    return Segments(
        text=sent,
        encoding=encoding.name,
        units=units,
        segments=segments,
        left=left,
        forced_by=() if encoding is GSM7 else tuple(dict.fromkeys(filter(_is_foreign, sent))),
    )


def _is_foreign(character: str) -> bool:
    return character not in _GSM7


def _packed(text: str, encoding: Encoding) -> tuple[int, int]:
    """Return segments and what is left in the last; a character that does not fit into one begins the next."""
    segments, left = 1, encoding.joined
    for character in text:
        width = 2 if encoding.is_wide(character) else 1
        if width > left:
            segments, left = segments + 1, encoding.joined
        left -= width
    return segments, left
