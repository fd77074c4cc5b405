"""What headers say of the address is tried, whoever wrote them, and nothing is decided by it."""

from hashlib import sha256

import pytest

from tests.doubles import AUTH_TOKEN
from tests.twilio_sms.webhooks.requests import FORM, got, posted, signature
from twilio_sms.webhooks.address import Addresses
from twilio_sms.webhooks.explain_request import explain_request
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.signature import RequestValidator

VALIDATOR = RequestValidator(AUTH_TOKEN)


def explained(request: WebhookRequest, **given):
    return explain_request(request, VALIDATOR, Addresses(**given))


@pytest.mark.parametrize(
    "headers",
    [
        (("x-forwarded-host", "sms.test:8443"),),
        (("x-forwarded-host", "sms.test"), ("x-forwarded-port", "8443")),
        (("forwarded", 'host="sms.test:8443";proto=https'),),
        (("host", "sms.test:8443"),),
    ],
)
def test_a_host_that_a_header_names_is_tried(headers):
    request = posted("https://sms.test:8443/in", seen="https://10.0.0.5/in", headers=headers)

    (change,) = explained(request).changes

    assert "the host is sms.test" in change


def test_a_request_that_is_right_is_called_right():
    assert explained(posted()).is_valid
    assert explained(got("https://h/?a=1")).is_valid


def test_a_raw_body_is_held_against_its_hash():
    url = f"https://h/?bodySHA256={sha256(b'{}').hexdigest()}"
    headers = (("content-type", "application/json"), ("x-twilio-signature", signature(url)))

    assert explained(WebhookRequest("POST", url, headers, b"{}")).is_valid


@pytest.mark.parametrize(
    ("request_", "note"),
    [
        (
            posted(headers=(("x-forwarded-host", "a,b"),), given="x", peer="10.0.0.1"),
            "x-forwarded-host must be there once",
        ),
        (posted(given="x")._replace(headers=()), "one content type"),
        (posted(body=b"Body=%", given="x"), "the form cannot be read"),
    ],
)
def test_what_strikes_the_eye_is_noted(request_, note):
    assert note in str(explained(request_, trusted_proxies=["10.0.0.0/8"]))


def test_a_form_is_one_whatever_its_charset():
    assert explained(posted(content_type=f"{FORM.upper()}; charset=utf-8")).is_valid
