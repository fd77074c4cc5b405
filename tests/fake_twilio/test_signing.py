"""Requests that are signed for a customer's own tests; the examples in the docstrings run too."""

import json
from urllib.parse import parse_qsl

import pytest
from flask import Flask, request
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from fake_twilio import SigningKey, sign, sign_json
from fake_twilio.server import FakeTwilio

TOKEN = "12345"
JUDGE = RequestValidator(TOKEN)
URL = "https://app.test/sms?shop=7"


def test_a_form_is_signed_and_ready_to_be_posted() -> None:
    signed = sign(URL, {"Body": "a b", "From": "+15551234567"}, auth_token=TOKEN)

    assert signed.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert JUDGE.validate(signed.url, dict(parse_qsl(signed.body.decode())), signed.headers["X-Twilio-Signature"])


@pytest.mark.parametrize(
    "params",
    [{"MediaUrl": ["b", "a", "b"], "Body": "x"}, [("MediaUrl", "b"), ("MediaUrl", "a"), ("Body", "x")]],
    ids=["lists", "pairs"],
)
def test_a_name_may_have_several_values(params: dict[str, str | list[str]]) -> None:
    signed = sign(URL, params, auth_token=TOKEN)

    form = MultiDict(parse_qsl(signed.body.decode()))
    assert form.getlist("MediaUrl")[:2] == ["b", "a"]
    assert JUDGE.validate(signed.url, form, signed.headers["X-Twilio-Signature"])


def test_without_parameters_the_url_alone_is_signed() -> None:
    signed = sign(URL, auth_token=TOKEN)

    assert signed.body == b""
    assert signed.headers == {"X-Twilio-Signature": JUDGE.compute_signature(URL, {})}


def test_fragment_and_userinfo_are_neither_signed_nor_called() -> None:
    assert sign("http://user:pass@app.test/sms#rc=2").url == "http://app.test/sms"


@pytest.mark.parametrize(
    ("body", "raw"),
    [({"a": "é"}, json.dumps({"a": "é"})), ('{"a":1}', '{"a":1}'), ('{"ä":1}'.encode(), '{"ä":1}'), ([], "[]")],
    ids=["tree", "text", "bytes", "empty list"],
)
def test_a_json_body_is_signed_by_its_hash(body: object, raw: str) -> None:
    signed = sign_json(URL, body, auth_token=TOKEN)

    assert signed.body == raw.encode()
    assert signed.headers["Content-Type"] == "application/json"
    assert signed.url.startswith(f"{URL}&bodySHA256=")
    assert JUDGE.validate(signed.url, raw, signed.headers["X-Twilio-Signature"])
    assert not JUDGE.validate(signed.url, raw + " ", signed.headers["X-Twilio-Signature"])


def test_a_shared_key_signs_in_place_of_the_token() -> None:
    signed = sign(URL, {"Body": "x"}, key=SigningKey("webhooks_sharedkey_1", "s3cret"))

    assert signed.headers["X-Twilio-Webhooks-Signature-Settings"] == "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"
    judge, signature = RequestValidator("s3cret"), signed.headers["X-Twilio-Signature"]
    assert judge.validate(signed.url, {"Body": "x"}, signature, "HMAC_SHA256")


def test_the_token_is_the_one_of_a_fake_that_is_told_no_other() -> None:
    fake = FakeTwilio(clock="manual")

    assert sign(URL, {"Body": "x"}) == fake.sign(URL, {"Body": "x"})
    fake.stop()


def test_an_app_under_test_accepts_it() -> None:
    app = Flask("app")

    @app.post("/sms")
    def sms() -> tuple[str, int]:
        given = request.headers.get("X-Twilio-Signature", "")
        return ("", 204) if JUDGE.validate(request.url, request.form, given) else ("", 403)

    signed, forged = sign(URL, {"Body": "x"}, auth_token=TOKEN), sign(URL, {"Body": "x"}, auth_token="other")
    client = app.test_client()

    assert client.post(signed.url, data=signed.body, headers=dict(signed.headers)).status_code == 204
    assert client.post(forged.url, data=forged.body, headers=dict(forged.headers)).status_code == 403
