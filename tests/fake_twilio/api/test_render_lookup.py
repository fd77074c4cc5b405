"""Tests of a lookup as JSON; the trees are the examples of Twilio's specification."""

from typing import Any

import pytest

from fake_twilio.api.render_lookup import PACKAGES, Lookup, render_lookup
from fake_twilio.domain.twilio.lookup import LineType, identify
from fake_twilio.domain.twilio.lookup_facts import LookupFacts

URL = "https://lookups.twilio.com/v2/PhoneNumbers/+14159929960"
KEYS = ["calling_country_code", "country_code", "phone_number", "national_format", "valid", "validation_errors"]
PACKAGE_KEYS = ["caller_name", "sim_swap", "call_forwarding", "line_status", "line_type_intelligence"]
PACKAGE_KEYS += ["identity_match", "reassigned_number", "sms_pumping_risk", "phone_number_quality_score", "pre_fill"]
CARRIER = {"carrier": "Vodafone UK", "mcc": "276", "mnc": "02"}
SWAPPED = {"sim_swapped": True, "sim_swap_date": "2020-04-27T10:18:50Z", "sim_swap_period": "PT48H"}
ASKED_OF_A_PERSON = (("FirstName", "John"), ("AddressLine2", "Suite 2"), ("City", ""))
UNCOMPARED = dict.fromkeys(("last_name_match", "city_match", "state_match", "postal_code_match"))
UNCOMPARED |= dict.fromkeys(("address_country_match", "national_id_match", "date_of_birth_match"))

EXAMPLES: list[tuple[str, dict[str, Any], tuple[tuple[str, str], ...], dict[str, Any]]] = [
    (
        "caller_name",
        {"caller_name": "Sergio Suarez", "caller_type": "CONSUMER"},
        (),
        {"caller_name": "Sergio Suarez", "caller_type": "CONSUMER", "error_code": None},
    ),
    ("caller_name", {}, (), {"caller_name": None, "caller_type": "UNDETERMINED", "error_code": None}),
    (
        "sim_swap",
        {**CARRIER, **SWAPPED},
        (),
        {
            "last_sim_swap": {
                "last_sim_swap_date": "2020-04-27T10:18:50Z",
                "swapped_period": "PT48H",
                "swapped_in_period": True,
            },
            "carrier_name": "Vodafone UK",
            "mobile_country_code": "276",
            "mobile_network_code": "02",
            "error_code": None,
        },
    ),
    ("call_forwarding", {"call_forwarding": True}, (), {"call_forwarding_enabled": True, "error_code": None}),
    ("line_status", {}, (), {"status": "active", "error_code": None}),
    ("line_status", {"line_status": "inactive"}, (), {"status": "inactive", "error_code": None}),
    (
        "line_type_intelligence",
        {"line_type": LineType.NON_FIXED_VOIP, "carrier": "Twilio - SMS/MMS-SVR", "mcc": "240", "mnc": "38"},
        (),
        {
            "error_code": None,
            "mobile_country_code": "240",
            "mobile_network_code": "38",
            "carrier_name": "Twilio - SMS/MMS-SVR",
            "type": "nonFixedVoip",
        },
    ),
    (
        "identity_match",
        {"identity_match": "exact_match", "identity_score": 90},
        ASKED_OF_A_PERSON,
        {
            **UNCOMPARED,
            "first_name_match": "exact_match",
            "address_lines_match": "exact_match",
            "summary_score": 90,
            "error_code": None,
            "error_message": None,
        },
    ),
    (
        "reassigned_number",
        {"reassigned": "yes"},
        (("LastVerifiedDate", "20201227"),),
        {"last_verified_date": "2020-12-27", "is_number_reassigned": "yes", "error_code": None},
    ),
    (
        "reassigned_number",
        {},
        (("LastVerifiedDate", "yesterday"),),
        {"last_verified_date": None, "is_number_reassigned": "no", "error_code": None},
    ),
    (
        "sms_pumping_risk",
        {"sms_pumping_risk_score": 61, "carrier_risk": "moderate"},
        (),
        {
            "carrier_risk_category": "moderate",
            "number_blocked": False,
            "number_blocked_date": None,
            "number_blocked_last_3_months": None,
            "sms_pumping_risk_score": 61,
            "error_code": None,
        },
    ),
]


def rendered(facts: LookupFacts, *asked: str, number: str = "+14159929960", form: Any = ()) -> dict[str, Any]:
    return render_lookup(Lookup(identify(number), facts, form), frozenset(asked), URL)


def test_a_valid_number_without_packages_is_twilios_example() -> None:
    tree = rendered(LookupFacts())

    assert list(tree) == [*KEYS, *PACKAGE_KEYS, "url"]
    assert tree == {
        "calling_country_code": "1",
        "country_code": "US",
        "phone_number": "+14159929960",
        "national_format": "(415) 992-9960",
        "valid": True,
        "validation_errors": [],
        **dict.fromkeys(PACKAGE_KEYS),
        "url": URL,
    }


def test_an_invalid_number_is_twilios_example_and_gets_no_package() -> None:
    tree = rendered(LookupFacts(), *PACKAGE_KEYS, number="+141599299600")

    assert tree == {
        **dict.fromkeys([*KEYS, *PACKAGE_KEYS]),
        "phone_number": "+141599299600",
        "valid": False,
        "validation_errors": ["TOO_LONG"],
        "url": URL,
    }


@pytest.mark.parametrize(("name", "facts", "form", "package"), EXAMPLES)
def test_a_package_tells_the_facts(name: str, facts: dict[str, Any], form: Any, package: dict[str, Any]) -> None:
    tree = rendered(LookupFacts(**facts), name, form=form)

    assert tree[name] == package
    assert [key for key in PACKAGE_KEYS if tree[key] is not None] == [name]


@pytest.mark.parametrize("kind", list(LineType))
def test_only_the_first_four_kinds_have_a_carrier(kind: LineType) -> None:
    package = rendered(LookupFacts(line_type=kind, **CARRIER), "line_type_intelligence")["line_type_intelligence"]

    has_carrier = kind in ("landline", "mobile", "fixedVoip", "nonFixedVoip")
    assert package["carrier_name"] == ("Vodafone UK" if has_carrier else None)
    assert package["mobile_country_code"] == ("276" if has_carrier else None)
    assert package["mobile_network_code"] == ("02" if has_carrier else None)


def test_a_number_that_is_blocked_was_so_within_three_months() -> None:
    package = rendered(LookupFacts(number_blocked=True), "sms_pumping_risk")["sms_pumping_risk"]

    assert (package["number_blocked"], package["number_blocked_last_3_months"]) == (True, True)


@pytest.mark.parametrize("name", PACKAGE_KEYS)
def test_an_error_leaves_nothing_but_its_code(name: str) -> None:
    package = rendered(LookupFacts(error=60600, **CARRIER), name)[name]

    assert {key for key, value in package.items() if value is not None} <= {"error_code", "error_message"}
    assert str(package["error_code"]) == "60600"


def test_all_packages_are_known() -> None:
    assert list(PACKAGES) == PACKAGE_KEYS
