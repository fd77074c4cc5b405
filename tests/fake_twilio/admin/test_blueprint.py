"""The admin API is what its own OpenAPI document says."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from fake_twilio.admin.openapi import document
from fake_twilio.admin.operations import OPERATIONS
from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER

SCHEMA = schemathesis.openapi.from_dict(document(OPERATIONS, {operation.name: "." for operation in OPERATIONS}))
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]


@SCHEMA.parametrize()
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_an_answer_is_what_the_document_says(case: Any, fake_twilio: FakeTwilioFixture) -> None:
    """Proper requests and others: there is a message to be asked for, and one that was told of."""
    fake_twilio.faults.clear()  # which an example before this one may have turned up
    with fake_twilio.client() as client:
        sent = client.messages.send(to=RECIPIENT, from_=SENDER, body="x", status_callback="http://127.0.0.1:9/status")
    fake_twilio.settle()
    if "{sid}" in case.path:
        case.path_parameters = {"sid": sent.sid}
    if "{token}" in case.path:
        case.path_parameters = {"token": fake_twilio.callbacks[0].webhook.token}

    response = case.call(base_url=fake_twilio.url)

    case.validate_response(response, checks=CHECKS)
