"""Tests of a webhook as the bytes of a request, and of the answers that are read for it."""

import gzip
import io
import zlib
from contextlib import suppress
from dataclasses import replace
from http.client import HTTPException

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.delivery.exchange import MAX_ANSWER_BYTES, read_answer, write_request
from fake_twilio.delivery.journey import Journey
from fake_twilio.delivery.webhook import Answer
from fake_twilio.domain.webhooks.overrides import DEFAULT_LIMITS
from tests.fake_twilio.doubles import Stopwatch, make_webhook


def read(data: bytes) -> tuple[Answer, bool]:
    return read_answer(io.BufferedReader(io.BytesIO(data)), Journey(DEFAULT_LIMITS, Stopwatch()))


def answer(*headers: str, body: bytes = b"", status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def test_a_request_is_its_line_its_headers_and_its_form() -> None:
    request = write_request(make_webhook(url="http://app.test/a?b=c#rc=1"), "app.test")

    head, _, body = request.partition(b"\r\n\r\n")
    assert head.split(b"\r\n")[:4] == [
        b"POST /a?b=c HTTP/1.1",
        b"Host: app.test",
        b"Accept-Encoding: identity",
        b"Content-Length: 36",
    ]
    assert b"\r\nI-Twilio-Idempotency-Token: t" in head
    assert body == b"MessageStatus=sent&To=%2B15551234567"


def test_a_get_has_no_body_and_no_length() -> None:
    request = write_request(replace(make_webhook(), method="GET"), "app.test")

    assert request.endswith(b"\r\n\r\n")
    assert b"Content-" not in request


@given(st.text(), st.text(max_size=30), st.text(max_size=30))
def test_nobody_writes_a_header_of_their_own(rest: str, authorization: str, host: str) -> None:
    webhook = replace(make_webhook(url=f"http://app.test/{rest}"), authorization=authorization)

    with suppress(ValueError):
        head, _, body = write_request(webhook, host).partition(b"\r\n\r\n")
        names = [line.partition(b":")[0].decode() for line in head.split(b"\r\n")[1:]]
        assert names == ["Host", "Accept-Encoding", "Content-Length", *webhook.headers()]
        assert body == webhook.body()
        assert not set(head.replace(b"\r\n", b"")) & set(range(32))


@pytest.mark.parametrize("evil", ["Basic x\r\nX: y", "a\nb", "a\rb", "a\x00b", "a\x7fb", "a\u2028b", "a\x85b"])
def test_what_would_break_a_header_is_never_sent(evil: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be sent|latin-1"):
        write_request(replace(make_webhook(), authorization=evil), "app.test")
    with pytest.raises(ValueError, match=r"cannot be sent|latin-1"):
        write_request(make_webhook(), evil)


@pytest.mark.parametrize("method", ["GET / HTTP/1.1\r\nX:", "POST /", "", "post"])
def test_a_method_that_is_none_is_never_sent(method: str) -> None:
    with pytest.raises(ValueError, match="cannot be sent"):
        write_request(replace(make_webhook(), method=method), "app.test")


KEEP = "Connection: keep-alive"
KEPT = {
    "a length": (answer(KEEP, "Content-Length: 2", body=b"ok"), True),
    "no body": (answer(KEEP, status="204 No Content"), True),
    "chunks": (answer(KEEP, "Transfer-Encoding: chunked", body=b"2\r\nok\r\n0\r\n\r\n"), True),
    "after a hundred": (b"HTTP/1.1 100 Continue\r\n\r\n" + answer(KEEP, "Content-Length: 2", body=b"ok"), True),
    "not told to keep": (answer("Content-Length: 2", body=b"ok"), False),
    "told to close": (answer("Connection: close", "Content-Length: 2", body=b"ok"), False),
    "told both": (answer("Connection: keep-alive, close", "Content-Length: 2", body=b"ok"), False),
    "until it closes": (answer(KEEP, body=b"ok"), False),
    "HTTP/1.0": (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", False),
    "a redirect": (answer(KEEP, "Content-Length: 0", status="302 Found"), False),
    "an error": (answer(KEEP, "Content-Length: 0", status="500 X"), False),
    "more than counts": (answer(KEEP, "Content-Length: 70000", body=b"x" * 70_000), False),
}


@pytest.mark.parametrize(("data", "is_kept"), KEPT.values(), ids=KEPT.keys())
def test_another_answer_may_follow_a_whole_2xx_where_the_customer_says_so(data: bytes, is_kept: bool) -> None:
    assert read(data)[1] is is_kept


def test_of_a_body_as_much_is_kept_as_counts() -> None:
    exact = read(answer(KEEP, f"Content-Length: {MAX_ANSWER_BYTES}", body=b"x" * MAX_ANSWER_BYTES))
    longer = read(answer("Transfer-Encoding: chunked", body=b"20000\r\n" + b"x" * 0x20000 + b"\r\n0\r\n\r\n"))

    assert [(len(told.body), told.is_cut, is_kept) for told, is_kept in (exact, longer)] == [
        (MAX_ANSWER_BYTES, False, True),
        (MAX_ANSWER_BYTES, True, False),
    ]


PACKED = {"gzip": gzip.compress, "x-gzip": gzip.compress, "deflate": zlib.compress, "GZIP": gzip.compress}


@pytest.mark.parametrize("encoding", PACKED)
def test_a_packed_body_is_unpacked(encoding: str) -> None:
    body = PACKED[encoding](b"<Response/>")

    assert read(answer(f"Content-Encoding: {encoding}", f"Content-Length: {len(body)}", body=body))[0].body == (
        b"<Response/>"
    )


def test_a_body_that_grows_when_it_is_unpacked_is_cut() -> None:
    bomb = gzip.compress(bytes(50_000_000))

    told, _ = read(answer("Content-Encoding: gzip", f"Content-Length: {len(bomb)}", body=bomb))

    assert (len(told.body), told.is_cut) == (MAX_ANSWER_BYTES, True)


BROKEN = {
    "nothing": b"",
    "half a line": b"HTTP/1.1 20",
    "no HTTP": b"hello\r\n\r\n",
    "a status of letters": b"HTTP/1.1 abc OK\r\n\r\n",
    "half a body": answer("Content-Length: 9", body=b"ok"),
    "no body": answer("Content-Length: 9"),
    "half a chunk": answer("Transfer-Encoding: chunked", body=b"5\r\nok"),
    "no last chunk": answer("Transfer-Encoding: chunked", body=b"2\r\nok\r\n"),
    "a bad chunk": answer("Transfer-Encoding: chunked", body=b"zz\r\nok\r\n"),
    "no gzip": answer("Content-Encoding: gzip", "Content-Length: 2", body=b"ok"),
    "too many headers": answer(*["X: y"] * 101, "Content-Length: 0"),
    "a header without an end": b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000,
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_is_none_or_not_whole_is_an_error(data: bytes) -> None:
    with pytest.raises(HTTPException):
        read(data)


@given(st.binary(max_size=300))
def test_whatever_comes_is_an_answer_or_an_error(data: bytes) -> None:
    with suppress(HTTPException, ValueError, OSError):
        assert read(b"HTTP/1.1 " + data)[0].status


def test_a_location_is_read_as_the_utf_8_that_it_is() -> None:
    data = b"HTTP/1.1 302 Found\r\nLocation: /\xc3\xa9\r\nContent-Length: 0\r\n\r\n"

    assert read(data)[0].location == "/é"
