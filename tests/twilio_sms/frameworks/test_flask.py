"""Webhooks in Flask: the extension, its addresses and its decorator."""

import logging
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse, run_wsgi_app

from fake_twilio.signing import SignedRequest
from tests.doubles import ACCOUNT_SID, AUTH_TOKEN
from tests.twilio_sms.frameworks.hooks import (
    GREETING,
    ORIGIN,
    TEXT,
    TOO_LONG,
    XML,
    greeting_handler,
    raw_environ,
    status_to,
    text_to,
)
from twilio_sms.domain.inbound_message import InboundMessage
from twilio_sms.domain.status import Status
from twilio_sms.domain.status_update import StatusUpdate
from twilio_sms.errors import ValidationError
from twilio_sms.frameworks.flask import TwilioSMS
from twilio_sms.webhooks.parameters import Parameters

SETTINGS = {"TWILIO_AUTH_TOKEN": AUTH_TOKEN, "TWILIO_ACCOUNT_SID": ACCOUNT_SID}


def make_app(**settings: object) -> Flask:
    app = Flask("shop")
    app.config.update(SETTINGS, **settings)
    return app


def test_a_decorator_without_its_brackets_is_refused_before_there_is_an_app() -> None:
    sms = TwilioSMS()

    with pytest.raises(ValidationError, match="above reply has no brackets"):

        @sms.on
        def reply(message: InboundMessage) -> None: ...


def post(app: Flask, path: str, signed: SignedRequest, **options: Any) -> TestResponse:
    given = {"data": signed.body, "headers": dict(signed.headers), **options}
    return app.test_client().post(path, base_url=ORIGIN, **given)


def test_a_text_is_answered_by_the_handler_of_the_app() -> None:
    app = make_app()
    sms = TwilioSMS(app)
    sms.on()(lambda message: "Hi!")

    response = post(app, "/twilio/inbound", text_to("/twilio/inbound"))

    assert (response.status_code, response.text, response.headers["Content-Type"]) == (200, GREETING, XML)


def test_a_status_is_tracked() -> None:
    app = make_app()
    sms = TwilioSMS(app)

    response = post(app, "/twilio/status", status_to("/twilio/status"))

    assert (response.status_code, response.data) == (200, b"")
    assert sms.handler.tracker.status_of(TEXT["MessageSid"]) is Status.DELIVERED


def test_handlers_may_stand_before_there_is_an_app() -> None:
    sms, told = TwilioSMS(), list[object]()

    @sms.on("hello *")
    def text(message: InboundMessage) -> str:
        told.append(message.body)
        return "Hi!"

    @sms.on_status("delivered")
    def status(update: StatusUpdate) -> None:
        told.append(update.status)

    first, second = make_app(), make_app()
    for app in (first, second):
        sms.init_app(app)
        assert post(app, "/twilio/inbound", text_to("/twilio/inbound")).text == GREETING
        post(app, "/twilio/status", status_to("/twilio/status"))

    assert told == [TEXT["Body"], Status.DELIVERED] * 2


def test_each_app_has_a_handler_and_a_client_of_its_own() -> None:
    sms, first, second = TwilioSMS(), make_app(), make_app(TWILIO_BASE_URL="http://127.0.0.1:1")
    sms.init_app(first)
    sms.init_app(second)

    with first.app_context():
        handler, client = sms.handler, sms.client
    with second.app_context():
        assert sms.handler is not handler
        assert (client.base_url, sms.client.base_url) == ("https://api.twilio.com", "http://127.0.0.1:1")


def test_a_handler_of_your_own_needs_no_settings() -> None:
    app, handler = Flask("shop"), greeting_handler()
    sms = TwilioSMS(app, handler)
    sms.on("*")(lambda message: "And good-bye!")

    response = post(app, "/twilio/inbound", text_to("/twilio/inbound"))

    assert sms.handler is handler
    assert response.text.count("<Message>") == 2


@pytest.mark.parametrize("settings", [{}, {"TWILIO_AUTH_TOKEN": ""}, {"TWILIO_ACCOUNT_SID": ACCOUNT_SID}])
def test_without_a_token_no_app_begins(settings: Mapping[str, str]) -> None:
    app = Flask("shop")
    app.config.update(settings)

    with pytest.raises(ValidationError, match="TWILIO_AUTH_TOKEN is missing"):
        TwilioSMS(app)


def test_what_is_no_handler_is_refused() -> None:
    with pytest.raises(ValidationError, match="handler must be a WebhookHandler, is str"):
        TwilioSMS(Flask("shop"), "handler")  # type: ignore[arg-type] # on purpose


def test_without_an_account_there_is_no_client() -> None:
    sms = TwilioSMS(make_app(TWILIO_ACCOUNT_SID=None))

    with pytest.raises(ValidationError, match="set TWILIO_ACCOUNT_SID"):
        _ = sms.client


