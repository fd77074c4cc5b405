"""What a filled template takes as an SMS, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from twilio_sms.domain.look_alikes import LOOK_ALIKES
from twilio_sms.domain.segments import Segments, count_segments
from twilio_sms.domain.template import BodyTemplate


class Foreigner(NamedTuple):
    """A character that is not in GSM-7, where it stands, and what Smart Encoding would put in its place."""

    character: str
    placeholder: str | None  # whose value it is in; None: the template's own text
    replacement: str | None  # None: nothing looks like it, so that it forces UCS-2 either way


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A filled template. Counts are in the units of its encoding: septets of GSM-7, UTF-16 units of UCS-2."""

    plain: Segments  # without Smart Encoding, as `send` does unless it is told otherwise
    smart: Segments  # with ``smart_encoded=True``
    forced_by: tuple[Foreigner, ...]  # what keeps it out of GSM-7 without Smart Encoding

    @classmethod
    def of(cls, template: BodyTemplate, values: Mapping[str, object]) -> Self:
        """Return *template* filled with *values*; raise `ValidationError` as `BodyTemplate.fill_exactly` does."""
        texts = template.texts_of(values)
        text = template.fill(texts)
        return cls(
            plain=count_segments(text),
            smart=count_segments(text, smart_encoding=True),
            forced_by=(*_foreigners(template.own_text, None), *_of_values(texts)),
        )

    @property
    def text(self) -> str:
        """What the recipient reads."""
        return self.plain.text

    @property
    def encoding(self) -> str:
        """``"GSM-7"`` or ``"UCS-2"``."""
        return self.plain.encoding

    @property
    def segments(self) -> int:
        """How many segments are paid for."""
        return self.plain.segments

    @property
    def characters_left(self) -> int:
        """How many more fit into the last segment; an extension character of GSM-7 and an emoji take two."""
        return self.plain.left


def _of_values(texts: Mapping[str, str]) -> Iterator[Foreigner]:
    for name, text in texts.items():
        yield from _foreigners(text, name)


def _foreigners(text: str, placeholder: str | None) -> Iterator[Foreigner]:
    for character in count_segments(text).forced_by:
        yield Foreigner(character, placeholder, LOOK_ALIKES.get(ord(character)))
