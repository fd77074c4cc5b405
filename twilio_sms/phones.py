"""Numbers as people write them, read by Google's libphonenumber (extra ``phone``).

A number is taken if it is *possible*: its length is one that its country has. Whether it is *valid*, given to somebody,
is not asked: the ranges that libphonenumber knows are older than the newest numbers, and +1 555, which every example
uses, counts as invalid.

The library looks for a number in any text: ``whatsapp:`` before one, or a sentence around it, would be dropped without
a word, and a message would go to where nobody meant it. So a text with letters is none.
"""

from types import ModuleType

from twilio_sms.domain.phone import PhoneNumber, ReadNumber, shown
from twilio_sms.errors import ValidationError


def number_reader(default_region: str | None) -> ReadNumber:
    """Return what reads a number: international, or as written in *default_region* (``"US"``, ``"GB"``).

    Raises `ValidationError` if the extra is not installed or the region is unknown.
    """
    phonenumbers = _phonenumbers()
    if default_region is not None and default_region not in phonenumbers.SUPPORTED_REGIONS:
        raise ValidationError(f"default_region must be a country of two letters such as 'US', is {default_region!r}")

    def read(text: str) -> PhoneNumber:
        return PhoneNumber.parse(_e164(phonenumbers, text, default_region))

    return read


def _phonenumbers() -> ModuleType:
    try:
        import phonenumbers
    except ImportError:
        raise ValidationError('numbers="possible" and default_region need: pip install "twilio-sms[phone]"') from None
    return phonenumbers


def _e164(phonenumbers: ModuleType, text: object, region: str | None) -> str:
    try:
        is_bare = isinstance(text, str) and not any(map(str.isalpha, text))
        number = phonenumbers.parse(text, region) if is_bare else None
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.extension or not phonenumbers.is_possible_number(number):
        where = f"or one as written in {region} " if region else ""
        raise ValidationError(f"must be a possible number: E.164 {where}without an extension, is {shown(text)}")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
