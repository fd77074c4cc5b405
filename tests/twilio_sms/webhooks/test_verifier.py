"""A request becomes parameters or a status; nothing that it holds raises anything else."""

from hashlib import sha256
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import AUTH_TOKEN
from tests.twilio_sms.webhooks.requests import FORM, PARAMS, URL, got, posted, read, signature
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.keys import SharedKey
from twilio_sms.webhooks.request import MAX_BODY_BYTES, WebhookRequest
from twilio_sms.webhooks.signature import RequestValidator
from twilio_sms.webhooks.verifier import FORBIDDEN, MAX_URL_CHARACTERS, UNSUPPORTED, Refused, Verifier

VERIFIER = Verifier(RequestValidator(AUTH_TOKEN))
KEY = SharedKey("webhooks_sharedkey_1", "key-secret")
SETTINGS = (("x-twilio-webhooks-signature-settings", "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"),)
JSON = b'{"a": 1}'


def refusal(request: WebhookRequest, verifier: Verifier = VERIFIER) -> int | None:
    """Return the status of the refusal, ``None`` if *request* is taken."""
    try:
        verifier.verify(request)
    except Refused as refused:
        return refused.status
    return None


def with_body(url: str, body: bytes = JSON, content_type: str = "application/json") -> WebhookRequest:
    headers = (("content-type", content_type), ("x-twilio-signature", signature(url)))
    return WebhookRequest("POST", url, headers, body)


def hashed(body: bytes = JSON) -> str:
    return f"https://sms.example.com/events?bodySHA256={sha256(body).hexdigest()}"


def test_a_signed_form_becomes_its_parameters():
    assert dict(VERIFIER.verify(posted()).pairs) == PARAMS == read(posted())


def test_a_signed_get_becomes_the_parameters_of_its_query():
    url = f"https://sms.example.com/in?{urlencode(PARAMS)}&shop-id=7"

    assert dict(VERIFIER.verify(got(url)).pairs) == {**PARAMS, "shop-id": "7"}


@pytest.mark.parametrize("content_type", [FORM, f"{FORM}; charset=UTF-8", FORM.upper(), f' {FORM} ;charset="utf8"'])
def test_a_form_is_one_in_any_dress(content_type):
    assert refusal(posted(content_type=content_type)) is None


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "multipart/form-data; boundary=x",
        "text/plain",
        "",
        f"{FORM}; charset=latin-1",
        f"x{FORM}",
        f"{FORM}; charset=utf-8=latin-1",
        f"{FORM}; charset=Xutf-8",
    ],
)
def test_another_content_type_is_not_taken(content_type):
    assert refusal(posted(content_type=content_type)) == UNSUPPORTED


WRONG = "the signature is not right; Verifier.explain says what would make it so"
CUT = "its address holds a form that was posted: it was cut anew"
NOT_UTF_8 = "a parameter is not UTF-8"
NO_CHARACTER = "a parameter has a % that begins no character"
NAME = "a parameter's name must be 1 to 64 letters, digits and underscores"
ONCE = "{} must be there once, is there {} times"


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        pytest.param(posted(given=""), WRONG, id="empty signature"),
        pytest.param(posted(given="A" * 27 + "="), WRONG, id="another signature"),
        pytest.param(
            posted(given=f"{signature(URL, PARAMS)},{signature(URL, PARAMS)}"), WRONG, id="a list of signatures"
        ),
        pytest.param(
            posted(headers=(("x-twilio-signature", signature(URL, PARAMS)),)),
            ONCE.format("x-twilio-signature", 2),
            id="two signatures",
        ),
        pytest.param(
            posted()._replace(headers=(("content-type", FORM),)),
            ONCE.format("x-twilio-signature", 0),
            id="no signature",
        ),
        pytest.param(posted(seen=URL.replace("shop=7", "shop=8")), WRONG, id="another query"),
        pytest.param(posted(body=urlencode(PARAMS).encode() + b"&Body=x"), WRONG, id="a parameter repeated"),
        pytest.param(posted(body=urlencode(PARAMS).encode() + b"%ff"), NOT_UTF_8, id="no text"),
        pytest.param(got(f"https://h/?AccountSidAC{'0' * 32}"), CUT, id="a form in its address"),
        pytest.param(posted(body=urlencode(PARAMS).encode() + b"%"), NO_CHARACTER, id="no form"),
        pytest.param(posted(body=urlencode(PARAMS).encode()[:-10]), NO_CHARACTER, id="truncated"),
        pytest.param(
            posted(body=b"x" * (MAX_BODY_BYTES + 1)),
            f"a body has at most {MAX_BODY_BYTES} bytes, has more",
            id="too large",
        ),
        pytest.param(
            posted(f"https://h/?{'x' * 16_384}"),
            "an address has at most 16384 characters, has 16395",
            id="address too long",
        ),
        pytest.param(
            posted(params={f"p{at}": "" for at in range(201)}),
            "a webhook has at most 200 parameters",
            id="too many parameters",
        ),
        pytest.param(posted(params={"bad name": "x"}), NAME, id="a name that Twilio does not make"),
        pytest.param(posted(params={"x" * 65: "x"}), NAME, id="a name too long"),
        pytest.param(posted("https://h/?bodySHA256=" + sha256(b"").hexdigest()), WRONG, id="a form with a hash"),
        pytest.param(posted()._replace(method="PUT"), "the method must be one of GET, POST", id="another method"),
        pytest.param(got(URL)._replace(body=b"Body=x"), "the body of a GET is not signed", id="a GET with a body"),
        pytest.param(got("https://h/?a=%"), NO_CHARACTER, id="a query that is none"),
        pytest.param(got("https://h/?a=1")._replace(url="https://h/?a=\ud800"), "no UTF-8", id="half a character"),
        pytest.param(posted(headers=SETTINGS), WRONG, id="a shared key that is not known"),
        pytest.param(posted(headers=(*SETTINGS, *SETTINGS)), ONCE.format(SETTINGS[0][0], 2), id="settings twice"),
        pytest.param(posted()._replace(url="http://[::1];443/"), WRONG, id="no address"),
    ],
)
def test_what_is_not_as_twilio_sends_it_is_forbidden_and_the_log_is_told_why(request_, told):
    with pytest.raises(Refused) as caught:
        VERIFIER.verify(request_)

    assert (caught.value.status, caught.value.reason) == (FORBIDDEN, told)


