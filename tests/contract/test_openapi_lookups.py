"""Twilio's own OpenAPI file as a judge of lookups; the file lies beside this project, not in it."""

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from fake_twilio.fixture import FakeTwilioFixture

SHARED = Path(__file__).parents[3] / "shared"
FILE = SHARED / "reference" / "data" / "openapi" / "twilio_lookups_v2.json"
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
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
    tree: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    schemas = tree["components"]["schemas"]
    schemas.update({name: nullable(schema) for name, schema in schemas.items() if "properties" in schema})
    return tree


def packages(tree: dict[str, Any]) -> str:
    """Return all that may be asked for, as the file's own description lists it."""
    parameters = tree["paths"]["/v2/PhoneNumbers/{PhoneNumber}"]["get"]["parameters"]
    (fields,) = (parameter for parameter in parameters if parameter["name"] == "Fields")
    return str(fields["description"].partition("Possible values are ")[2].rstrip(".").replace(" ", ""))


if SHARED.is_dir():  # a missing file is then an error, not a reason to skip
    TREE = judge()
    SCHEMA = schemathesis.openapi.from_dict(TREE)
    SCHEMA.config.generation.update(modes=[schemathesis.GenerationMode.POSITIVE])

    @pytest.mark.parametrize("number", [None, "+14159929960", "+15550600001", "+15550600004", "+15550600006"])
    @pytest.mark.fake_twilio(scenario="lookups")
    @SCHEMA.parametrize()
    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
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

    @pytest.mark.skip(reason="Twilio's OpenAPI files do not lie beside this checkout, in ../shared")
    def test_an_answer_is_what_twilios_specification_says() -> None:
        """Nothing to judge by."""
