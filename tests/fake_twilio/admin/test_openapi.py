"""Tests of the OpenAPI document."""

from fake_twilio.admin.openapi import document
from fake_twilio.admin.operations import OPERATIONS
from fake_twilio.fixture import FakeTwilioFixture
from tests.fake_twilio.admin.calls import ask

TOLD = {operation.name: f"About {operation.name}." for operation in OPERATIONS}


def test_every_operation_stands_in_the_document_with_its_shapes() -> None:
    made = document(OPERATIONS, TOLD)

    assert made["paths"]["/_fake/clock"]["post"]["requestBody"]["content"]["application/json"]["schema"] == {
        "$ref": "#/components/schemas/ClockBody"
    }
    assert made["paths"]["/_fake/messages/{sid}"]["get"]["parameters"] == [
        {"name": "sid", "in": "path", "required": True, "schema": {"type": "string"}}
    ]
    assert {"Message", "Delivery", "Webhook", "Problems", "ResetBody"} <= set(made["components"]["schemas"])
    count = sum(len(methods) for methods in made["paths"].values())
    assert count == len(OPERATIONS)


def test_the_document_that_is_served_says_what_each_operation_does(fake_twilio: FakeTwilioFixture) -> None:
    served = ask(fake_twilio, "/openapi.json")

    summaries = [operation["summary"] for path in served["paths"].values() for operation in path.values()]
    assert len(summaries) == len(OPERATIONS)
    assert all(summary.endswith(".") for summary in summaries), summaries
