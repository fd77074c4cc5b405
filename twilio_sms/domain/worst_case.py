"""How many segments a template takes at most.

A character takes one unit of its encoding or two: two septets for one of GSM-7's extension (``€``, ``[``), two UTF-16
units for an emoji. To put a wider character in the place of a narrow one, or one more at the end, never makes a text
end earlier: where it would be split over a boundary, it moves on to the next segment. So a text whose values consist
of wide characters alone, and are as long as they may be, bounds all others in that encoding.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from twilio_sms.domain.draft import MAX_BODY_CHARACTERS
from twilio_sms.domain.problems import Problems
from twilio_sms.domain.segments import GSM7, UCS2, count_segments
from twilio_sms.domain.settings import is_whole
from twilio_sms.domain.spelling import did_you_mean
from twilio_sms.domain.template import BodyTemplate
from twilio_sms.errors import ValidationError

_FILLERS = {GSM7.name: ("a", "\u20ac"), UCS2.name: ("\u4e00", "\U0001f600")}  # of one unit, of two


class Bound(NamedTuple):
    """What it takes in one encoding if each value is as long as it may be."""

    encoding: str  # "GSM-7" or "UCS-2"
    segments: int  # if each character of a value takes one unit: letters
    most_segments: int  # if each takes two: € and brackets in GSM-7, emoji in UCS-2; no value makes it more


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstCase:
    """What a template takes at most, without Smart Encoding."""

    gsm7: Bound | None  # None: the template's own text is not in GSM-7
    ucs2: Bound | None  # None: no value can make it UCS-2, since it takes none
    characters: int  # of the longest text
    forced_by: tuple[str, ...]  # the characters of the template's own text that are not in GSM-7

    @classmethod
    def of(cls, template: BodyTemplate, max_lengths: Mapping[str, int]) -> Self:
        """Return the bounds if each value has up to its *max_lengths* of characters, which name every placeholder.

        Raises one `ValidationError` that names everything that is wrong with them.
        """
        _check_lengths(template, max_lengths)
        return cls(
            gsm7=_bound(template, max_lengths, GSM7.name),
            ucs2=_bound(template, max_lengths, UCS2.name),
            characters=len(_filled(template, max_lengths, "a")),
            forced_by=count_segments(template.own_text).forced_by,
        )

    @property
    def most_segments(self) -> int:
        """How many segments it takes at most, whatever the values are made of."""
        return max(bound.most_segments for bound in (self.gsm7, self.ucs2) if bound)

    @property
    def may_be_too_long(self) -> bool:
        """Whether the longest text is refused: Twilio takes 1600 characters (21617)."""
        return self.characters > MAX_BODY_CHARACTERS


def _bound(template: BodyTemplate, max_lengths: Mapping[str, int], encoding: str) -> Bound | None:
    """Return the bound in an *encoding*; ``None`` if no text of these lengths is in it."""
    narrow, wide = (count_segments(_filled(template, max_lengths, filler)) for filler in _FILLERS[encoding])
    return Bound(encoding, narrow.segments, wide.segments) if narrow.encoding == encoding else None


def _filled(template: BodyTemplate, max_lengths: Mapping[str, int], character: str) -> str:
    return template.fill({name: character * length for name, length in max_lengths.items()})


def _check_lengths(template: BodyTemplate, max_lengths: object) -> None:
    if not isinstance(max_lengths, Mapping):
        raise ValidationError(f"max_lengths must be a mapping by name, is {type(max_lengths).__name__}")
    problems = Problems()
    if missing := [name for name in template.names if name not in max_lengths]:
        problems.append(f"max_lengths lacks {', '.join(missing)}")
    for name, length in max_lengths.items():
        if name not in template.names:
            problems.append(f"the template has no ${name}{did_you_mean(str(name), template.names)}")
        elif not is_whole(length) or not 0 <= length <= MAX_BODY_CHARACTERS:
            problems.append(f"{name} must be a whole number from 0 to {MAX_BODY_CHARACTERS}, is {length!r}")
    if problems:
        problems.raise_all()
