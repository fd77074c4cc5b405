"""Who a number is by the published numbering plans: whether it can be assigned, its country, forms and kind of line."""

from dataclasses import dataclass, replace
from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

HOME_COUNTRY = "US"  # Twilio: the country of a number in national form, unless CountryCode names another
_NO_COUNTRY = "001"  # how phonenumbers names codes that belong to no country, such as +800


class LineType(StrEnum):
    """Twilio's kinds of lines, as in ``line_type_intelligence.type``."""

    LANDLINE = "landline"
    MOBILE = "mobile"
    FIXED_VOIP = "fixedVoip"
    NON_FIXED_VOIP = "nonFixedVoip"
    PERSONAL = "personal"
    TOLL_FREE = "tollFree"
    PREMIUM = "premium"
    SHARED_COST = "sharedCost"
    UAN = "uan"
    VOICEMAIL = "voicemail"
    PAGER = "pager"
    UNKNOWN = "unknown"


class Flaw(StrEnum):
    """Why a number is invalid, as in ``validation_errors``."""

    TOO_SHORT = "TOO_SHORT"
    TOO_LONG = "TOO_LONG"
    INVALID_BUT_POSSIBLE = "INVALID_BUT_POSSIBLE"
    INVALID_COUNTRY_CODE = "INVALID_COUNTRY_CODE"
    INVALID_LENGTH = "INVALID_LENGTH"
    NOT_A_NUMBER = "NOT_A_NUMBER"


CARRIED = frozenset({LineType.LANDLINE, LineType.MOBILE, LineType.FIXED_VOIP, LineType.NON_FIXED_VOIP})
"""The kinds of lines whose carrier Twilio tells; for all others those fields are null."""

# Where the plan leaves two kinds open, the one that can take messages: all of North America is "fixed or mobile".
_LINE_TYPES = {
    PhoneNumberType.FIXED_LINE: LineType.LANDLINE,
    PhoneNumberType.MOBILE: LineType.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: LineType.MOBILE,
    PhoneNumberType.TOLL_FREE: LineType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE: LineType.PREMIUM,
    PhoneNumberType.SHARED_COST: LineType.SHARED_COST,
    PhoneNumberType.VOIP: LineType.NON_FIXED_VOIP,
    PhoneNumberType.PERSONAL_NUMBER: LineType.PERSONAL,
    PhoneNumberType.PAGER: LineType.PAGER,
    PhoneNumberType.UAN: LineType.UAN,
    PhoneNumberType.VOICEMAIL: LineType.VOICEMAIL,
}
_UNREADABLE = {
    NumberParseException.INVALID_COUNTRY_CODE: Flaw.INVALID_COUNTRY_CODE,
    NumberParseException.NOT_A_NUMBER: Flaw.NOT_A_NUMBER,
    NumberParseException.TOO_SHORT_AFTER_IDD: Flaw.TOO_SHORT,
    NumberParseException.TOO_SHORT_NSN: Flaw.TOO_SHORT,
    NumberParseException.TOO_LONG: Flaw.TOO_LONG,
}
_IMPOSSIBLE = {
    ValidationResult.TOO_SHORT: Flaw.TOO_SHORT,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: Flaw.TOO_SHORT,  # its area code is missing
    ValidationResult.TOO_LONG: Flaw.TOO_LONG,
    ValidationResult.INVALID_LENGTH: Flaw.INVALID_LENGTH,
    ValidationResult.INVALID_COUNTRY_CODE: Flaw.INVALID_COUNTRY_CODE,
}


@dataclass(frozen=True, slots=True)
class Identity:
    """A number that was asked about; *phone_number* is in E.164 form if it could be read, else as it came."""

    phone_number: str
    flaw: Flaw | None
    calling_country_code: str | None = None
    country_code: str | None = None
    national_format: str | None = None
    line_type: LineType = LineType.UNKNOWN

    @property
    def is_valid(self) -> bool:
        return self.flaw is None

    def declared(self, *, valid: bool) -> "Identity":
        """Return this number as a scenario declares it; what no plan can hold, as too many digits, stays invalid."""
        if self.flaw not in (None, Flaw.INVALID_BUT_POSSIBLE):
            return self
        return replace(self, flaw=None if valid else Flaw.INVALID_BUT_POSSIBLE)


def is_country(code: str) -> bool:
    """Whether *code* is an ISO 3166-1 alpha-2 code, in capitals, of a country with a numbering plan."""
    return code in phonenumbers.SUPPORTED_REGIONS


def identify(text: str, country: str = HOME_COUNTRY) -> Identity:
    """Read a number in E.164 form, or in the national form of *country*."""
    try:
        number = phonenumbers.parse(text, country)
    except NumberParseException as error:
        return Identity(text, _UNREADABLE[error.error_type])
    return Identity(
        phone_number=phonenumbers.format_number(number, PhoneNumberFormat.E164),
        flaw=_flaw(number),
        calling_country_code=str(number.country_code),
        country_code=_country(number),
        national_format=phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
        line_type=_LINE_TYPES.get(phonenumbers.number_type(number), LineType.UNKNOWN),
    )


def _flaw(number: PhoneNumber) -> Flaw | None:
    flaw = _IMPOSSIBLE.get(phonenumbers.is_possible_number_with_reason(number))
    if flaw is None and not phonenumbers.is_valid_number(number):
        return Flaw.INVALID_BUT_POSSIBLE
    return flaw


def _country(number: PhoneNumber) -> str | None:
    """Return the country of *number*; a made-up number belongs to none, but its calling code does."""
    code = number.country_code or 0
    region = phonenumbers.region_code_for_number(number) or phonenumbers.region_code_for_country_code(code)
    return None if region == _NO_COUNTRY else region
