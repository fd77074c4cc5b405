"""Webhooks over plain WSGI, held against the standard library's validator of the protocol."""

from collections.abc import Callable, Iterable
from typing import Any
from wsgiref.validate import validator

import pytest
from werkzeug.test import Client, TestResponse

from fake_twilio.signing import sign
from tests.doubles import AUTH_TOKEN
from tests.twilio_sms.frameworks.hooks import GREETING, ORIGIN, TOO_LONG, XML, greeting_handler, status_to, text_to
from twilio_sms.domain.status import Status
from twilio_sms.errors import ValidationError
from twilio_sms.frameworks.wsgi import WsgiWebhooks


def post(app: WsgiWebhooks, path: str, body: bytes, headers: dict[str, str]) -> TestResponse:
    return Client(validator(app)).post(path, base_url=ORIGIN, data=body, headers=headers, buffered=True)


def shop(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"the shop"]


def test_a_text_is_answered_with_twiml_and_its_length() -> None:
    signed = text_to("/sms")

    response = post(WsgiWebhooks(greeting_handler()), "/sms", signed.body, dict(signed.headers))

    assert (response.status, response.text) == ("200 OK", GREETING)
    assert (response.headers["Content-Type"], response.content_length) == (XML, len(GREETING))


def test_a_status_is_tracked_and_answered_with_nothing() -> None:
    handler, signed = greeting_handler(), status_to("/status")

    response = post(WsgiWebhooks(handler), "/status", signed.body, dict(signed.headers))

    assert (response.status, response.data) == ("200 OK", b"")
    assert handler.tracker.status_of("SM" + "0d" * 16) is Status.DELIVERED


def test_a_message_may_come_by_get() -> None:
    query = text_to("/sms").body.decode()
    signed = sign(f"{ORIGIN}/sms?{query}", auth_token=AUTH_TOKEN)
    browser = Client(WsgiWebhooks(greeting_handler(methods=("GET",))))

    response = browser.get("/sms", base_url=ORIGIN, query_string=query, headers=dict(signed.headers))

    assert response.text == GREETING


def test_paths_are_those_that_were_given() -> None:
    signed = text_to("/twilio/in")
    app = WsgiWebhooks(greeting_handler(), inbound="/twilio/in", status="/twilio/st")

    assert post(app, "/twilio/in", signed.body, dict(signed.headers)).status == "200 OK"
    assert post(app, "/sms", signed.body, dict(signed.headers)).status == "404 Not Found"


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        pytest.param(text_to("/sms").body, {}, "415 Unsupported Media Type", id="no content type"),
        pytest.param(text_to("/sms").body + b"x", dict(text_to("/sms").headers), "403 Forbidden", id="one byte more"),
        pytest.param(TOO_LONG, dict(text_to("/sms").headers), "403 Forbidden", id="too long"),
    ],
)
def test_a_refusal_has_no_body(body: bytes, headers: dict[str, str], status: str) -> None:
    response = post(WsgiWebhooks(greeting_handler()), "/sms", body, headers)

    assert (response.status, response.data) == (status, b"")


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_told_which_there_are(method: str) -> None:
    response = Client(WsgiWebhooks(greeting_handler())).open("/sms", method=method)

    assert (response.status, response.headers["Allow"]) == ("405 Method Not Allowed", "GET, POST")


def test_what_is_no_webhook_is_for_the_app_behind() -> None:
    assert Client(WsgiWebhooks(greeting_handler(), app=shop)).get("/orders").text == "the shop"


@pytest.mark.parametrize(
    ("handler", "paths", "said"),
    [
        (lambda _request: None, {}, "handler must be a WebhookHandler, is function"),
        (greeting_handler(), {"inbound": "sms"}, "inbound must be a path"),
        (greeting_handler(), {"status": 7}, "status must be a path"),
        (greeting_handler(), {"inbound": "/status"}, "different paths"),
    ],
)
def test_what_cannot_work_is_refused_at_once(handler: Any, paths: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        WsgiWebhooks(handler, **paths)