def test_a_body_and_an_address_may_be_as_large_as_is_said():
    long = f"https://h/?{'x' * (MAX_URL_CHARACTERS - 11)}"
    body = b"a=" + b"x" * (MAX_BODY_BYTES - 2)

    assert (len(long), len(body)) == (MAX_URL_CHARACTERS, MAX_BODY_BYTES)
    assert refusal(posted(long)) is None
    assert refusal(posted(params={"a": "x" * (MAX_BODY_BYTES - 2)}, body=body)) is None


def test_a_query_begins_with_its_first_question_mark():
    assert dict(VERIFIER.verify(got("https://h/in?a=1?b=2")).pairs) == {"a": "1?b=2"}


def test_a_border_that_was_moved_leaves_a_parameter_out():
    honest = {"Body": "hello", "From": "+15551234567", "To": "+15005550006"}
    moved = {"BodyhelloFrom": "+15551234567", "To": "+15005550006"}
    smuggled = {"Body": "helloFrom+15551234567", "To": "+15005550006"}

    assert signature(URL, honest) == signature(URL, moved) == signature(URL, smuggled)
    for params in (moved, smuggled):  # who needs From once finds that it is missing
        assert "From" not in dict(VERIFIER.verify(posted(params=params)).pairs)


def test_a_name_that_swallows_the_plus_of_a_number_is_refused():
    honest = {"Body": "hi", "From": "+15551234567", "To": "+15005550006"}
    moved = {"Body": "hi", "From+15551234567To": "+15005550006"}

    assert signature(URL, honest) == signature(URL, moved)
    assert refusal(posted(params=moved)) == FORBIDDEN


def test_a_form_may_be_the_only_thing_that_is_taken():
    assert refusal(got(URL), Verifier(RequestValidator(AUTH_TOKEN), methods=["POST"])) == FORBIDDEN


def test_a_shared_key_signs():
    verifier = Verifier(RequestValidator(AUTH_TOKEN, shared_keys=[KEY]))
    of_key = signature(URL, PARAMS, "key-secret", "HMAC_SHA256")

    assert refusal(posted(given=of_key, headers=SETTINGS), verifier) is None
    assert refusal(posted(given=of_key), verifier) == FORBIDDEN
    assert refusal(posted(), verifier) is None


@pytest.mark.parametrize("tokens", [(), (AUTH_TOKEN,)], ids=["shared keys only", "a token too"])
def test_a_signature_is_not_taken_for_a_weaker_one(tokens):
    verifier = Verifier(RequestValidator(*tokens, shared_keys=[KEY]))

    assert refusal(posted(headers=SETTINGS), verifier) == FORBIDDEN
    assert refusal(posted(given=signature(URL, PARAMS, "key-secret")), verifier) == FORBIDDEN


def test_who_has_shared_keys_only_takes_no_token():
    assert refusal(posted(), Verifier(RequestValidator(shared_keys=[KEY]))) == FORBIDDEN


def test_a_token_that_is_rotated_is_asked_for_each_time():
    tokens = ["other", AUTH_TOKEN]
    verifier = Verifier(lambda: RequestValidator(tokens.pop(0)))

    assert [refusal(posted(), verifier) for _ in range(2)] == [FORBIDDEN, None]


