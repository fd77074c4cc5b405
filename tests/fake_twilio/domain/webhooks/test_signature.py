"""Tests of how the fake signs, against vectors and the official SDK."""

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.signature import sign, signed_string, signed_url, with_body_hash

VECTORS_FILE = Path(__file__).parents[3] / "vectors" / "signature_vectors.json"
VECTORS: list[dict[str, Any]] = json.loads(VECTORS_FILE.read_text("utf-8"))["vectors"]
VALID = [vector for vector in VECTORS if vector["valid"]]
INVALID = [vector for vector in VECTORS if not vector["valid"]]


def form_of(vector: dict[str, Any]) -> Form:
    pairs = [(name, value if isinstance(value, list) else [value]) for name, value in vector["params"].items()]
    return tuple((name, value) for name, values in pairs for value in values)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_signed_string_is_the_one_of_the_vector(vector: dict[str, Any]) -> None:
    assert signed_string(vector["signed_url"], form_of(vector)) == vector["signed_string"]


@pytest.mark.parametrize("vector", VALID, ids=lambda vector: vector["name"])
def test_the_signature_is_the_one_of_the_vector(vector: dict[str, Any]) -> None:
    text = signed_string(vector["signed_url"], form_of(vector))

    assert sign(vector["token"], text) == vector["signature"]


@pytest.mark.parametrize("vector", INVALID, ids=lambda vector: vector["name"])
def test_a_wrong_signature_is_not_the_one_we_make(vector: dict[str, Any]) -> None:
    text = signed_string(vector["signed_url"], form_of(vector))

    assert sign(vector["token"], text) != vector["signature"]


@pytest.mark.parametrize(
    "vector", [vector for vector in VALID if "body_sha256_hex" in vector], ids=lambda vector: vector["name"]
)
def test_a_json_body_is_signed_by_its_hash_in_the_url(vector: dict[str, Any]) -> None:
    digest = hashlib.sha256(vector["body"].encode()).hexdigest()

    assert signed_string(vector["signed_url"], ()).endswith(f"bodySHA256={digest}")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FORMS = st.dictionaries(TEXT.filter(bool), st.lists(TEXT, min_size=1, max_size=3), max_size=6)
URLS = st.sampled_from(
    ["https://example.com/a", "http://127.0.0.1:8000/?x=1&y=%2F", "http://h:80/", "https://h:8443/é"]
)


@given(TEXT.filter(bool), URLS, FORMS)
def test_the_official_sdk_accepts_what_the_fake_signs(token: str, url: str, params: dict[str, list[str]]) -> None:
    form = tuple((name, value) for name, values in params.items() for value in values)

    signature = sign(token, signed_string(url, form))

    assert RequestValidator(token).validate(url, MultiDict(form), signature)


@given(st.lists(st.tuples(TEXT, TEXT)), st.randoms(use_true_random=False))
def test_the_order_and_the_repetitions_of_a_form_do_not_matter(pairs: list[tuple[str, str]], chance: Any) -> None:
    shuffled = pairs + pairs
    chance.shuffle(shuffled)

    assert signed_string("http://h/", tuple(shuffled)) == signed_string("http://h/", tuple(pairs))


SCHEMES = st.sampled_from(["http", "https", "HTTP"])
USERS = st.sampled_from(["", "user@", "user:pass@", "us%40er:pa%23ss@"])
HOSTS = st.sampled_from(["example.com", "Example.COM:8443", "[::1]:80", "127.0.0.1"])
PATHS = st.sampled_from(["", "/", "/a@b", "/a%2fb", "//a//", "/a;b=c"])
QUERIES = st.sampled_from(["", "?", "?x=1&y=a@b", "?x=http://u:p@h/"])
FRAGMENTS = st.sampled_from(["", "#", "#rc=2&rp=all", "#a@b?c"])


@given(SCHEMES, USERS, HOSTS, PATHS, QUERIES, FRAGMENTS)
def test_userinfo_and_fragment_leave_the_url_and_nothing_else_does(
    scheme: str, user: str, host: str, path: str, query: str, fragment: str
) -> None:
    rest = host + path + query

    assert signed_url(f"{scheme}://{user}{rest}{fragment}") == f"{scheme}://{rest}"


@given(st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"], exclude_characters="#@"), max_size=20))
def test_what_cannot_stand_in_a_request_line_is_percent_encoded_and_nothing_else(path: str) -> None:
    url = signed_url(f"http://h/{path}")

    assert url.isascii()
    assert " " not in url
    assert unquote(url) == unquote(f"http://h/{path}")
    assert signed_url(url) == url


def test_a_body_with_half_a_surrogate_pair_can_be_signed() -> None:
    assert len(sign("token", "http://h/Body\ud83d")) == 28


@pytest.mark.parametrize(
    ("url", "begin"),
    [
        ("http://h/e", "http://h/e?bodySHA256="),
        ("http://h/e?", "http://h/e?bodySHA256="),
        ("http://h/e?x=1", "http://h/e?x=1&bodySHA256="),
    ],
)
def test_the_hash_of_a_body_comes_last_in_the_query(url: str, begin: str) -> None:
    hashed = with_body_hash(url, b"{}")

    assert hashed == begin + hashlib.sha256(b"{}").hexdigest()
    assert RequestValidator("token").validate(hashed, "{}", sign("token", hashed))


@pytest.mark.parametrize("url", ["http://h/?bodySHA256=0", "http://h/?x=1&bodySHA256=", "http://h/?body%53HA256=0"])
def test_a_second_hash_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="already"):
        with_body_hash(url, b"{}")


@pytest.mark.parametrize("url", ["http://[", "https://[::1/x", "http://u:p@["])
def test_what_can_be_no_address_stays_as_it_is(url: str) -> None:
    assert signed_url(url) == url
