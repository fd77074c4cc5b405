"""A lookup is a value, also of a number that cannot be one."""

import pickle
from inspect import signature

import pytest
from twilio.rest.lookups.v2.phone_number import PhoneNumberInstance

from tests.doubles import RECIPIENT
from twilio_sms.domain.lookup import PACKAGES, Lookup
from twilio_sms.domain.lookup_packages import LineType
from twilio_sms.domain.lookup_query import LookupQuery

TREE = {
    "calling_country_code": "1",
    "country_code": "US",
    "phone_number": RECIPIENT,
    "national_format": "(555) 123-4567",
    "valid": True,
    "validation_errors": None,
    "line_type_intelligence": {"type": "mobile", "carrier_name": "T-Mobile USA", "error_code": None},
    "url": f"https://lookups.twilio.com/v2/PhoneNumbers/{RECIPIENT}",
    "weather": "fine",
}


def test_a_valid_number_has_its_forms_and_what_was_asked_for():
    lookup = Lookup.from_json(TREE)

    assert (lookup.phone_number, lookup.valid, lookup.validation_errors) == (RECIPIENT, True, ())
    assert (lookup.country_code, lookup.calling_country_code) == ("US", "1")
    assert lookup.national_format == "(555) 123-4567"
    assert lookup.line_type_intelligence
    assert lookup.line_type_intelligence.type is LineType.MOBILE
    assert lookup.caller_name is None


@pytest.mark.parametrize(
    ("told", "reasons"), [(["TOO_LONG"], ("TOO_LONG",)), ([], ()), (None, ()), ("TOO_LONG", ()), ([1], ("1",))]
)
def test_an_invalid_number_is_a_value_with_reasons(told, reasons):
    lookup = Lookup.from_json({"valid": False, "phone_number": "+1415", "validation_errors": told})

    assert (lookup.valid, lookup.validation_errors, lookup.country_code) == (False, reasons, None)


@pytest.mark.parametrize("tree", [{}, {"valid": None}, {"valid": "true"}, {"valid": 1}])
def test_an_answer_that_does_not_say_whether_it_is_valid_is_none(tree):
    with pytest.raises(ValueError, match="does not say"):
        Lookup.from_json(tree)


def test_what_is_new_to_us_is_in_raw():
    assert Lookup.from_json(TREE).raw["weather"] == "fine"


def test_a_package_may_fail_alone():
    failed = Lookup.from_json({**TREE, "caller_name": {"caller_name": None, "error_code": 60600}})

    assert not Lookup.from_json(TREE).has_failed_packages
    assert failed.has_failed_packages
    assert failed.caller_name
    assert failed.caller_name.error_code == 60600


def test_it_travels_to_another_process():
    lookup = Lookup.from_json(TREE)

    assert {pickle.loads(pickle.dumps(lookup))} == {lookup}


@pytest.mark.parametrize(
    ("tree", "shown"),
    [
        (TREE, "Lookup(+1555***4567, valid)"),
        ({"valid": False, "phone_number": None, "validation_errors": ["TOO_SHORT"]}, "invalid: TOO_SHORT"),
    ],
)
def test_it_shows_no_whole_number(tree, shown):
    assert shown in repr(Lookup.from_json(tree))
    assert RECIPIENT not in repr(Lookup.from_json(tree))


def test_it_has_all_that_the_official_sdk_has():
    official = PhoneNumberInstance(None, {})  # type: ignore[arg-type] # no version is asked

    wanted = {name for name in vars(official) if not name.startswith("_")}
    assert {name for name in Lookup.__dataclass_fields__ if name != "raw"} == wanted
    assert set(PACKAGES) < wanted


def test_what_may_be_asked_is_what_the_official_sdk_asks():
    from twilio_sms.domain.lookup_query import LookupOptions

    official = set(signature(PhoneNumberInstance.fetch).parameters) - {"self"}

    assert {*LookupOptions.__annotations__, "fields", "country_code"} == official
    assert LookupQuery.parse(RECIPIENT).form == ()
