"""What Twilio signed is accepted, anything else is refused."""

import hmac
import json
import os
from base64 import b64encode
from hashlib import sha1, sha256
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import example, given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator as OfficialValidator
from werkzeug.datastructures import MultiDict

from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.keys import SharedKey
from twilio_sms.webhooks.signature import RequestValidator

FACTS = json.loads((Path(__file__).parents[2] / "vectors" / "signature_vectors.json").read_text(encoding="utf-8"))
TOKEN = "0b" * 16
URL = "https://example.com/sms?shop=7"
ENCODABLE = st.text(st.characters(codec="utf-8"), max_size=20)
PARAMS = st.dictionaries(ENCODABLE, ENCODABLE, max_size=6)
ANYTHING = st.text(st.characters()) | st.none() | st.integers() | st.binary()  # with half surrogates


def _signed(text: str, token: str = TOKEN) -> str:
    return b64encode(hmac.new(token.encode(), text.encode(), sha1).digest()).decode()


def _flat(params: dict[str, str]) -> str:
    return "".join(name + params[name] for name in sorted(params))


@pytest.mark.parametrize("vector", FACTS["vectors"], ids=lambda vector: vector["name"])
def test_a_known_request_is_judged_as_twilio_judges_it(vector):
    validator = RequestValidator(vector["token"])

    truth = validator.validate(vector["request_url"], vector.get("body", vector["params"]), vector["signature"])

    assert truth is vector["valid"]


@pytest.mark.parametrize(
    "vector", [vector for vector in FACTS["vectors"] if vector["valid"]], ids=lambda vector: vector["name"]
)
def test_a_known_request_is_signed_as_twilio_signs_it(vector):
    signature = RequestValidator(vector["token"]).compute_signature(
        vector["signed_url"], vector.get("body", vector["params"])
    )

    assert signature == vector["signature"]


@pytest.mark.parametrize("vector", FACTS["body_hash_vectors"], ids=lambda vector: vector["body"])
@pytest.mark.parametrize("convert", [str, str.encode], ids=["text", "bytes"])
def test_a_raw_body_is_held_against_its_hash(vector, convert):
    url = f"{URL}&bodySHA256={vector['sha256_hex']}"
    validator = RequestValidator(TOKEN)

    assert validator.validate(url, convert(vector["body"]), _signed(url))
    assert not validator.validate(url, convert(vector["body"] + " "), _signed(url))


@given(params=PARAMS)
def test_what_an_independent_computation_signs_is_accepted(params):
    assert RequestValidator(TOKEN).validate(URL, params, _signed(URL + _flat(params)))


@given(params=PARAMS)
def test_the_official_sdk_signs_the_same(params):
    official = OfficialValidator(TOKEN).compute_signature(URL, params)

    assert RequestValidator(TOKEN).compute_signature(URL, params) == official


@given(params=PARAMS.filter(bool), data=st.data())
def test_any_changed_value_is_refused(params, data):
    signature = _signed(URL + _flat(params))
    name = data.draw(st.sampled_from(sorted(params)))

    changed = {**params, name: data.draw(ENCODABLE.filter(lambda value: value != params[name]))}

    assert not RequestValidator(TOKEN).validate(URL, changed, signature)


@given(body=st.binary(), other=st.binary())
def test_any_changed_body_is_refused(body, other):
    url = f"{URL}&bodySHA256={sha256(body).hexdigest()}"

    assert RequestValidator(TOKEN).validate(url, other, _signed(url)) is (body == other)


@given(signature=st.binary(min_size=20, max_size=20).map(lambda raw: b64encode(raw).decode()))
def test_a_guessed_signature_is_refused(signature):
    assert not RequestValidator(TOKEN).validate(URL, {"Body": "hi"}, signature)


@given(
    uri=ANYTHING | st.just(URL),
    params=ANYTHING
    | st.dictionaries(ANYTHING, ANYTHING | st.lists(ANYTHING))
    | st.lists(ANYTHING | st.lists(ANYTHING)),
    signature=ANYTHING | st.just("A" * 27 + "="),
)
@example(uri=URL, params={"Body": "\ud83d"}, signature="A" * 27 + "=")
@example(uri="https://example.com/\ud83d", params={}, signature="A" * 27 + "=")
@example(uri="https://example.com:port/", params={}, signature="A" * 27 + "=")
@example(uri="https://[::1];443/", params={}, signature="A" * 27 + "=")
@example(uri="https://[::1", params={}, signature="A" * 27 + "=")
def test_nothing_that_a_request_holds_raises(uri, params, signature):
    assert RequestValidator(TOKEN).validate(uri, params, signature) is False


@pytest.mark.parametrize(
    "signature",
    [None, "", "A", "ünïcödé", _signed(URL)[:-1], _signed(URL) + "=", " " + _signed(URL), _signed(URL).lower()],
    ids=["absent", "empty", "short", "not ASCII", "cut", "too long", "with a space", "lower case"],
)
def test_a_signature_of_another_form_is_refused(signature):
    assert not RequestValidator(TOKEN).validate(URL, {}, signature)


