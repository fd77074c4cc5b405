"""For each usual mistake the explanation says what to do; it proves it, and tells no secret."""

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import AUTH_TOKEN
from tests.twilio_sms.webhooks.requests import PARAMS, URL, signature
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.explain import MAX_TRIES, Sent
from twilio_sms.webhooks.keys import SharedKey
from twilio_sms.webhooks.signature import RequestValidator

VALIDATOR = RequestValidator(AUTH_TOKEN, shared_keys=[SharedKey("webhooks_sharedkey_1", "key-secret")])
PLAIN = "https://sms.example.com/inbound"
BLANK = {f"{end}{what}": "" for end in ("From", "To") for what in ("City", "State", "Zip", "Country")}
TREE = {"a": [1, "é"]}


def hashed(body: bytes) -> str:
    return f"{PLAIN}?bodySHA256={sha256(body).hexdigest()}"


def test_what_is_right_needs_no_change():
    explanation = VALIDATOR.explain(URL, PARAMS, signature(URL, PARAMS))

    assert (explanation.is_valid, explanation.changes) == (True, ())
    assert str(explanation) == "the signature is right"


@pytest.mark.parametrize(
    ("signed", "seen", "said"),
    [
        ("https://h/a", "http://h/a", "the scheme is https"),
        ("http://h:8080/a", "https://h:8080/a", "the scheme is http"),
        ("https://sms.test/a", "https://10.0.0.5/a", "the host is sms.test"),
        ("https://sms.test:8443/a", "https://10.0.0.5/a", "the host is sms.test:8443"),
        ("https://h/a", "https://H/a", "the host is h"),
        ("https://h/a", "https://h/a/", "no slash at its end"),
        ("https://h/a/?b=1", "https://h/a?b=1", "a slash at its end"),
        ("https://h/app/a", "https://h/a", "the path begins with /app"),
        ("https://h/a%20b", "https://h/a b", "percent-encoded"),
        ("https://h/a?c=2&b=1", "https://h/a?b=1&c=2", None),
        ("https://h/a?b=1&c=2", "https://h/a?c=2&b=1", "another order"),
        ("https://h/a?b=x%20y", "https://h/a?b=x+y", "is %20, not +"),
        ("https://h/a?b=x+y", "https://h/a?b=x%20y", "is +, not %20"),
        ("https://h/a?b=%C3%A9%2F", "https://h/a?b=é/", "percent-encoded"),
        ("https://h/a?", "https://h/a", "ends with a ?"),
        ("https://h/a", "https://h/a?", "ends without a ?"),
        ("https://h/a", "https://h/a?utm=1", "has no query"),
    ],
)
def test_an_address_is_explained(signed, seen, said):
    hosts = ["sms.test", "sms.test:8443"]

    found = VALIDATOR.explain(seen, PARAMS, signature(signed, PARAMS), hosts=hosts, prefixes=["/app"])

    assert [said in change for change in found.changes] == ([True] if said else [])


@pytest.mark.parametrize(
    ("signed", "seen", "said"),
    [
        ({"Body": "hi"}, {"Body": "hi", "shop": "7"}, "those of the body alone"),
        ({}, {"Body": "hi"}, "as for a GET"),
        ({"Body": "hi", **BLANK}, {"Body": "hi"}, "FromCity"),
        ({"To": "x", "Body": ""}, {"To": "x"}, "empty Body"),
        ({"To": "+15551234567"}, {"To": " 15551234567"}, "decode the form twice"),
        ({"To": "+15551234567", "Body": "a b"}, {"To": "+15551234567", "Body": "a+b"}, "is a space"),
        ({"To": "+15551234567", "Body": "a b"}, {"To": "%2B15551234567", "Body": "a+b"}, "still percent-encoded"),
        ({"Body": "hi "}, {"Body": "hi"}, "white space"),
        ({"Body": "a\r\nb"}, {"Body": "a\nb"}, "CR LF"),
    ],
)
def test_parameters_are_explained(signed, seen, said):
    (change,) = VALIDATOR.explain(URL, seen, signature(URL, signed)).changes

    assert said in change


@pytest.mark.parametrize(
    ("sent", "handed", "said"),
    [
        (json.dumps(TREE, separators=(",", ":")), json.dumps(TREE), "written anew"),
        (json.dumps(TREE, ensure_ascii=False), json.dumps(TREE), "written anew"),
        ("{}\n", "{}", "written anew"),
        ("{}", "[]", "not the one that was hashed"),
    ],
)
def test_a_body_is_explained(sent, handed, said):
    url = hashed(sent.encode())

    (change,) = VALIDATOR.explain(url, handed, signature(url)).changes

    assert said in change


@pytest.mark.parametrize(
    ("url", "params", "of_params", "said"),
    [
        (PLAIN, b"Body=hi", {"Body": "hi"}, "the body is a form"),
        (PLAIN, b"{}", {}, "needs one bodySHA256"),
        (hashed(b"{}"), {"Body": "hi"}, {"Body": "hi"}, "hand over the raw body"),
    ],
)
def test_the_kind_of_a_request_is_explained(url, params, of_params, said):
    (change,) = VALIDATOR.explain(url, params, signature(url, of_params)).changes

    assert said in change


