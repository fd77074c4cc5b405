"""How many segments a text takes: GSM-7 where every character is in it, else UTF-16.

A segment holds 1120 bits: 160 septets or 70 UTF-16 units. A text of several segments loses 48 bits of each to the
header that joins them: 153 septets or 67 units are left. An extension character takes two septets, a surrogate pair
two units, and neither is split over a boundary. Source: 3GPP TS 23.038; Twilio, "What is GSM-7 character encoding".
"""

from collections.abc import Iterable
from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM7 = _BASIC | _EXTENSION


@dataclass(frozen=True, slots=True)
class Segments:
    """What a text takes: its encoding (``GSM-7`` or ``UCS-2``), its septets or UTF-16 units, its segments."""

    encoding: str
    units: int
    segments: int


def count_segments(text: str) -> Segments:
    """Return what *text* takes as an SMS."""
    if _GSM7.issuperset(text):
        widths = [2 if character in _EXTENSION else 1 for character in text]
        return Segments("GSM-7", sum(widths), _packed(widths, alone=160, joined=153))
    widths = [2 if ord(character) > 0xFFFF else 1 for character in text]
    return Segments("UCS-2", sum(widths), _packed(widths, alone=70, joined=67))


def _packed(widths: Iterable[int], *, alone: int, joined: int) -> int:
    """Count segments; a character that does not fit into the rest of one begins the next."""
    widths = tuple(widths)
    if sum(widths) <= alone:
        return 1
    segments, room = 1, joined
    for width in widths:
        if width > room:
            segments, room = segments + 1, joined
        room -= width
    return segments