def test_a_raw_body_is_taken_for_what_its_hash_says():
    assert VERIFIER.verify_body(with_body(hashed())) == JSON


A_FORM = "a raw body has a content type that is none of a form"


@pytest.mark.parametrize(
    ("request_", "status", "told"),
    [
        pytest.param(with_body(hashed(), JSON + b" "), FORBIDDEN, WRONG, id="another body"),
        pytest.param(with_body("https://sms.example.com/events"), FORBIDDEN, WRONG, id="no hash"),
        pytest.param(with_body(f"{hashed()}&{hashed().partition('?')[2]}"), FORBIDDEN, WRONG, id="two hashes"),
        pytest.param(
            with_body(hashed())._replace(method="GET"), FORBIDDEN, "a raw body is posted", id="another method"
        ),
        pytest.param(
            with_body(hashed(), b"x" * (MAX_BODY_BYTES + 1)),
            FORBIDDEN,
            f"a body has at most {MAX_BODY_BYTES} bytes, has more",
            id="too large",
        ),
        pytest.param(with_body(hashed(), content_type=FORM), UNSUPPORTED, A_FORM, id="a form"),
        pytest.param(with_body(hashed(), content_type=""), UNSUPPORTED, A_FORM, id="nothing said"),
        pytest.param(
            with_body(hashed(), content_type=f"{FORM}; charset=latin-1"), UNSUPPORTED, A_FORM, id="another charset"
        ),
    ],
)
def test_a_raw_body_that_nobody_vouches_for_is_refused(request_, status, told):
    with pytest.raises(Refused) as caught:
        VERIFIER.verify_body(request_)

    assert (caught.value.status, caught.value.reason) == (status, told)


def test_json_is_not_taken_where_a_form_is_wanted():
    assert refusal(with_body(hashed())) == UNSUPPORTED


TEXTS = st.text(st.characters(), max_size=30)
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["content-type", "x-twilio-signature", "x-twilio-webhooks-signature-settings", "forwarded"]),
        TEXTS | st.sampled_from([FORM, "key=a,algorithm=HMAC_SHA1", signature(URL, PARAMS)]),
    ),
    max_size=5,
)


@given(
    request=st.builds(
        WebhookRequest,
        st.sampled_from(["GET", "POST"]) | TEXTS,
        TEXTS | TEXTS.map("https://h/?{}".format),
        HEADERS.map(tuple),
        st.binary(max_size=30),
        st.none() | TEXTS | st.just("10.0.0.1"),
    )
)
def test_nothing_that_a_request_holds_raises_anything_else(request):
    verifier = Verifier(RequestValidator(AUTH_TOKEN), trusted_proxies=["10.0.0.0/8"])

    for judge in (verifier.verify, verifier.verify_body):
        with pytest.raises(Refused):
            judge(request)
    assert not verifier.explain(request).is_found


def test_a_reason_shows_no_number_and_no_text():
    shown = []
    for request in (posted(given="x"), posted(params={"From+15551234567To": "secret text"})):
        with pytest.raises(Refused) as caught:
            VERIFIER.verify(request)
        shown.append(f"{caught.value.reason} {caught.value!r}")

    assert not [text for text in shown if "4567" in text or "secret" in text or AUTH_TOKEN in text]


A_VALIDATOR = "validator must be a RequestValidator, or a function that returns one"
SOME_METHODS = "methods must be some of GET and POST"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"validator": None}, A_VALIDATOR),
        ({"methods": []}, SOME_METHODS),
        ({"methods": "GET"}, SOME_METHODS),
        ({"methods": ["PUT"]}, SOME_METHODS),
    ],
    ids=str,
)
def test_a_setting_that_cannot_work_is_refused_at_once(given, told):
    with pytest.raises(ValidationError) as caught:
        Verifier(**{"validator": RequestValidator(AUTH_TOKEN), **given})

    assert caught.value.message == told


def test_a_refusal_can_be_explained():
    request = posted(
        "https://sms.example.com/app/in", seen="http://10.0.0.5/in", headers=(("x-forwarded-prefix", "/app"),)
    )

    changes = Verifier(RequestValidator(AUTH_TOKEN), public_url="https://sms.example.com").explain(request).changes

    assert len(changes) == 1
    assert "the path begins with /app" in changes[0]


def test_a_verifier_shows_its_address_and_no_secret():
    shown = repr(Verifier(RequestValidator(AUTH_TOKEN), public_url="https://sms.test"))

    assert "sms.test" in shown
    assert AUTH_TOKEN not in shown


def test_a_number_in_a_reason_is_masked():
    refused = Refused(FORBIDDEN, "from +15551234567")

    assert refused.reason == "from +1555***4567"
    assert repr(refused) == "Refused(403, 'from +1555***4567')"
