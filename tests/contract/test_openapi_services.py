"""Twilio's own OpenAPI file as a judge of messaging services; the file lies beside this project, not in it."""

import json
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from fake_twilio.fixture import FakeTwilioFixture

SHARED = Path(__file__).parents[3] / "shared"
FILE = SHARED / "reference" / "data" / "openapi" / "twilio_messaging_v1_services.json"
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


def strict(schema: dict[str, Any]) -> dict[str, Any]:
    """Require every key, and allow no other."""
    return {**schema, "required": list(schema["properties"]), "additionalProperties": False}


def judge() -> dict[str, Any]:
    """Return Twilio's file, with every key of an answer required and no other allowed."""
    tree: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    schemas = tree["components"]["schemas"]
    schemas.update({name: strict(schema) for name, schema in schemas.items() if "properties" in schema})
    return tree


if SHARED.is_dir():  # a missing file is then an error, not a reason to skip
    SCHEMA = schemathesis.openapi.from_dict(judge())
    SCHEMA.config.generation.update(modes=[schemathesis.GenerationMode.POSITIVE])

    @SCHEMA.parametrize()
    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
    def test_an_answer_is_what_twilios_specification_says(case: Any, fake_twilio: FakeTwilioFixture) -> None:
        """Whatever the parameters are: there is a service, a number in its pool, and one that is in none."""
        auth = (fake_twilio.account_sid, fake_twilio.auth_token)
        numbers = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}/IncomingPhoneNumbers.json"
        pooled, free = (
            requests.post(numbers, auth=auth, data={"AreaCode": "415"}, timeout=5).json()["sid"] for _ in range(2)
        )
        made = requests.post(f"{fake_twilio.url}/v1/Services", auth=auth, data={"FriendlyName": "x"}, timeout=5).json()
        requests.post(made["links"]["phone_numbers"], auth=auth, data={"PhoneNumberSid": pooled}, timeout=5)
        is_number = "{ServiceSid}" in case.path
        case.path_parameters = {"ServiceSid": made["sid"], "Sid": pooled if is_number else made["sid"]}
        if case.method == "POST" and is_number:
            case.body, case.media_type = {"PhoneNumberSid": free}, "application/x-www-form-urlencoded"

        response = case.call(base_url=fake_twilio.url, auth=auth)

        is_sure = is_number or case.method != "POST"
        if is_sure and "PageToken" not in (case.query or {}):
            assert response.status_code < 300
        case.validate_response(response, checks=CHECKS)

else:

    @pytest.mark.skip(reason="Twilio's OpenAPI files do not lie beside this checkout, in ../shared")
    def test_an_answer_is_what_twilios_specification_says() -> None:
        """Nothing to judge by."""
