"""What is asked about a number is checked at the door, and always looks the same."""

from datetime import date, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contract.openapi import ABSENT, IS_THERE, read_file
from tests.doubles import RECIPIENT
from twilio_sms.domain.lookup_query import LookupQuery, Package
from twilio_sms.errors import ValidationError

PERSON = {"first_name": "John", "last_name": "Doe", "address_line1": "321 Main Street", "national_id": "YZ3456883"}


def test_a_bare_number_asks_for_nothing_that_costs():
    query = LookupQuery.parse(RECIPIENT)

    assert (query.path, query.form) == (f"/v2/PhoneNumbers/{RECIPIENT}", ())


def test_all_goes_out_under_twilios_names():
    options = {**PERSON, "date_of_birth": date(1990, 12, 14), "address_country_code": "us", "partner_sub_id": "shop 7"}

    query = LookupQuery.parse(RECIPIENT, ["sim_swap", "identity_match"], "gb", options)

    assert dict(query.form) == {
        "Fields": "sim_swap,identity_match",
        "CountryCode": "GB",
        "FirstName": "John",
        "LastName": "Doe",
        "AddressLine1": "321 Main Street",
        "NationalId": "YZ3456883",
        "DateOfBirth": "19901214",
        "AddressCountryCode": "US",
        "PartnerSubId": "shop 7",
    }


def test_the_same_question_looks_the_same():
    one = LookupQuery.parse(
        "+1 (555) 123-4567", ["sim_swap", "identity_match", "sim_swap"], None, {"city": "X", "state": "NY"}
    )
    other = LookupQuery.parse(
        RECIPIENT, {"identity_match", "sim_swap"}, None, {"state": "NY", "first_name": None, "city": "X"}
    )

    assert one == other
    assert one.packages == {"identity_match", "sim_swap"}


@pytest.mark.parametrize(
    ("number", "country", "asked"),
    [("07772 000001", None, "GB"), ("07772 000001", "FR", "FR"), (RECIPIENT, None, None), (RECIPIENT, "fr", "FR")],
)
def test_a_number_in_national_form_is_of_the_country_that_is_usual_here(number, country, asked):
    query = LookupQuery.parse(number, (), country, default_country="GB")

    assert dict(query.form).get("CountryCode") == asked


@pytest.mark.parametrize("number", ["", " ", None, 15551234567, "+1/2", "..", "+1?x=2", "%2e", "5#", "1" * 65, "a\nb"])
def test_what_cannot_stand_in_an_address_is_no_number(number):
    with pytest.raises(ValidationError, match="number must be a phone number of at most 64 characters"):
        LookupQuery.parse(number)


@pytest.mark.parametrize("number", ["5", "banana", "+141599299600", "1-800-FLOWERS", "٣٤٥"])
def test_whether_it_can_be_a_number_is_for_twilio_to_say(number):
    assert LookupQuery.parse(number).path.startswith("/v2/PhoneNumbers/")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("sim_swap", "must be a list of packages"),
        (None, "must be a list of packages"),
        ({"sim_swap": True}, "must be a list of packages"),
        (["line_type"], "did you mean line_type_intelligence?"),
        (["carrier!"], "there are validation, caller_name"),
        ([5], "has 5, which is no package"),
        ([["sim_swap"]], "which is no package"),
    ],
)
def test_a_package_that_is_none_is_refused(fields, told):
    with pytest.raises(ValidationError, match=r"^fields ") as caught:
        LookupQuery.parse(RECIPIENT, fields)

    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("first_nmae", "x", "is no parameter of a lookup: did you mean first_name?"),
        ("verification_sid", "VE1", "is only for the package pre_fill: add it to fields"),
        ("first_name", 5, "must be a text that is not empty"),
        ("first_name", " ", "must be a text that is not empty"),
        ("last_verified_date", "2020-12-27", "must be a date, or a text such as '20201227'"),
        ("date_of_birth", 19901214, "must be a date"),
        ("address_country_code", "USA", "must be a country of two letters"),
    ],
)
def test_an_option_that_cannot_be_asked_is_refused(option, value, told):
    with pytest.raises(ValidationError, match=f"^{option} ") as caught:
        LookupQuery.parse(RECIPIENT, ["identity_match", "reassigned_number"], None, {option: value})

    assert told in str(caught.value)


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(ValidationError) as caught:
        LookupQuery.parse("", ["x"], "USA", {"y": 1})

    for name in ("number", "fields", "country_code", "y"):
        assert f"{name} " in str(caught.value)


@pytest.mark.parametrize("day", [date(2020, 1, 2), datetime(2020, 1, 2, 3), "20200102"])
def test_a_day_is_eight_digits(day):
    query = LookupQuery.parse(RECIPIENT, ["reassigned_number"], None, {"last_verified_date": day})

    assert dict(query.form)["LastVerifiedDate"] == "20200102"


def test_it_shows_neither_number_nor_person():
    query = LookupQuery.parse(RECIPIENT, ["identity_match"], None, PERSON)

    assert not [private for private in (RECIPIENT, *PERSON.values()) if private in repr(query)]


@given(number=st.text())
def test_a_number_never_leaves_its_place_in_the_address(number):
    try:
        path = LookupQuery.parse(number).path
    except ValidationError:
        return
    rest = path.removeprefix("/v2/PhoneNumbers/")
    assert rest
    assert not set(rest) & set("/?#. ")


@pytest.mark.skipif(not IS_THERE, reason=ABSENT)
def test_packages_and_parameters_are_those_of_twilios_file():
    tree = read_file("twilio_lookups_v2.json")
    parameters = tree["paths"]["/v2/PhoneNumbers/{PhoneNumber}"]["get"]["parameters"]
    described = {parameter["name"]: parameter["description"] for parameter in parameters}
    listed = described["Fields"].partition("Possible values are ")[2].rstrip(".").split(", ")

    from twilio_sms.domain import lookup_query

    assert list(get_args(Package)) == listed
    assert {*lookup_query._NAMES.values(), "PhoneNumber", "Fields", "CountryCode"} == set(described)
    for name, package in lookup_query._ONLY_FOR.items():
        assert f"only used (optionally) for {package} package" in described[lookup_query._NAMES[name]]
