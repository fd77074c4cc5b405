"""Webhooks in Django: views, addresses, a decorator and settings."""

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import django
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from werkzeug.test import run_wsgi_app

from fake_twilio.signing import SignedRequest
from tests.doubles import ACCOUNT_SID, AUTH_TOKEN
from tests.twilio_sms.frameworks.hooks import (
    GREETING,
    TEXT,
    TOO_LONG,
    XML,
    greeting_handler,
    raw_environ,
    status_to,
    text_to,
)
from twilio_sms.domain.status import Status
from twilio_sms.errors import ValidationError
from twilio_sms.frameworks.django import (
    handler_from_settings,
    inbound_view,
    parts_from_settings,
    status_view,
    twilio_urls,
    verified,
)
from twilio_sms.webhooks.handler import WebhookHandler
from twilio_sms.webhooks.parameters import Parameters

CSRF = "django.middleware.csrf.CsrfViewMiddleware"
MULTIPART = "multipart/form-data; boundary=x"


@pytest.fixture(scope="module", autouse=True)
def _django() -> None:
    if not settings.configured:
        settings.configure(SECRET_KEY="x", ALLOWED_HOSTS=["shop.test"], MIDDLEWARE=[CSRF])
        django.setup()


@pytest.fixture
def handler() -> WebhookHandler:
    return greeting_handler()


@pytest.fixture
def site(handler: WebhookHandler) -> Iterator[Client]:
    """Give a browser of a site that takes webhooks, and has a view of its own."""

    @verified(handler)
    def voice(request: HttpRequest, parameters: Parameters, line: str) -> HttpResponse:
        return HttpResponse(f"{line} {parameters.one('Body') == request.POST['Body'] == TEXT['Body']}")

    addresses = (path("twilio/", include(twilio_urls(handler))), path("voice/<str:line>", voice))
    with override_settings(ROOT_URLCONF=addresses):
        yield Client(enforce_csrf_checks=True, HTTP_HOST="shop.test")


def post(site: Client, place: str, signed: SignedRequest, **options: Any) -> HttpResponse:
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in signed.headers.items()}
    content_type = headers.pop("HTTP_CONTENT_TYPE")
    given = {"data": signed.body, "content_type": content_type, "secure": True, **headers, **options}
    response: HttpResponse = site.post(place, **given)
    return response


def test_a_text_is_answered_with_twiml(site: Client) -> None:
    response = post(site, "/twilio/inbound", text_to("/twilio/inbound"))

    assert (response.status_code, response.content.decode(), response["Content-Type"]) == (200, GREETING, XML)


def test_a_status_is_tracked(site: Client, handler: WebhookHandler) -> None:
    response = post(site, "/twilio/status", status_to("/twilio/status"))

    assert (response.status_code, response.content) == (200, b"")
    assert handler.tracker.status_of(TEXT["MessageSid"]) is Status.DELIVERED


@pytest.mark.parametrize(
    ("options", "status"),
    [({"data": TOO_LONG}, 403), ({"data": b"Body=other"}, 403), ({"content_type": "application/json"}, 415)],
    ids=["too long", "another body", "JSON"],
)
def test_a_refusal_says_nothing(site: Client, options: dict[str, Any], status: int) -> None:
    response = post(site, "/twilio/inbound", text_to("/twilio/inbound"), **options)

    assert (response.status_code, response.content) == (status, b"")


@pytest.mark.parametrize("announced", ["1000000", "9" * 5000], ids=["too long", "more digits than Python reads"])
def test_a_body_that_is_too_long_is_not_even_read(site: Client, announced: str) -> None:
    body = BytesIO(TOO_LONG)
    environ = raw_environ("/twilio/inbound", body, CONTENT_LENGTH=announced)

    _, status, _ = run_wsgi_app(WSGIHandler(), environ)

    assert (status, body.tell()) == ("403 Forbidden", 0)


@pytest.mark.parametrize("method", ["head", "put", "delete"])
def test_other_methods_are_told_which_there_are(site: Client, method: str) -> None:
    response = getattr(site, method)("/twilio/inbound", secure=True)

    assert (response.status_code, response["Allow"]) == (405, "GET, POST")


