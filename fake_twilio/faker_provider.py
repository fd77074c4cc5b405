"""SIDs, phone numbers and texts for Faker, the same for the same seed.

>>> from faker import Faker
>>> from fake_twilio import TwilioProvider
>>> fake = Faker()
>>> fake.add_provider(TwilioProvider)
>>> len(fake.twilio_sid("AC"))
34
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import phonenumbers
from faker.providers import BaseProvider

MAX_BODY_CHARACTERS = 1600  # Twilio: the most that a message may have
Encoding = Literal["gsm7", "ucs2"]
# 555-01xx is kept for fiction and counts as valid, which those of other countries do not; # is a digit.
FICTITIOUS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "US": ("+120255501##", "+121255501##", "+131255501##", "+141555501##", "+161755501##", "+120655501##"),
        "CA": ("+141655501##", "+151455501##", "+160455501##"),
    }
)
_WORDS = ("your", "order", "code", "is", "ready", "parcel", "on", "its", "way", "see", "you", "tomorrow", "at", "noon")
_PREFIX = re.compile(r"[A-Z]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many characters fit into a message of one segment, and into each segment of a longer one."""

    alone: int
    each: int
    mark: str  # a text begins with it, so that it needs this encoding

    def lengths(self, segments: int) -> tuple[int, int]:
        """Return the shortest and the longest length that takes *segments*."""
        if segments == 1:
            return len(self.mark) + 1, self.alone
        return max(self.alone, (segments - 1) * self.each) + 1, segments * self.each


CAPACITIES: Mapping[Encoding, Capacity] = MappingProxyType(
    {"gsm7": Capacity(160, 153, ""), "ucs2": Capacity(70, 67, "\N{BLACK SUN WITH RAYS} ")}
)


class TwilioProvider(BaseProvider):
    """What tests of an app that sends messages make up; add it with ``fake.add_provider(TwilioProvider)``."""

    def twilio_sid(self, prefix: str = "SM") -> str:
        """Return a SID: *prefix*, two capital letters, and 32 hexadecimal digits."""
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(f"wanted two capital letters such as SM, not {prefix!r}")
        return f"{prefix}{self.generator.random.getrandbits(128):032x}"

    def e164(self, country: str = "US") -> str:
        """Return a valid number of *country* (ISO 3166, two letters) in E.164 form.

        Of the US and Canada it is one that is kept for fiction; of another country it is always the same, the one that
        phonenumbers gives as an example. Raises `ValueError` for what is no country with one.
        """
        patterns = FICTITIOUS.get(country.upper())
        return self.numerify(self.random_element(patterns)) if patterns else _example(country.upper())

    def sms_body(self, segments: int = 1, encoding: Encoding = "gsm7") -> str:
        """Return a text that takes exactly *segments* in this *encoding*; raises `ValueError` if none could be sent."""
        if encoding not in CAPACITIES:
            raise ValueError(f"wanted one of {', '.join(CAPACITIES)}, not {encoding!r}")
        capacity = CAPACITIES[encoding]
        least, most = capacity.lengths(segments) if segments > 0 else (0, 0)
        if not 0 < least <= MAX_BODY_CHARACTERS:
            raise ValueError(f"wanted segments of a text of 1 to {MAX_BODY_CHARACTERS} characters, not {segments}")
        length = self.random_int(least, min(most, MAX_BODY_CHARACTERS))
        return capacity.mark + self._words(length - len(capacity.mark))

    def _words(self, length: int) -> str:
        """Return words with *length* characters in all; a full stop stands where a space would be the last."""
        words = " ".join(self.random_choices(_WORDS, length))[:length]
        return f"{words[:-1]}." if words.endswith(" ") else words


def _example(country: str) -> str:
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
    found = next(filter(None, (phonenumbers.example_number_for_type(country, kind) for kind in kinds)), None)
    if found is None:
        raise ValueError(f"wanted the two letters of a country with phone numbers, such as US, not {country!r}")
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