def test_without_an_app_there_is_nothing() -> None:
    with pytest.raises(RuntimeError, match="call init_app"):
        _ = TwilioSMS().handler


def test_the_addresses_stand_where_they_are_wanted() -> None:
    app, without = make_app(), make_app()
    TwilioSMS(app, url_prefix="/hooks")
    TwilioSMS(without, url_prefix=None)

    assert post(app, "/hooks/inbound", text_to("/hooks/inbound")).status_code == 200
    assert [rule.endpoint for rule in without.url_map.iter_rules()] == ["static"]


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE"])
def test_other_methods_are_refused(method: str) -> None:
    app = make_app()
    TwilioSMS(app)

    response = app.test_client().open("/twilio/inbound", method=method)

    assert response.status_code == 405


@pytest.mark.parametrize(
    ("options", "status"),
    [({"data": TOO_LONG}, 403), ({"data": b"Body=other"}, 403), ({"headers": {}}, 415)],
    ids=["too long", "another body", "no headers"],
)
def test_a_refusal_says_nothing(options: dict[str, Any], status: int) -> None:
    app = make_app()
    TwilioSMS(app).on()(lambda _message: pytest.fail("dispatched"))

    response = post(app, "/twilio/inbound", text_to("/twilio/inbound"), **options)

    assert (response.status_code, response.data) == (status, b"")


def test_a_body_that_is_too_long_is_not_even_read() -> None:
    app, body = make_app(), BytesIO(TOO_LONG)
    TwilioSMS(app)

    _, status, _ = run_wsgi_app(app, raw_environ("/twilio/inbound", body, CONTENT_LENGTH="1000000"))

    assert (status, body.tell()) == ("403 FORBIDDEN", 0)


def test_a_form_that_was_parsed_before_is_refused_and_the_log_says_why(caplog: pytest.LogCaptureFixture) -> None:
    app = make_app()
    TwilioSMS(app).on()(lambda _message: pytest.fail("dispatched"))
    app.before_request(lambda: request.form.get("csrf_token") and None)

    with caplog.at_level(logging.WARNING, "twilio_sms"):
        response = post(app, "/twilio/inbound", text_to("/twilio/inbound"))

    assert (response.status_code, response.data) == (403, b"")
    assert "its body was read before the signature could be checked" in caplog.messages[0]


def test_a_body_that_somebody_read_and_kept_is_taken() -> None:
    app = make_app()
    TwilioSMS(app)
    app.before_request(lambda: request.get_data(cache=True) and None)

    assert post(app, "/twilio/inbound", text_to("/twilio/inbound")).status_code == 200


def test_an_app_that_takes_less_than_a_webhook_refuses_it_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    app = make_app(MAX_CONTENT_LENGTH=10)
    TwilioSMS(app)

    assert post(app, "/twilio/inbound", text_to("/twilio/inbound")).status_code == 403
    assert "(413 Request Entity Too Large); a MAX_CONTENT_LENGTH must be 65536" in caplog.text


@pytest.mark.parametrize(("more", "status"), [(b"", 200), (b"&" * 10**6, 403)], ids=["whole", "endless"])
def test_a_body_in_chunks_is_read_as_far_as_a_webhook_goes(more: bytes, status: int) -> None:
    app = make_app()
    TwilioSMS(app)
    body = BytesIO(text_to("/twilio/inbound").body + more)

    _, answered, _ = run_wsgi_app(app, raw_environ("/twilio/inbound", body, **{"wsgi.input_terminated": True}))

    assert int(answered.split()[0]) == status
    assert 0 < body.tell() < 10**5


def verified_app() -> Flask:
    app = make_app()
    sms = TwilioSMS(app)

    @app.route("/voice/<line>", methods=["GET", "POST"])
    @sms.verified
    def voice(parameters: Parameters, line: str) -> str:
        return f"{line} {parameters.one('Body') == TEXT['Body']} {request.values['Body'] == TEXT['Body']}"

    return app


def test_a_view_of_ones_own_gets_what_was_signed_and_has_the_form_still() -> None:
    assert post(verified_app(), "/voice/one", text_to("/voice/one")).text == "one True True"


def test_a_view_of_ones_own_is_not_called_for_what_is_not_signed() -> None:
    response = post(verified_app(), "/voice/two", text_to("/voice/one"))

    assert (response.status_code, response.data) == (403, b"")


def test_a_view_keeps_its_name() -> None:
    assert verified_app().view_functions["voice"].__name__ == "voice"


def test_a_verified_view_without_a_token_answers_nobody() -> None:
    app, sms = Flask("shop"), TwilioSMS()
    app.post("/sms")(sms.verified(lambda parameters: "taken"))

    assert post(app, "/sms", text_to("/sms")).status_code == 500
