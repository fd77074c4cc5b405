"""A lookup as JSON: the keys of Twilio's answer in their order, and each package that was asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fake_twilio.domain.twilio.errors import title
from fake_twilio.domain.twilio.form import Form, first
from fake_twilio.domain.twilio.lookup import CARRIED, Identity
from fake_twilio.domain.twilio.lookup_facts import LookupFacts

Tree = dict[str, Any]
_COMPARED = {
    "first_name_match": ("FirstName",),
    "last_name_match": ("LastName",),
    "address_lines_match": ("AddressLine1", "AddressLine2"),
    "city_match": ("City",),
    "state_match": ("State",),
    "postal_code_match": ("PostalCode",),
    "address_country_match": ("AddressCountryCode",),
    "national_id_match": ("NationalId",),
    "date_of_birth_match": ("DateOfBirth",),
}


@dataclass(frozen=True, slots=True)
class Lookup:
    """One answer to give: who the number is, what the world knows of it, and the parameters of the request."""

    identity: Identity
    facts: LookupFacts
    form: Form = ()


def render_lookup(lookup: Lookup, asked: frozenset[str], url: str) -> Tree:
    """Return all keys; a package is null unless it is among those *asked* for and the number is valid (inferred)."""
    identity = lookup.identity
    told = asked if identity.is_valid else frozenset()
    return {
        "calling_country_code": identity.calling_country_code if identity.is_valid else None,
        "country_code": identity.country_code if identity.is_valid else None,
        "phone_number": identity.phone_number,
        "national_format": identity.national_format if identity.is_valid else None,
        "valid": identity.is_valid,
        "validation_errors": [identity.flaw] if identity.flaw else [],
        **{name: _package(name, lookup) if name in told else None for name in PACKAGES},
        "url": url,
    }


def _package(name: str, lookup: Lookup) -> Tree:
    """Return a package; with an error it holds nothing but the code (inferred for all but line types)."""
    tree = PACKAGES[name](lookup)
    code = lookup.facts.error
    if code is None:
        return tree
    failed = {**dict.fromkeys(tree), "error_code": str(code) if name == "reassigned_number" else code}
    return {**failed, "error_message": title(code)} if "error_message" in tree else failed


def _caller_name(lookup: Lookup) -> Tree:
    facts = lookup.facts
    return {"caller_name": facts.caller_name, "caller_type": facts.caller_type, "error_code": None}


def _sim_swap(lookup: Lookup) -> Tree:
    facts = lookup.facts
    swap = {
        "last_sim_swap_date": facts.sim_swap_date,
        "swapped_period": facts.sim_swap_period,
        "swapped_in_period": facts.sim_swapped,
    }
    carrier = {
        "carrier_name": facts.carrier,
        "mobile_country_code": facts.mcc,
        "mobile_network_code": facts.mnc,
    }
    return {"last_sim_swap": swap, **carrier, "error_code": None}


def _call_forwarding(lookup: Lookup) -> Tree:
    return {"call_forwarding_enabled": lookup.facts.call_forwarding, "error_code": None}


def _line_status(lookup: Lookup) -> Tree:
    return {"status": lookup.facts.line_status, "error_code": None}


def _line_type_intelligence(lookup: Lookup) -> Tree:
    facts = lookup.facts
    line_type = facts.line_type or lookup.identity.line_type
    has_carrier = line_type in CARRIED
    return {
        "error_code": None,
        "mobile_country_code": facts.mcc if has_carrier else None,
        "mobile_network_code": facts.mnc if has_carrier else None,
        "carrier_name": facts.carrier if has_carrier else None,
        "type": line_type,
    }


def _identity_match(lookup: Lookup) -> Tree:
    """Compare what the request told of a person; what it did not tell is null (inferred)."""
    facts = lookup.facts
    matches = {
        key: facts.identity_match if any(first(lookup.form, name) for name in names) else None
        for key, names in _COMPARED.items()
    }
    return {**matches, "summary_score": facts.identity_score, "error_code": None, "error_message": None}


def _reassigned_number(lookup: Lookup) -> Tree:
    """The date comes as ``20201227`` and is told as ``2020-12-27``."""
    date = first(lookup.form, "LastVerifiedDate") or ""
    told = f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == len("20201227") and date.isdecimal() else None
    return {"last_verified_date": told, "is_number_reassigned": lookup.facts.reassigned, "error_code": None}


def _sms_pumping_risk(lookup: Lookup) -> Tree:
    facts = lookup.facts
    return {
        "carrier_risk_category": facts.carrier_risk,
        "number_blocked": facts.number_blocked,
        "number_blocked_date": None,
        "number_blocked_last_3_months": True if facts.number_blocked else None,
        "sms_pumping_risk_score": facts.sms_pumping_risk_score,
        "error_code": None,
    }


def _phone_number_quality_score(_lookup: Lookup) -> Tree:
    """The keys of Twilio's example; a scenario sets none of them."""
    tree: Tree = {}
    for subject in ("carrier_risk", "disposable_phone_risk", "quality", "velocity_risk"):
        tree |= {f"{subject}_score": 0, f"{subject}_category": "low"}
    return {**tree, "error_code": None}


def _pre_fill(_lookup: Lookup) -> Tree:
    """The keys of Twilio's example; the fake knows no persons."""
    keys = ("first_name", "last_name", "address_line", "country_code", "state", "postal_code", "error_code")
    return dict.fromkeys(keys)


PACKAGES: dict[str, Callable[[Lookup], Tree]] = {
    "caller_name": _caller_name,
    "sim_swap": _sim_swap,
    "call_forwarding": _call_forwarding,
    "line_status": _line_status,
    "line_type_intelligence": _line_type_intelligence,
    "identity_match": _identity_match,
    "reassigned_number": _reassigned_number,
    "sms_pumping_risk": _sms_pumping_risk,
    "phone_number_quality_score": _phone_number_quality_score,
    "pre_fill": _pre_fill,
}
"""What may be asked for, in the order of the answer's keys."""