@pytest.mark.parametrize(
    ("requested", "signed"),
    [
        ("https://example.com/a", "https://example.com:443/a"),
        ("http://example.com/a", "http://example.com:80/a"),
        ("https://example.com:8443/a", "https://example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://[2001:db8::1]/a", "https://[2001:db8::1]:443/a"),
        ("https://[2001:db8::1]:8443/a", "https://[2001:db8::1]/a"),
        ("https://me:pw@example.com:8443/a", "https://me:pw@example.com/a"),
        ("https://example.com/a?b=it's", "https://example.com:443/a?b=it%27s"),
        ("https://example.com/a?b=ü", "https://example.com/a?b=%C3%BC"),
        ("other://example.com/a", "other://example.com/a"),
    ],
)
def test_an_address_that_a_proxy_changed_is_accepted(requested, signed):
    assert RequestValidator(TOKEN).validate(requested, {}, _signed(signed))


@pytest.mark.parametrize(
    ("requested", "signed"),
    [
        ("https://example.com/a", "http://example.com/a"),
        ("https://example.com/a", "https://example.com:8443/a"),
        ("https://example.com:8443/a", "https://example.com:443/a"),
        ("https://example.com/a", "https://example.com/a?"),
        ("https://example.com/a", "https://other.example/a"),
        ("https://example.com/a?b=1&c=2", "https://example.com/a?c=2&b=1"),
        ("other://example.com/a", "other://example.com:80/a"),
    ],
)
def test_another_address_is_refused(requested, signed):
    assert not RequestValidator(TOKEN).validate(requested, {}, _signed(signed))


@pytest.mark.parametrize(
    "params",
    [
        pytest.param({"MediaUrl": ["b", "a", "b"], "To": "x"}, id="mapping of lists"),
        pytest.param({"MediaUrl": ("b", "a"), "To": ("x",)}, id="mapping of tuples"),
        pytest.param([("To", "x"), ("MediaUrl", "b"), ("MediaUrl", "a")], id="pairs"),
        pytest.param(MultiDict([("To", "x"), ("MediaUrl", "b"), ("MediaUrl", "a")]), id="Werkzeug"),
        pytest.param(MultiValueDict({"To": ["x"], "MediaUrl": ["b", "a"]}), id="Django"),
    ],
)
def test_every_distinct_value_of_a_name_counts(params):
    signature = _signed(f"{URL}MediaUrlaMediaUrlbTox")

    assert RequestValidator(TOKEN).validate(URL, params, signature)
    assert RequestValidator(TOKEN).compute_signature(URL, params) == signature


def test_pairs_may_come_from_an_iterator():
    pairs = iter([("To", "x"), ("Body", "hi")])

    assert RequestValidator(TOKEN).validate(
        "https://example.com:8443/", pairs, _signed("https://example.com/BodyhiTox")
    )


@pytest.mark.parametrize(
    ("query", "params"),
    [
        pytest.param("", "{}", id="raw body without a hash"),
        pytest.param("", b"", id="empty raw body without a hash"),
        pytest.param(f"?bodySHA256={sha256(b'').hexdigest()}", {}, id="hash without a raw body"),
        pytest.param(f"?bodySHA256={sha256(b'').hexdigest()}", None, id="hash without anything"),
        pytest.param(f"?bodySHA256={sha256(b'').hexdigest()}&bodySHA256=0", b"", id="two hashes"),
    ],
)
def test_a_body_that_is_not_vouched_for_is_refused(query, params):
    url = "https://example.com/" + query

    assert not RequestValidator(TOKEN).validate(url, params, _signed(url))


def test_a_hash_in_capitals_is_the_same_hash():
    url = f"{URL}&bodySHA256={sha256(b'{}').hexdigest().upper()}"

    assert RequestValidator(TOKEN).validate(url, b"{}", _signed(url))


@pytest.mark.parametrize("used", ["old", "new"])
def test_while_a_token_is_rotated_both_are_accepted(used):
    validator = RequestValidator("new", "old")

    assert validator.validate(URL, {}, _signed(URL, used))
    assert not validator.validate(URL, {}, _signed(URL, "other"))


def test_the_first_token_signs():
    assert RequestValidator("new", "old").compute_signature(URL) == _signed(URL, "new")


@pytest.mark.parametrize(
    "tokens",
    [(), ("",), (" \n",), ("good", ""), (None,), (b"token",)],
    ids=["no token", "an empty one", "white space", "an empty one besides", "none", "bytes"],
)
def test_a_token_that_anybody_could_sign_with_is_refused(tokens):
    with pytest.raises(
        ValidationError, match=r"^a validator needs an auth token that is not empty: else anybody could sign$"
    ):
        RequestValidator(*tokens)


def test_a_validator_shows_no_token():
    assert TOKEN not in repr(RequestValidator(TOKEN)) + str(vars(RequestValidator(TOKEN)))


