"""What Twilio knows about a number: a frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Self

from twilio_sms.domain.lookup_packages import (
    CallerName,
    CallForwarding,
    IdentityMatch,
    LineStatus,
    LineTypeIntelligence,
    PhoneNumberQualityScore,
    PreFill,
    ReassignedNumber,
    SimSwap,
    SmsPumpingRisk,
    read_package,
)
from twilio_sms.redaction import mask


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Lookup:
    """What Twilio knows about one number; a package that was not asked for is ``None``.

    A number that cannot be one is no error: *valid* is false, and *validation_errors* says why in Twilio's words:
    ``TOO_SHORT``, ``TOO_LONG``, ``INVALID_BUT_POSSIBLE``, ``INVALID_COUNTRY_CODE``, ``INVALID_LENGTH``,
    ``NOT_A_NUMBER``. *phone_number* is in E.164 form where Twilio could read it, else as it was asked. *raw* is
    Twilio's answer, with whatever it added since. Source: Twilio's OpenAPI file, Lookups v2.
    """

    phone_number: str | None
    valid: bool
    validation_errors: tuple[str, ...]
    country_code: str | None
    calling_country_code: str | None
    national_format: str | None
    url: str | None
    line_type_intelligence: LineTypeIntelligence | None
    caller_name: CallerName | None
    sim_swap: SimSwap | None
    call_forwarding: CallForwarding | None
    line_status: LineStatus | None
    identity_match: IdentityMatch | None
    reassigned_number: ReassignedNumber | None
    sms_pumping_risk: SmsPumpingRisk | None
    phone_number_quality_score: PhoneNumberQualityScore | None
    pre_fill: PreFill | None
    raw: Mapping[str, Any] = field(hash=False)

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> Self:
        """Read Twilio's JSON, patiently: only ``valid`` must be there. Raises `ValueError` without it."""
        valid = tree.get("valid")
        if not isinstance(valid, bool):
            raise ValueError("a lookup that does not say whether the number is valid")  # noqa: TRY004 - what came is wrong, not a type of ours
        return cls(
            phone_number=_text(tree, "phone_number"),
            valid=valid,
            validation_errors=_reasons(tree.get("validation_errors")),
            country_code=_text(tree, "country_code"),
            calling_country_code=_text(tree, "calling_country_code"),
            national_format=_text(tree, "national_format"),
            url=_text(tree, "url"),
            **{name: read_package(kind, tree.get(name)) for name, kind in PACKAGES.items()},
            raw=MappingProxyType(dict(tree)),
        )

    @property
    def has_failed_packages(self) -> bool:
        """Whether a package that was asked for came with an error code in the place of its facts."""
        packages = (getattr(self, name) for name in PACKAGES)
        return any(package is not None and package.error_code is not None for package in packages)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel as Twilio's JSON: a read-only view cannot be pickled."""
        return type(self).from_json, (dict(self.raw),)

    def __repr__(self) -> str:
        told = "valid" if self.valid else f"invalid: {', '.join(self.validation_errors)}"
        return f"Lookup({mask(self.phone_number or '')}, {told})"


PACKAGES: dict[str, type[Any]] = {
    "caller_name": CallerName,
    "sim_swap": SimSwap,
    "call_forwarding": CallForwarding,
    "line_status": LineStatus,
    "line_type_intelligence": LineTypeIntelligence,
    "identity_match": IdentityMatch,
    "reassigned_number": ReassignedNumber,
    "sms_pumping_risk": SmsPumpingRisk,
    "phone_number_quality_score": PhoneNumberQualityScore,
    "pre_fill": PreFill,
}
"""What may be asked for, and as what it is told; in the order of Twilio's answer."""


def _text(tree: Mapping[str, Any], name: str) -> str | None:
    value = tree.get(name)
    return None if value is None else str(value)


def _reasons(reasons: object) -> tuple[str, ...]:
    """Read why a number is invalid; Twilio writes none as null or as an empty list."""
    return tuple(map(str, reasons)) if isinstance(reasons, list) else ()
