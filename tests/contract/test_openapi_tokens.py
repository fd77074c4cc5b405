"""Twilio's own OpenAPI file of accounts.twilio.com as a judge of a rotation's answers."""

from typing import Any

import pytest
import requests
import schemathesis

from fake_twilio.fixture import FakeTwilioFixture
from tests.contract.openapi import ABSENT, IS_THERE, read_file

ROTATION = [
    ("POST", "/v1/AuthTokens/Secondary", 201),
    ("POST", "/v1/AuthTokens/Promote", 200),
    ("DELETE", "/v1/AuthTokens/Secondary", 204),
]


@pytest.mark.skipif(not IS_THERE, reason=ABSENT)
def test_every_answer_of_a_rotation_is_what_twilios_specification_says(fake_twilio: FakeTwilioFixture) -> None:
    schema: Any = schemathesis.openapi.from_dict(read_file("twilio_accounts_v1_authtokens.json"))

    for method, path, status in ROTATION:
        own = (fake_twilio.account_sid, fake_twilio.auth_token)
        response = requests.request(method, fake_twilio.url + path, auth=own, timeout=5)

        assert response.status_code == status
        schema[path][method].validate_response(response)
