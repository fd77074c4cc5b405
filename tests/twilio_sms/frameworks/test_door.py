"""How a request comes to a handler: whole, or not at all."""

import logging
from io import BytesIO

import pytest

from twilio_sms.frameworks.door import PARSED_BEFORE, TOO_LONG, Unreadable, admit, check_length, with_body
from twilio_sms.webhooks.request import MAX_BODY_BYTES, WebhookRequest
from twilio_sms.webhooks.response import WebhookResponse

REQUEST = WebhookRequest("POST", "https://shop.test/sms", (), b"Body=secret")


def unreadable() -> WebhookRequest:
    raise Unreadable(PARSED_BEFORE)


def test_what_can_be_read_is_taken() -> None:
    assert admit(lambda: REQUEST, lambda request: request.body) == b"Body=secret"


def test_what_cannot_be_read_is_refused_without_a_word_and_the_log_says_why(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "twilio_sms"):
        refusal = admit(unreadable, lambda _request: pytest.fail("taken"))

    assert refusal == WebhookResponse(403)
    assert caplog.messages == [f"webhook refused with 403: {PARSED_BEFORE}"]


@pytest.mark.parametrize("length", [None, 0, MAX_BODY_BYTES])
def test_a_length_that_a_webhook_has_passes(length: int | None) -> None:
    check_length(length)


def test_a_length_that_no_webhook_has_is_refused() -> None:
    with pytest.raises(Unreadable, match=TOO_LONG):
        check_length(MAX_BODY_BYTES + 1)


@pytest.mark.parametrize(("body", "length"), [(b"a=1", 3), (b"a=1", None), (b"", 0), (b"", None)])
def test_a_request_has_the_body_that_was_read(body: bytes, length: int | None) -> None:
    spent = BytesIO()
    environ = {"REQUEST_METHOD": "POST", "HTTP_HOST": "shop.test", "PATH_INFO": "/sms", "wsgi.input": spent}

    request = with_body(environ, body, length)

    assert (request.method, request.url, request.body) == ("POST", "http://shop.test/sms", body)


def test_a_body_of_which_some_is_gone_is_refused() -> None:
    with pytest.raises(Unreadable, match="before the signature could be checked"):
        with_body({"REQUEST_METHOD": "POST"}, b"a=", 3)
