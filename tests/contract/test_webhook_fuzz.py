"""Whatever is handed over as a webhook, nothing but a refusal comes of it, and a form is judged as the SDK judges it.

``FUZZ_SIGNATURES`` says how many of each are made, a thousand if nothing is said.
"""

import os
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator as OfficialValidator

from tests.doubles import AUTH_TOKEN
from twilio_sms.webhooks.request import WebhookRequest
from twilio_sms.webhooks.signature import RequestValidator
from twilio_sms.webhooks.verifier import Refused, Verifier

MANY = settings(max_examples=int(os.environ.get("FUZZ_SIGNATURES", "1000")), deadline=None)
URL = "https://sms.test/in?shop=7"
FORM = "application/x-www-form-urlencoded"
VALIDATOR, OFFICIAL = RequestValidator(AUTH_TOKEN), OfficialValidator(AUTH_TOKEN)

TEXTS = st.text(st.characters(), max_size=20)  # with half surrogates
ENCODABLE = st.text(st.characters(codec="utf-8"), max_size=20)
RAW = st.binary(max_size=60) | st.text("a=&%+1;\n", max_size=30).map(str.encode)
SIGNATURES = TEXTS | st.binary(min_size=20, max_size=20).map(lambda raw: raw.hex()[:27] + "=")
HEADERS = st.tuples(
    st.sampled_from(
        [
            "content-type",
            "x-twilio-signature",
            "x-twilio-webhooks-signature-settings",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "forwarded",
        ]
    ),
    TEXTS | SIGNATURES | st.sampled_from([FORM, "application/json", "key=a,algorithm=HMAC_SHA1", "/a", "1", "h:1"]),
)
REQUESTS = st.builds(
    WebhookRequest,
    st.sampled_from(["GET", "POST"]),
    TEXTS.map("https://h/?{}".format) | TEXTS.map("https://{}".format) | TEXTS,
    st.lists(HEADERS, max_size=6).map(tuple),
    RAW,
    st.sampled_from(["10.0.0.1", "x", None]),
)
VERIFIERS = [
    Verifier(VALIDATOR),
    Verifier(VALIDATOR, public_url="https://h/a"),
    Verifier(VALIDATOR, trusted_proxies=["10.0.0.0/8"]),
]


@MANY
@given(request=REQUESTS, verifier=st.sampled_from(VERIFIERS), is_raw=st.booleans())
def test_what_nobody_signed_is_refused_and_raises_nothing_else(request, verifier, is_raw):
    judge = verifier.verify_body if is_raw else verifier.verify

    with pytest.raises(Refused) as caught:
        judge(request)
    assert caught.value.status in (403, 415)


@MANY
@given(
    uri=TEXTS | st.just(URL) | TEXTS.map("https://{}".format) | st.binary(max_size=9),
    params=st.none()
    | RAW
    | TEXTS
    | st.lists(st.tuples(TEXTS, TEXTS), max_size=3)
    | st.dictionaries(TEXTS, TEXTS | st.integers() | st.lists(TEXTS, max_size=2), max_size=3),
    signature=SIGNATURES | st.none() | st.binary(max_size=28),
    said=TEXTS | st.none() | st.just("key=a,algorithm=HMAC_SHA256"),
)
def test_no_arguments_of_a_request_raise_or_are_taken(uri, params, signature, said):
    assert VALIDATOR.validate(uri, params, signature, settings=said) is False
    assert VALIDATOR.validate_form(uri, params, signature, settings=said) is False
    assert not VALIDATOR.explain(URL, None, signature if isinstance(signature, str) else None, settings=said).is_found


@MANY
@given(params=st.dictionaries(ENCODABLE, ENCODABLE, max_size=6), bit=st.integers(0, 10**6), path=ENCODABLE)
def test_ours_and_the_official_validator_agree_and_a_flipped_bit_is_refused(params, bit, path):
    raw = urlencode(params).encode()
    signature = OFFICIAL.compute_signature(URL, params)
    wrong = bytearray(signature.encode())
    wrong[bit % 27] ^= 1 << bit % 7
    flipped = wrong.decode("ascii")

    assert VALIDATOR.validate_form(URL, raw, signature)
    assert VALIDATOR.validate(URL, params, signature)
    assert OFFICIAL.validate(URL, params, signature)
    assert not VALIDATOR.validate_form(URL, raw, flipped)
    assert not OFFICIAL.validate(URL, params, flipped)
    assert VALIDATOR.validate_form(f"{URL}{path}", raw, signature) is not bool(path)
