"""The bytes in place of an answer."""

import json
import re

import pytest

from fake_twilio.domain.fate.faults import DAMAGES_ANSWER, Break, Fault
from fake_twilio.wire.damage import on_the_wire

BODY = json.dumps({"sid": "SM" + "0" * 32, "body": "häßlich"}, ensure_ascii=False).encode() + b"\n"
HEAD = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY)
EMPTY = b"HTTP/1.1 204 No Content\r\n\r\n"


def damaged(kind: Break | None, head: bytes = HEAD, body: bytes = BODY) -> tuple[bytes, bytes]:
    found = on_the_wire(Fault(kind=kind), head, body)
    start, _, rest = found.partition(b"\r\n\r\n")
    return start + b"\r\n\r\n", rest


def test_a_slow_answer_is_whole() -> None:
    assert damaged(None) == (HEAD, BODY)


def test_half_a_body_has_its_true_head() -> None:
    assert damaged(Break.HALF_BODY) == (HEAD, BODY[: len(BODY) // 2])


def test_garbage_is_no_http_and_no_text() -> None:
    found = on_the_wire(Fault(kind=Break.GARBAGE), HEAD, BODY)

    assert len(found) == len(HEAD + BODY)
    assert min(found[: len(HEAD)]) > 127


def test_a_wrong_length_is_greater_than_the_body_which_is_whole() -> None:
    head, body = damaged(Break.WRONG_LENGTH)

    (told,) = re.findall(rb"Content-Length: (\d+)", head)
    assert int(told) > len(body)
    assert body == BODY


@pytest.mark.parametrize("body", [b'{"a": {}}', b'{"a": 1}\n', b"[1, 2]", b"{}"])
def test_malformed_json_has_the_right_length_and_no_end(body: bytes) -> None:
    head, found = damaged(Break.MALFORMED_JSON, HEAD, body)

    assert (head, len(found)) == (HEAD, len(body))
    with pytest.raises(json.JSONDecodeError):
        json.loads(found)


@pytest.mark.parametrize("kind", sorted(DAMAGES_ANSWER - {Break.GARBAGE}))
def test_where_no_body_is_nothing_is_cut(kind: Break) -> None:
    assert damaged(kind, EMPTY, b"") == (EMPTY, b"")


def test_a_page_has_nothing_of_the_answer() -> None:
    head, body = damaged(Break.HTML)

    assert head.startswith(b"HTTP/1.1 502 Bad Gateway\r\n")
    assert b"SM000" not in body
