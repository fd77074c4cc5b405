"""Each package has the fields that Twilio tells, each of its type, and patience with the rest."""

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest

from tests.contract.openapi import ABSENT, IS_THERE, read_file
from twilio_sms.domain.lookup import PACKAGES
from twilio_sms.domain.lookup_packages import (
    CallerName,
    IdentityMatch,
    LastSimSwap,
    LineType,
    LineTypeIntelligence,
    PreFill,
    ReassignedNumber,
    SimSwap,
    SmsPumpingRisk,
    read_package,
)

KINDS = [*PACKAGES.values(), LastSimSwap]
GARBAGE = [None, [], {}, "", "x", -1, 1.5, True, "9" * 5000, {"a": [None]}]


def test_a_sim_swap_has_its_moment():
    swap = {"last_sim_swap_date": "2020-04-27T10:18:50Z", "swapped_period": "PT48H", "swapped_in_period": True}

    read = read_package(SimSwap, {"last_sim_swap": swap, "carrier_name": "Vodafone UK", "mobile_country_code": 276})

    moment = datetime(2020, 4, 27, 10, 18, 50, tzinfo=UTC)
    assert read == SimSwap(
        last_sim_swap=LastSimSwap(last_sim_swap_date=moment, swapped_period="PT48H", swapped_in_period=True),
        carrier_name="Vodafone UK",
        mobile_country_code="276",
        mobile_network_code=None,
        error_code=None,
    )


@pytest.mark.parametrize(
    ("kind", "name", "told", "value"),
    [
        (LineTypeIntelligence, "type", "nonFixedVoip", LineType.NON_FIXED_VOIP),
        (LineTypeIntelligence, "type", "hologram", LineType.UNKNOWN),
        (LineTypeIntelligence, "error_code", 60600, 60600),
        (ReassignedNumber, "error_code", "60601", 60601),  # Twilio's file: a text here, a number elsewhere
        (ReassignedNumber, "last_verified_date", "2020-12-27", date(2020, 12, 27)),
        (ReassignedNumber, "is_number_reassigned", "no_data_available", "no_data_available"),
        (SmsPumpingRisk, "number_blocked_date", "2024-02-03", datetime(2024, 2, 3, tzinfo=UTC)),
        (SmsPumpingRisk, "number_blocked", False, False),
        (IdentityMatch, "summary_score", 90, 90),
        (IdentityMatch, "summary_score", True, None),
        (CallerName, "caller_type", "BUSINESS", "BUSINESS"),
    ],
)
def test_a_field_has_its_type(kind, name, told, value):
    read = read_package(kind, {name: told})

    assert getattr(read, name) == value
    assert type(getattr(read, name)) is type(value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda value: repr(value)[:9])
def test_what_cannot_be_read_is_not_there(kind, garbage):
    read = read_package(kind, {each.name: garbage for each in fields(kind)})

    assert read is not None
    read_package(kind, garbage)
    assert hash(read) is not None


@pytest.mark.parametrize("tree", [None, [], "x", 5])
def test_what_is_no_object_is_no_package(tree):
    assert read_package(CallerName, tree) is None


def test_who_a_person_is_shows_in_no_log():
    person = {"first_name": "John", "last_name": "Doe", "address_line": "321 Main Street", "postal_code": "98117"}

    shown = repr(read_package(PreFill, person)) + repr(read_package(CallerName, {"caller_name": "Sergio Suarez"}))

    assert not [private for private in (*person.values(), "Sergio") if private in shown]


@pytest.mark.skipif(not IS_THERE, reason=ABSENT)
@pytest.mark.parametrize("kind", KINDS)
def test_a_package_has_the_fields_of_twilios_file(kind):
    tree = read_file("twilio_lookups_v2.json")
    schema = tree["components"]["schemas"].get(f"{kind.__name__}Info")
    answer = tree["paths"]["/v2/PhoneNumbers/{PhoneNumber}"]["get"]["responses"]["200"]["content"]["application/json"]
    examples = [example["value"] for example in answer["examples"].values()]
    by_example = [each for example in examples for name, each in example.items() if PACKAGES.get(name) is kind and each]

    wanted = set(schema["properties"]) if schema else set(by_example[0])
    assert {each.name for each in fields(kind)} == wanted


@pytest.mark.skipif(not IS_THERE, reason=ABSENT)
def test_every_example_of_twilios_file_is_read_whole():
    tree = read_file("twilio_lookups_v2.json")
    answer = tree["paths"]["/v2/PhoneNumbers/{PhoneNumber}"]["get"]["responses"]["200"]["content"]["application/json"]

    for example in answer["examples"].values():
        for name, told in example["value"].items():
            if name in PACKAGES and told:
                read = read_package(PACKAGES[name], told)
                lost = [key for key, value in told.items() if (getattr(read, key) is None) != (value is None)]
                assert lost == []
