"""What the packages of a lookup tell of a number, a frozen value for each.

Read patiently: what is missing, or is not of the type it should be, is ``None``, and what Twilio adds stays in
`Lookup.raw`. Each package has an ``error_code``: the lookup as a whole went well, and this part of it did not (60600,
60601). Source: Twilio's OpenAPI file, Lookups v2; where that says nothing of the fields, its examples.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


class LineType(StrEnum):
    """Twilio's kinds of lines. Source: Twilio, "Line Type Intelligence"."""

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
    UNKNOWN = "unknown"  # also for a word that Twilio did not have when this was written


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTypeIntelligence:
    """What kind of line it is, and whose; the carrier is told of landlines, mobiles and VoIP only."""

    type: LineType | None
    carrier_name: str | None
    mobile_country_code: str | None
    mobile_network_code: str | None
    error_code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerName:
    """Whose number it is, by CNAM; *caller_type* is ``CONSUMER``, ``BUSINESS`` or ``UNDETERMINED``."""

    caller_name: str | None = field(repr=False)
    caller_type: str | None
    error_code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSimSwap:
    """When the SIM was last changed, and whether within *swapped_period*, an ISO 8601 duration (``PT24H``)."""

    last_sim_swap_date: datetime | None
    swapped_period: str | None
    swapped_in_period: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimSwap:
    """Whether the SIM of a mobile number was changed."""

    last_sim_swap: LastSimSwap | None
    carrier_name: str | None
    mobile_country_code: str | None
    mobile_network_code: str | None
    error_code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallForwarding:
    """Whether all calls to a mobile number are forwarded."""

    call_forwarding_enabled: bool | None
    error_code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineStatus:
    """Whether a mobile number is in use: *status* is ``active``, ``inactive`` and the like."""

    status: str | None
    error_code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityMatch:
    """How far a person who was described is whose number it is: ``exact_match``, ``high_partial_match``, ``no_match`` …

    *summary_score* is from 0 to 100; what the request did not tell of the person is ``None``.
    """

    first_name_match: str | None
    last_name_match: str | None
    address_lines_match: str | None
    city_match: str | None
    state_match: str | None
    postal_code_match: str | None
    address_country_match: str | None
    national_id_match: str | None
    date_of_birth_match: str | None
    summary_score: int | None
    error_code: int | None
    error_message: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassignedNumber:
    """Whether the number changed hands since *last_verified_date*: ``yes``, ``no`` or ``no_data_available``."""

    last_verified_date: date | None
    is_number_reassigned: str | None
    error_code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsPumpingRisk:
    """How likely it is that messages to the number are fraud; the score is from 0 to 100, and higher is worse."""

    carrier_risk_category: str | None
    number_blocked: bool | None
    number_blocked_date: datetime | None
    number_blocked_last_3_months: bool | None
    sms_pumping_risk_score: int | None
    error_code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneNumberQualityScore:
    """How risky a mobile number is, in scores from 0 to 100 and in words."""

    carrier_risk_score: int | None
    carrier_risk_category: str | None
    disposable_phone_risk_score: int | None
    disposable_phone_risk_category: str | None
    quality_score: int | None
    quality_category: str | None
    velocity_risk_score: int | None
    velocity_risk_category: str | None
    error_code: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PreFill:
    """Who has the number and where they live, to fill in a form for them."""

    first_name: str | None = field(repr=False)
    last_name: str | None = field(repr=False)
    address_line: str | None = field(repr=False)
    country_code: str | None
    state: str | None = field(repr=False)
    postal_code: str | None = field(repr=False)
    error_code: int | None


def read_package(kind: type[T], tree: object) -> T | None:
    """Return *tree* as a value of *kind*, one of the above; ``None`` if it is no JSON object."""
    if not isinstance(tree, Mapping):
        return None
    values = {each.name: _READERS[each.type](tree.get(each.name)) for each in fields(kind)}  # type: ignore[arg-type] # all are dataclasses
    return kind(**values)


def _text(value: object) -> str | None:
    is_one = isinstance(value, str | int) and not isinstance(value, bool)  # a network's code may come as a number
    return str(value) if is_one else None


def _whole(value: object) -> int | None:
    """Read a whole number, which some packages write as a text."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _moment(value: object) -> datetime | None:
    """Read an ISO 8601 moment, such as ``2020-04-27T10:18:50Z``."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _line_type(value: object) -> LineType | None:
    if value is None:
        return None
    try:
        return LineType(str(value))
    except ValueError:
        return LineType.UNKNOWN


def _last_sim_swap(value: object) -> LastSimSwap | None:
    return read_package(LastSimSwap, value)


# The type of a field says how it is read.
_READERS: dict[object, Callable[[object], Any]] = {
    str | None: _text,
    int | None: _whole,
    bool | None: _truth,
    datetime | None: _moment,
    date | None: _day,
    LineType | None: _line_type,
    LastSimSwap | None: _last_sim_swap,
}
