"""Tests of a JSON body and its hash."""

import json

import pytest
from twilio.request_validator import RequestValidator

from fake_twilio.domain.webhooks.workbench.json_bodies import bodies, body_of, hash_in

BODY = '{"b": [1, 2], "a": "é"}'
WRITTEN = {
    "same": BODY,
    "compact": json.dumps(json.loads(BODY), separators=(",", ":")),
    "escaped": json.dumps(json.loads(BODY)),
    "indented": json.dumps(json.loads(BODY), indent=4, ensure_ascii=False),
    "with an end": f"{BODY}\n",
}


@pytest.mark.parametrize("sent", WRITTEN.values(), ids=WRITTEN)
def test_the_body_is_found_that_has_the_hash(sent: str) -> None:
    found = body_of(RequestValidator("t").compute_hash(sent), BODY)

    assert found
    assert found.text == sent
    assert bool(found.differences) == (sent != BODY)


@pytest.mark.parametrize("seen", ["[1,\r\n2]", "[1,\n2]"])
@pytest.mark.parametrize("sent", ["[1,\r\n2]", "[1,\n2]"])
def test_line_ends_count_for_nothing(sent: str, seen: str) -> None:
    found = body_of(RequestValidator("t").compute_hash(sent), seen)

    assert found
    assert found.differences == ()


@pytest.mark.parametrize("digest", ["", "0" * 64, "é", "\ud800"])
def test_a_hash_of_something_else_is_of_none(digest: str) -> None:
    assert body_of(digest, BODY) is None


@pytest.mark.parametrize("text", ["{", "[" * 5000, '{"a": 1e999}', '"\\ud800"', "{}"])
def test_whatever_a_body_is_there_is_something_to_try(text: str) -> None:
    assert bodies(text)[0].text == text


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://h/?x=1&bodySHA256=ab", "ab"),
        ("https://h/?bodySHA256=", ""),
        ("https://h/?body%53HA256=ab", "ab"),
        ("https://h/#?bodySHA256=ab", None),
        ("https://h/bodySHA256=ab", None),
        ("?bodySHA256=ab", None),
        ("https://[", None),
    ],
)
def test_the_hash_is_found_in_the_query(url: str, found: str | None) -> None:
    assert hash_in(url) == found