def test_a_secret_string_is_a_token_too():
    assert RequestValidator(SecretString(TOKEN)).validate(URL, {}, _signed(URL))


@given(params=PARAMS)
def test_a_form_is_judged_from_its_bytes(params):
    raw = urlencode(params).encode()

    assert RequestValidator(TOKEN).validate_form(URL, raw, _signed(URL + _flat(params)))


@pytest.mark.parametrize("raw", [b"Body=%", b"Body=%ff", b"Body=hi&Body=ho", b"Body=hi+", "Body=hi", None], ids=repr)
def test_a_form_that_is_none_or_another_is_refused(raw):
    assert not RequestValidator(TOKEN).validate_form(URL, raw, _signed(f"{URL}Bodyhi"))


def test_what_a_framework_would_mend_is_judged_as_it_came():
    raw = b"FromCity=&Body=hi%0D%0A&Body=&FromZip"

    assert RequestValidator(TOKEN).validate_form(URL, raw, _signed(f"{URL}BodyBodyhi\r\nFromCityFromZip"))


@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256", "hmac_sha256", None])
def test_an_algorithm_is_taken_as_the_official_sdk_takes_it(algorithm):
    official = OfficialValidator(TOKEN).compute_signature(URL, {"Body": "hi"}, algorithm)
    validator = RequestValidator(TOKEN)

    assert validator.compute_signature(URL, {"Body": "hi"}, algorithm) == official
    assert validator.validate(URL, {"Body": "hi"}, official, algorithm)


def test_an_algorithm_that_there_is_not_is_refused():
    assert not RequestValidator(TOKEN).validate(URL, {}, _signed(URL), "HMAC_MD5")
    with pytest.raises(ValidationError, match=r"^algorithm must be one of HMAC_SHA1, HMAC_SHA256$"):
        RequestValidator(TOKEN).compute_signature(URL, {}, "HMAC_MD5")


@pytest.mark.parametrize("body", ["", '{"a": "é"}'])
@pytest.mark.parametrize("convert", [str, str.encode], ids=["text", "bytes"])
def test_a_hash_is_the_official_one(body, convert):
    assert RequestValidator(TOKEN).compute_hash(convert(body)) == OfficialValidator(TOKEN).compute_hash(body)


@pytest.mark.parametrize("algorithm", ["HMAC_SHA1", "HMAC_SHA256"])
def test_a_request_that_names_a_key_is_judged_by_that_key_alone(algorithm):
    validator = RequestValidator(TOKEN, shared_keys=[SharedKey("k1", "one"), SharedKey("k2", "two")])
    of_two = OfficialValidator("two").compute_signature(URL, {}, algorithm)
    settings = "key={},algorithm={}".format

    assert validator.validate(URL, {}, of_two, settings=settings("k2", algorithm))
    assert not validator.validate(URL, {}, of_two, settings=settings("k1", algorithm))
    assert not validator.validate(URL, {}, _signed(URL), settings=settings("k2", algorithm))
    assert not validator.validate(URL, {}, of_two)


def test_a_form_that_names_a_key_is_judged_by_that_key_alone():
    validator = RequestValidator(TOKEN, shared_keys=[SharedKey("k1", "one")])
    of_key = OfficialValidator("one").compute_signature(URL, {"Body": "hi"}, "HMAC_SHA256")
    settings = "key=k1,algorithm=HMAC_SHA256"

    assert validator.validate_form(URL, b"Body=hi", of_key, settings=settings)
    assert not validator.validate_form(URL, b"Body=hi", of_key)
    assert not validator.validate_form(URL, b"Body=hi", _signed(f"{URL}Bodyhi"), settings=settings)


def test_of_a_get_the_address_alone_is_explained():
    validator, of_address = RequestValidator(TOKEN), _signed(URL)

    assert validator.explain(URL, {"Body": "hi"}, of_address, method="GET").is_valid
    assert not validator.explain(URL, {"Body": "hi"}, of_address).is_valid


def test_a_validator_of_shared_keys_computes_no_signature():
    with pytest.raises(
        ValidationError, match=r"^to compute a signature give an auth token: of shared keys Twilio chooses one$"
    ):
        RequestValidator(shared_keys=[SharedKey("k1", "one")]).compute_signature(URL, {})


@pytest.mark.skipif("TWILIO_PYTHON_TESTS" not in os.environ, reason="TWILIO_PYTHON_TESTS names no checkout's tests/")
def test_the_official_sdks_own_tests_pass_with_ours(suite: pytest.Pytester):
    tests = Path(os.environ["TWILIO_PYTHON_TESTS"], "unit", "test_request_validator.py")
    suite.makeconftest(
        "import twilio.request_validator as official\n"
        "from twilio_sms.webhooks.signature import RequestValidator as official_name\n"
        "official.RequestValidator = official_name\n"
    )
    suite.makepyfile(test_request_validator=tests.read_text("utf-8"))

    suite.runpytest_subprocess("-q").assert_outcomes(passed=10)
