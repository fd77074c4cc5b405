"""Phone numbers and senders, as Twilio reads them."""

import re

import phonenumbers

_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_SHORT_CODE = re.compile(r"[0-9]{3,8}", re.ASCII)
_ALPHANUMERIC = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 +\-_&.]{1,11}", re.ASCII)
_NORTH_AMERICAN = re.compile(r"\+1[2-9][0-9]{9}", re.ASCII)  # always possible, and by far the most: no need to ask
_TOLL_FREE = re.compile(r"\+18(00|33|44|55|66|77|88)[0-9]{7}", re.ASCII)
_DIALABLE = re.compile(r"[0-9+ ().\-]+", re.ASCII)
_HOME_COUNTRY = "US"


def is_e164(text: str) -> bool:
    """Whether *text* has the shape of a number in E.164 form."""
    return bool(_E164.fullmatch(text))


def is_toll_free(number: str) -> bool:
    """Whether an E.164 number is a toll-free one of North America."""
    return bool(_TOLL_FREE.fullmatch(number))


def national(number: str) -> str:
    """Return an E.164 number as people of its country write it: ``(500) 555-0006``."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:  # of no country
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def is_country(code: str) -> bool:
    """Whether there are numbers of the country with this ISO code, such as ``GB``."""
    return code in phonenumbers.SUPPORTED_REGIONS


def country_of(number: str) -> str | None:
    """Return the ISO code of an E.164 number's country: for a made-up one, the main country of its country code."""
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.region_code_for_number(parsed) or phonenumbers.region_code_for_country_code(
        parsed.country_code or 0
    )


def is_sender(text: str) -> bool:
    """Whether *text* has the shape of a number, a short code or an alphanumeric sender ID."""
    return bool(_E164.fullmatch(text) or _SHORT_CODE.fullmatch(text) or _ALPHANUMERIC.fullmatch(text))


def can_receive(text: str) -> bool:
    """Whether *text* has the shape of a number or a short code: nobody can write to an alphanumeric sender ID."""
    return bool(_E164.fullmatch(text) or _SHORT_CODE.fullmatch(text))


def to_e164(text: str, sender: str | None) -> str | None:
    """Return the E.164 form of a recipient, ``None`` if it cannot be one.

    A number without ``+`` is read with the country of the sender (documented for TwiML, said of the REST API too).
    """
    if _NORTH_AMERICAN.fullmatch(text):
        return text
    if not _DIALABLE.fullmatch(text):
        return None
    try:
        number = phonenumbers.parse(text, None if text.startswith("+") else _country(sender))
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _country(sender: str | None) -> str:
    known = country_of(sender) if sender is not None and _E164.fullmatch(sender) else None
    return known or _HOME_COUNTRY


def masked(number: str) -> str:
    """Return *number* as Twilio writes it in refusals: the last four digits hidden."""
    return f"{number[:-4]}XXXX" if len(number) > 4 and number[-4:].isdigit() else number