@pytest.mark.parametrize(
    ("token", "algorithm", "settings", "said"),
    [
        ("key-secret", "HMAC_SHA256", None, "shared key webhooks_sharedkey_1 signed it, with HMAC_SHA256"),
        ("key-secret", "HMAC_SHA1", "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256", "with HMAC_SHA1"),
        (AUTH_TOKEN, "HMAC_SHA1", "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256", "auth token 1 signed it"),
        (AUTH_TOKEN, "HMAC_SHA1", "nonsense", "auth token 1 signed it"),
    ],
)
def test_who_signed_is_explained(token, algorithm, settings, said):
    (change,) = VALIDATOR.explain(URL, PARAMS, signature(URL, PARAMS, token, algorithm), settings=settings).changes

    assert said in change


@pytest.mark.parametrize(("token", "number"), [(AUTH_TOKEN, 1), ("0f" * 16, 2)])
def test_of_several_tokens_the_one_that_signed_is_named(token, number):
    validator = RequestValidator(AUTH_TOKEN, "0f" * 16)

    right = validator.explain(URL, PARAMS, signature(URL, PARAMS, token))
    elsewhere = validator.explain("http://h/a", PARAMS, signature("https://h/a", PARAMS, token))

    assert str(right).splitlines() == ["the signature is right", f"note: auth token {number} signed it"]
    assert str(elsewhere).splitlines()[-1] == f"note: auth token {number} signed it"


def test_who_should_not_have_signed_is_named_once():
    validator = RequestValidator(AUTH_TOKEN, "0f" * 16, shared_keys=[SharedKey("k", "key-secret")])

    found = validator.explain(URL, PARAMS, signature(URL, PARAMS, "key-secret", "HMAC_SHA256"))

    assert str(found).count("signed it") == 1


@pytest.mark.parametrize("params", [7, ["Body"], [("Body", 1)], {"Body": None}], ids=str)
def test_what_are_no_parameters_is_refused(params):
    with pytest.raises(ValidationError, match="params must be texts"):
        VALIDATOR.explain(URL, params, signature(URL, PARAMS))


@pytest.mark.parametrize("given", [None, 7, b"abc", "", " "])
def test_what_is_no_signature_is_said_to_be_none(given):
    assert "there is no signature" in str(VALIDATOR.explain(URL, PARAMS, given))


def test_several_mistakes_at_once_are_all_told():
    signed = signature("https://sms.test/app/in?a=1", {"Body": "hi"})

    found = VALIDATOR.explain(
        "http://h:5000/in?a=1", {"Body": "hi", "a": "1"}, signed, hosts=["sms.test"], prefixes=["/app"]
    )

    told = zip(("scheme", "host", "path", "query"), found.changes, strict=True)
    assert all(word in change for word, change in told)
    assert str(found).count("\n- ") == 4


def test_a_header_with_white_space_is_explained():
    (change,) = VALIDATOR.explain(URL, PARAMS, f" {signature(URL, PARAMS)}").changes

    assert "white space around it" in change


@pytest.mark.parametrize(
    ("url", "given", "settings", "note"),
    [
        (URL, None, None, "there is no signature"),
        (URL, "short", None, "has 5"),
        ("nowhere", "A" * 28, None, "the address is none"),
        (URL, "A" * 28, "key=other,algorithm=HMAC_SHA1", "not known here"),
    ],
)
def test_what_strikes_the_eye_is_noted(url, given, settings, note):
    found = VALIDATOR.explain(url, PARAMS, given, settings=settings)

    assert not found.is_found
    assert any(note in one for one in found.notes)


def test_who_knows_shared_keys_only_is_told_that_a_token_is_missing():
    found = RequestValidator(shared_keys=[SharedKey("k", "s")]).explain(URL, PARAMS, signature(URL, PARAMS))

    assert "add the auth token" in str(found)


@given(
    params=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4) | st.binary(max_size=30),
    token=st.text("abc", min_size=1),
)
def test_a_forger_is_never_told_that_something_matches(params, token):
    forged = signature(URL, params if isinstance(params, dict) else {}, token)

    found = VALIDATOR.explain(URL, params, forged, hosts=["a", "b", "c", "d", "e"], prefixes=["/a", "/b"])

    assert not found.is_found
    assert 0 < found.tries <= MAX_TRIES


def test_the_fewest_changes_are_told():
    found = VALIDATOR.explain("http://h/a", PARAMS, signature("https://h/a", PARAMS), hosts=["h", "other"])

    assert [change.partition(":")[0] for change in found.changes] == ["the scheme is https"]


def test_nothing_is_told_of_secrets_texts_and_numbers():
    params = {"From": "+15551234567", "Body": "my secret text"}
    url = "https://h/in?To=%2B15551234567"

    for seen, of_params in ((url, {}), (f"{url}&x=1", params), ("https://h/+15551234567", params)):
        shown = str(VALIDATOR.explain(seen, params, signature(url, of_params)))
        assert not [word for word in ("15551234567", "my secret", AUTH_TOKEN, "key-secret") if word in shown]


def test_a_number_in_a_host_or_a_prefix_is_masked():
    signed = signature("https://15551234567.test/+15551234568/in", PARAMS)

    found = VALIDATOR.explain("https://h/in", PARAMS, signed, hosts=["15551234567.test"], prefixes=["/+15551234568"])

    assert len(found.changes) == 2
    assert "1555123456" not in str(found)


def test_a_hint_that_is_no_host_matches_nothing():
    found = VALIDATOR.explain("https://h/a", PARAMS, signature("https://g/a", PARAMS), hosts=["not a host"])

    assert not found.is_found


def test_a_body_that_is_no_json_is_explained_too():
    url = hashed(b"<a/>")

    (change,) = VALIDATOR.explain(url, "<b/>", signature(url)).changes

    assert "not the one that was hashed" in change
    assert "<b/>" not in repr(Sent.read(url, "<b/>", None))