def test_a_view_of_ones_own_gets_what_was_signed_and_has_the_form_still(site: Client) -> None:
    assert post(site, "/voice/one", text_to("/voice/one")).content == b"one True"


def test_a_view_of_ones_own_is_not_called_for_what_is_not_signed(site: Client) -> None:
    assert post(site, "/voice/two", text_to("/voice/one")).status_code == 403


def touched(get_response: Any) -> Any:
    """Return a middleware that looks into the form, as many do."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.POST.get("csrfmiddlewaretoken")
        return get_response(request)

    return middleware


def test_a_form_that_django_parsed_is_still_there(site: Client) -> None:
    with override_settings(MIDDLEWARE=[f"{__name__}.touched"]):
        assert post(site, "/twilio/inbound", text_to("/twilio/inbound")).status_code == 200


def test_a_body_that_was_read_away_is_refused_and_the_log_says_why(
    site: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(MIDDLEWARE=[f"{__name__}.touched"]), caplog.at_level(logging.WARNING, "twilio_sms"):
        refused = post(site, "/twilio/inbound", text_to("/twilio/inbound"), content_type=MULTIPART, data=b"--x--\r\n")

    assert refused.status_code == 403
    assert "its body was read before the signature could be checked" in caplog.messages[0]


def test_a_site_that_takes_less_than_a_webhook_refuses_it_and_says_so(
    site: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=10), caplog.at_level(logging.WARNING, "twilio_sms"):
        assert post(site, "/twilio/inbound", text_to("/twilio/inbound")).status_code == 403

    assert "Django does not give its body (RequestDataTooBig)" in caplog.messages[0]


def test_a_proxy_that_django_trusts_says_the_scheme(site: Client) -> None:
    proxied = {"secure": False, "HTTP_X_FORWARDED_PROTO": "https"}
    signed = text_to("/twilio/inbound")

    untrusted = post(site, "/twilio/inbound", signed, **proxied)
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        trusted = post(site, "/twilio/inbound", signed, **proxied)

    assert (untrusted.status_code, trusted.status_code) == (403, 200)


@pytest.mark.parametrize(
    "given",
    [
        {"TWILIO_SMS": {"AUTH_TOKEN": AUTH_TOKEN, "ACCOUNT_SID": ACCOUNT_SID}},
        {"TWILIO_AUTH_TOKEN": AUTH_TOKEN, "TWILIO_ACCOUNT_SID": ACCOUNT_SID},
    ],
    ids=["a dict", "one by one"],
)
def test_settings_make_a_client_and_a_handler(given: dict[str, Any]) -> None:
    with override_settings(**given):
        parts, handler = parts_from_settings(), handler_from_settings()

    assert parts.client is not None
    assert parts.client.account_sid == ACCOUNT_SID
    assert isinstance(handler, WebhookHandler)


@pytest.mark.parametrize("given", [{}, {"TWILIO_SMS": {}}, {"TWILIO_SMS": None}])
def test_without_a_token_no_site_begins(given: dict[str, Any]) -> None:
    with override_settings(**given), pytest.raises(ValidationError, match="TWILIO_AUTH_TOKEN is missing"):
        parts_from_settings()


def test_settings_of_another_kind_are_refused() -> None:
    with override_settings(TWILIO_SMS="token"), pytest.raises(ValidationError, match="must be a dict, is str"):
        parts_from_settings()


@pytest.mark.parametrize(
    ("name", "meant"),
    [("WEBHOOK_STOR", "WEBHOOK_STORE"), ("OPTOUTS", "OPT_OUTS"), ("TWILIO_AUTH_TOKEN", "AUTH_TOKEN")],
)
def test_a_misspelt_name_in_the_dict_is_refused_with_what_was_meant(name: str, meant: str) -> None:
    given = {"AUTH_TOKEN": AUTH_TOKEN, name: "webhooks.db"}

    with override_settings(TWILIO_SMS=given), pytest.raises(ValidationError, match=f"{name}': did you mean {meant}"):
        parts_from_settings()


@pytest.mark.parametrize("make", [inbound_view, status_view, verified, twilio_urls])
def test_what_is_no_handler_is_refused(make: Any) -> None:
    with pytest.raises(ValidationError, match="handler must be a WebhookHandler, is NoneType"):
        make(None)
