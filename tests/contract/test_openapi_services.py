"""Twilio's own OpenAPI file as a judge of messaging services."""

from typing import Any

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture
from tests.contract.openapi import ABSENT, CHECKS, EXAMPLES, IS_THERE, positive, read_file


def strict(schema: dict[str, Any]) -> dict[str, Any]:
    """Require every key, and allow no other."""
    return {**schema, "required": list(schema["properties"]), "additionalProperties": False}


def judge() -> dict[str, Any]:
    """Return Twilio's file, with every key of an answer required and no other allowed."""
    tree = read_file("twilio_messaging_v1_services.json")
    schemas = tree["components"]["schemas"]
    schemas.update({name: strict(schema) for name, schema in schemas.items() if "properties" in schema})
    return tree


if IS_THERE:
    SCHEMA = positive(judge())

    @SCHEMA.parametrize()
    @EXAMPLES
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

    @pytest.mark.skip(reason=ABSENT)
    def test_an_answer_is_what_twilios_specification_says() -> None:
        """Nothing to judge by."""
