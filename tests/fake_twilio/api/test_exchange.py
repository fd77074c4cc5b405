"""Tests of what every view needs of a request and its answer."""

import pytest
from flask import Flask, Response
from werkzeug.wrappers import Response as BaseResponse

from fake_twilio.accounts.directory import Directory
from fake_twilio.api.exchange import answer, leave_fault, not_found, posted_form, posted_recipient
from fake_twilio.api.twilio_headers import REQUEST_ID
from fake_twilio.domain.fate.faults import FAULT, Break, Fault
from fake_twilio.messages.realm import Realm
from tests.fake_twilio.doubles import Town

PAIRS = (("Body", "a b"), ("MediaUrl", "1"), ("MediaUrl", "2"))


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        pytest.param("application/x-www-form-urlencoded", PAIRS, id="form"),
        pytest.param("application/x-www-form-urlencoded; charset=utf-8", PAIRS, id="form with a charset"),
        pytest.param("application/json", (), id="anything else holds no parameter"),
    ],
)
def test_a_posted_form_is_read_if_it_is_one(content_type: str, expected: object) -> None:
    body = "Body=a+b&MediaUrl=1&MediaUrl=2"

    with Flask("test").test_request_context("/", method="POST", data=body, content_type=content_type):
        assert [posted_form(), posted_form()] == [expected] * 2, "it may be asked for again"


@pytest.mark.parametrize(
    ("body", "recipient"), [("To=1&To=2", "1"), ("Body=a", None), ("To=1" + "&a=b" * 1000, None)], ids=range(3)
)
def test_a_recipient_is_told_where_what_was_posted_can_be_read(body: str, recipient: str | None) -> None:
    form = "application/x-www-form-urlencoded"

    with Flask("test").test_request_context("/", method="POST", data=body, content_type=form):
        assert posted_recipient() == recipient


def test_what_is_not_there_is_refused_with_its_path() -> None:
    with Flask("test").test_request_context("/2010-04-01/nothing"):
        refused = not_found()

    assert (refused.status, refused.code) == (404, 20404)
    assert refused.message == "The requested resource /2010-04-01/nothing was not found"


def test_an_answer_is_json_with_the_id_of_its_request() -> None:
    with Flask("test").test_request_context("/2010-04-01/Accounts.json") as context:
        response, environ = answer({"body": "grüße"}, 201, request_id="RQ1"), context.request.environ

    assert (response.status_code, response.content_type) == (201, "application/json")
    assert response.get_data(as_text=True) == '{"body": "grüße"}'
    assert environ[REQUEST_ID] == "RQ1"


@pytest.mark.parametrize(("method", "body"), [("GET", "{}"), ("HEAD", "")])
def test_an_answer_goes_over_the_wire_as_flasks_own_would(method: str, body: str) -> None:
    with Flask("test").test_request_context("/2010-04-01/Accounts.json", method=method) as context:
        ours, environ = answer({}), context.request.environ
        flasks = Response("{}", content_type="application/json")

    told = [BaseResponse.from_app(response, environ) for response in (ours, flasks)]

    assert [list(each.headers) for each in told] == [list(flasks.headers)] * 2
    assert [each.get_data(as_text=True) for each in told] == [body] * 2


def test_a_fault_comes_on_top_of_what_the_answer_was_to_meet() -> None:
    town = Town()
    realm = Realm(
        Directory(town.account, 1, town.clock), town.scenario, lambda *_: town.engine, town.fates, town.incidents
    )

    with Flask("test").test_request_context("/") as context:
        leave_fault(realm, Fault(latency_seconds=2.0))
        leave_fault(realm, Fault(kind=Break.RESET))
        met = context.request.environ[FAULT]

    assert met == Fault(kind=Break.RESET, latency_seconds=2.0)
    assert [incident.what for incident in town.incidents.all()] == ["slow", "reset"]
