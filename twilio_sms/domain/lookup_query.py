"""What is asked about a number: read from the caller's arguments, or refused with everything that is wrong."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Literal, NamedTuple, Self, TypedDict, get_args
from urllib.parse import quote

from twilio_sms.domain.form import Form, to_text
from twilio_sms.domain.phone import shown
from twilio_sms.domain.problems import Problems
from twilio_sms.domain.spelling import did_you_mean
from twilio_sms.errors import ValidationError

Package = Literal[
    "validation",
    "caller_name",
    "sim_swap",
    "call_forwarding",
    "line_status",
    "line_type_intelligence",
    "identity_match",
    "reassigned_number",
    "sms_pumping_risk",
    "phone_number_quality_score",
    "pre_fill",
]


class LookupOptions(TypedDict, total=False):
    """What some packages need to be told, under Twilio's names in snake_case; days as dates or ``YYYYMMDD``."""

    first_name: str
    last_name: str
    address_line1: str
    address_line2: str
    city: str
    state: str
    postal_code: str
    address_country_code: str
    national_id: str
    date_of_birth: date | str
    last_verified_date: date | str
    verification_sid: str
    partner_sub_id: str


_PACKAGES: tuple[str, ...] = get_args(Package)
_NAMES = {name: "".join(word.capitalize() for word in name.split("_")) for name in LookupOptions.__annotations__}
# Twilio's OpenAPI file: "This query parameter is only used (optionally) for … package requests."
_ONLY_FOR: dict[str, str] = {
    **dict.fromkeys(("first_name", "last_name", "address_line1", "address_line2", "city", "state"), "identity_match"),
    **dict.fromkeys(("postal_code", "address_country_code", "national_id", "date_of_birth"), "identity_match"),
    "last_verified_date": "reassigned_number",
    "verification_sid": "pre_fill",
}
_COUNTRY = re.compile(r"[A-Za-z]{2}", re.ASCII)
_DAY = re.compile(r"[0-9]{8}", re.ASCII)
# As people write them, letters of a vanity number included, and nothing that means something in an address.
_NUMBER = re.compile(r"(?=.*\w)[\w +().\-]{1,64}")
_BETWEEN_DIGITS = str.maketrans("", "", " ().-")


class LookupQuery(NamedTuple):
    """What is asked about one number; one that exists may be asked."""

    number: str
    form: Form

    @classmethod
    def parse(
        cls,
        number: str,
        fields: Collection[str] = (),
        country_code: str | None = None,
        options: Mapping[str, object] | None = None,
        *,
        default_country: str | None = None,
    ) -> Self:
        """Read the arguments of `Lookups.get`; raise one `ValidationError` that names everything that is wrong.

        *default_country* is that of a number without a plus, unless *country_code* names another.
        """
        problems = Problems()
        text = problems.read("number", read_number, number) or ""
        if country_code is None and not text.startswith("+"):
            country_code = default_country
        packages = problems.read("fields", _read_fields, fields) or ()
        country = problems.read("country_code", _read_country, country_code) if country_code is not None else None
        pairs = _read_options(problems, packages, options or {})
        if problems:
            problems.raise_all()
        asked = (("Fields", ",".join(packages)),) if packages else ()
        return cls(text, (*asked, *((("CountryCode", country),) if country else ()), *pairs))

    @property
    def path(self) -> str:
        """Where it is asked."""
        return f"/v2/PhoneNumbers/{quote(self.number, safe='+')}"

    @property
    def packages(self) -> frozenset[str]:
        """The packages that are asked for."""
        return frozenset(dict(self.form).get("Fields", "").split(","))

    def __repr__(self) -> str:
        return f"LookupQuery({shown(self.number)})"  # the form may hold a person's name, address and ID


def read_number(number: object) -> str:
    """Return *number* with nothing between its digits or letters, so that it is the same however it is written."""
    if isinstance(number, str) and _NUMBER.fullmatch(number):
        return number.translate(_BETWEEN_DIGITS)
    raise ValidationError(f"must be a phone number of at most 64 characters, is {shown(number)}")


def _read_fields(fields: object) -> tuple[str, ...]:
    """Return the packages once each, in Twilio's order, so that the same question always looks the same."""
    if isinstance(fields, str | Mapping) or not isinstance(fields, Collection):
        raise ValidationError(
            f"must be a list of packages such as ['line_type_intelligence'], is {type(fields).__name__}"
        )
    for name in fields:
        if name not in _PACKAGES:
            hint = did_you_mean(str(name), _PACKAGES) or f": there are {', '.join(_PACKAGES)}"
            raise ValidationError(f"has {name!r}, which is no package{hint}")
    return tuple(name for name in _PACKAGES if name in fields)


def _read_country(country: object) -> str:
    if isinstance(country, str) and _COUNTRY.fullmatch(country):
        return country.upper()
    raise ValidationError("must be a country of two letters such as 'US'")


def _read_options(problems: Problems, packages: Collection[str], options: Mapping[str, object]) -> Form:
    pairs: list[tuple[str, str]] = []
    for name, value in options.items():
        if name not in _NAMES:
            problems.append(f"{name} is no parameter of a lookup{did_you_mean(name, _NAMES)}")
        elif value is not None:
            text = problems.read(name, _read_option, name, value, packages)
            pairs += [(_NAMES[name], text)] if text is not None else []
    return tuple(sorted(pairs))


def _read_option(name: str, value: object, packages: Collection[str]) -> str:
    package = _ONLY_FOR.get(name)
    if package is not None and package not in packages:
        raise ValidationError(f"is only for the package {package}: add it to fields, or leave this out")
    return _CHECKS.get(name, _read_text)(value)


def _read_text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return to_text(value)
    raise ValidationError("must be a text that is not empty")


def _read_day(value: object) -> str:
    if isinstance(value, date):
        return f"{value.year:04}{value.month:02}{value.day:02}"
    if isinstance(value, str) and _DAY.fullmatch(value):
        return value
    raise ValidationError("must be a date, or a text such as '20201227'")


_CHECKS: dict[str, Callable[[object], str]] = {
    "address_country_code": _read_country,
    "date_of_birth": _read_day,
    "last_verified_date": _read_day,
}
