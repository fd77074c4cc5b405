"""Phone numbers and senders, as values that are well-formed once they exist."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Self

from twilio_sms.domain.form import plain
from twilio_sms.errors import ValidationError
from twilio_sms.redaction import mask

_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_SHORT_CODE = r"[0-9]{3,8}"
# Twilio, "Alphanumeric Sender ID": up to 11 of A-Z, a-z, 0-9, space and a few signs, at least one letter.
_ALPHANUMERIC = r"(?=.*[A-Za-z])[A-Za-z0-9 +\-_&.]{1,11}"

_SENDER = re.compile(f"{_E164.pattern}|{_SHORT_CODE}|{_ALPHANUMERIC}", re.ASCII)
_NUMBER_LIKE = re.compile(r"[0-9+ ().\-]*[0-9][0-9+ ().\-]*", re.ASCII)


@dataclass(frozen=True, slots=True, repr=False)
class PhoneNumber:
    """A number in E.164 form; one that exists is well-formed."""

    e164: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read *text* as an E.164 number (``+15551234567``), or raise `ValidationError`."""
        if not isinstance(text, str) or not _E164.fullmatch(text):
            raise ValidationError(
                "must be an E.164 number (+, country code, subscriber: up to 15 digits), "
                f"is {shown(text)}{_advice(text)}"
            )
        return cls(plain(text))

    def __repr__(self) -> str:
        return f"PhoneNumber({mask(self.e164)})"


ReadNumber = Callable[[str], PhoneNumber]  # raises `ValidationError` for what is no number


class Sender(NamedTuple):
    """What a message comes from: an E.164 number, a short code or an alphanumeric sender ID."""

    text: str

    @classmethod
    def parse(cls, text: str, read_number: ReadNumber = PhoneNumber.parse) -> Self:
        """Read *text* as a sender, or raise `ValidationError`; *read_number* may know other ways to write a number."""
        if isinstance(text, str) and _SENDER.fullmatch(text):
            return cls(plain(text))
        try:
            return cls(read_number(text).e164)
        except ValidationError:
            pass
        raise ValidationError(
            "must be an E.164 number, a short code or an alphanumeric sender ID of 1 to 11 characters, "
            f"is {shown(text)}"
        )

    def __repr__(self) -> str:
        return f"Sender({mask(self.text) if self.text.lstrip('+').isdigit() else self.text!r})"


def shown(text: object) -> str:
    """Describe a refused value without telling a number: its masked form, or its type."""
    if text is None:
        return "missing"
    if not isinstance(text, str):
        return type(text).__name__
    if not text:
        return "empty"
    if not _NUMBER_LIKE.fullmatch(text):
        return f"a text of {len(text)} characters"
    return f"{mask(re.sub(r'[^0-9]', '', text))} with {len(text)} characters"


def _advice(text: object) -> str:
    """Say how what people write is read: a number without a plus, or with spaces and signs."""
    if not isinstance(text, str) or not _NUMBER_LIKE.fullmatch(text):
        return ""
    return '; Config(default_region="US"), say, reads numbers as people write them'
