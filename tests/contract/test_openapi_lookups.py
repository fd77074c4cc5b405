"""Twilio's own OpenAPI file as a judge of lookups."""

from typing import Any

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.contract.openapi import ABSENT, CHECKS, EXAMPLES, IS_THERE, positive, read_file

NEVER_NULL = {"valid", "validation_errors", "url"}


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """Let each property be null: the file's own examples have nulls wherever it does not say so."""
    properties = {
        name: value if name in NEVER_NULL else {"nullable": True, "allOf": [value]}
        for name, value in schema["properties"].items()
    }
    return {**schema, "properties": properties, "required": list(properties), "additionalProperties": False}


def judge() -> dict[str, Any]:
    """Return Twilio's file, with every key of an answer required and no other allowed."""
    tree = read_file("twilio_lookups_v2.json")
    schemas = tree["components"]["schemas"]
    schemas.update({name: nullable(schema) for name, schema in schemas.items() if "properties" in schema})
    return tree


def packages(tree: dict[str, Any]) -> str:
    """Return all that may be asked for, as the file's own description lists it."""
    parameters = tree["paths"]["/v2/PhoneNumbers/{PhoneNumber}"]["get"]["parameters"]
    (fields,) = (parameter for parameter in parameters if parameter["name"] == "Fields")
    return str(fields["description"].partition("Possible values are ")[2].rstrip(".").replace(" ", ""))


if IS_THERE:
    TREE = judge()
    SCHEMA = positive(TREE)

    @pytest.mark.parametrize("number", [None, "+14159929960", "+15550600001", "+15550600004", "+15550600006"])
    @pytest.mark.fake_twilio(scenario="lookups")
    @SCHEMA.parametrize()
    @EXAMPLES
    def test_an_answer_is_what_twilios_specification_says(
        case: Any, number: str | None, fake_twilio: FakeTwilioFixture
    ) -> None:
        """Whatever else the parameters are: all packages are asked for, of any text or of a number that has facts."""
        case.query = {**(case.query or {}), "Fields": packages(TREE)}
        case.query.pop("CountryCode", None)
        if number:
            case.path_parameters = {"PhoneNumber": number}

        response = case.call(base_url=fake_twilio.url, auth=(fake_twilio.account_sid, fake_twilio.auth_token))

        assert response.status_code == 200 or number is None
        case.validate_response(response, checks=CHECKS)

else:

    @pytest.mark.skip(reason=ABSENT)
    def test_an_answer_is_what_twilios_specification_says() -> None:
        """Nothing to judge by."""
