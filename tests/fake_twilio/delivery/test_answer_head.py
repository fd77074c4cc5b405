"""A head of the usual form says what `http.client` would have read, which is the judge; of others nothing is read."""

import io
from http.client import HTTPException, HTTPResponse
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.delivery.answer_head import AnswerHead, read_usual_head

NAMES = ("Content-Length", "content-length", "Connection", "Set-Cookie", "Location", "Transfer-Encoding", "X")
VALUES = st.sampled_from(["5", " 0 ", "007", "-1", "close", "keep-alive, Close", "chunked", "a:b", "", "\t x", "\xfc"])
LINES = st.tuples(st.sampled_from(NAMES), VALUES).map(lambda pair: f"{pair[0]}: {pair[1]}")
STATUS_LINES = st.sampled_from(["HTTP/1.1 200 OK", "HTTP/1.1 204 No Content", "HTTP/1.1 304 ", "HTTP/1.0 200 OK"])
ODD = ["", " folded", "no colon", "X : y", "a\rb: c", "From a"]


def stream_of(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(data))


def judged(data: bytes) -> HTTPResponse:
    response = HTTPResponse(SimpleNamespace(makefile=lambda *_: io.BytesIO(data)))
    response.begin()
    return response


@given(STATUS_LINES, st.lists(LINES | st.sampled_from(ODD), max_size=5), st.binary(max_size=9))
def test_what_is_read_at_once_is_what_the_standard_library_reads(line: str, headers: list[str], body: bytes) -> None:
    data = "\r\n".join([line, *headers, "", ""]).encode("latin-1") + body
    stream = stream_of(data)

    usual = read_usual_head(stream)

    if usual is None:
        assert stream.read() == data
        return
    theirs = judged(data)
    assert usual.head == AnswerHead.of(theirs)
    assert (usual.length, theirs.chunked) == (theirs.length, False)
    assert stream.read() == data.partition(b"\r\n\r\n")[2]


@given(st.binary(max_size=60))
def test_whatever_comes_is_no_usual_head_or_one_that_the_standard_library_reads(data: bytes) -> None:
    whole = b"HTTP/1.1 204 No Content\r\n" + data
    usual = read_usual_head(stream_of(whole))

    if usual is not None:
        try:
            assert usual.head == AnswerHead.of(judged(whole))
        except HTTPException:
            pytest.fail("http.client refuses it")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"HTTP/1.1 204 No Content\r\n",  # the rest is to come
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.0 204 No Content\r\n\r\n",
        b"HTTP/1.1 204\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nuntil it ends",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n" + b"a: b\r\n" * 65 + b"\r\n",
        b"HTTP/1.1 204 No Content\nA: b\n\n",
    ],
)
def test_of_another_form_nothing_is_read(data: bytes) -> None:
    stream = stream_of(data)

    assert read_usual_head(stream) is None
    assert stream.read() == data


def test_a_usual_head_is_its_status_its_headers_and_the_length_of_its_body() -> None:
    stream = stream_of(b"HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nset-cookie: b\r\nContent-Length: 4\r\n\r\nbody")

    usual = read_usual_head(stream)

    assert usual is not None
    assert (usual.head.status, usual.length, stream.read()) == (200, 4, b"body")
    assert (usual.head.every("set-cookie"), usual.head.first("set-cookie")) == (("a", "b"), "a")
    assert (usual.head.every("x"), usual.head.first("x")) == ((), None)
