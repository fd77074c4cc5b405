"""The head of a request: what could be understood in two ways is refused."""

import io
from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.wire.request_head import NoRequest, RequestHead, read_head


def head_of(data: bytes) -> RequestHead:
    stream = io.BufferedReader(io.BytesIO(data))
    return read_head(stream.readline(70_000), stream)


def with_headers(*lines: str, version: str = "1.1") -> RequestHead:
    return head_of("\r\n".join([f"POST / HTTP/{version}", *lines, "", ""]).encode("latin-1"))


def refusal(data: bytes) -> HTTPStatus:
    with pytest.raises(NoRequest) as refused:
        head_of(data)
    return refused.value.status


def test_a_head_is_a_line_and_its_headers() -> None:
    head = head_of(b"POST /a?b=c HTTP/1.1\r\nHost: x\r\nX-Empty:\r\nAccept: \t a \r\nAccept: b\r\n\r\nbody")

    assert (head.method, head.target, head.version) == ("POST", "/a?b=c", "HTTP/1.1")
    assert list(head.headers) == [("Host", "x"), ("X-Empty", ""), ("Accept", "a"), ("Accept", "b")]


def test_only_the_head_is_read() -> None:
    stream = io.BufferedReader(io.BytesIO(b"A: b\r\n\r\nbody"))
    read_head(b"POST / HTTP/1.1\r\n", stream)

    assert stream.read() == b"body"


@pytest.mark.parametrize("line", [b"GET / HTTP/1.0\n", b"GET  /  HTTP/1.7 \r\n", b"OPTIONS * HTTP/1.1\r\n"])
def test_a_line_may_be_a_little_loose(line: bytes) -> None:
    assert head_of(line + b"\n").version in ("HTTP/1.0", "HTTP/1.1")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 400),
        (b"GET /\r\n\r\n", 400),
        (b"GET / HTTP/1.1", 400),
        (b"GET / HTTP/1.10\r\n\r\n", 400),
        (b"G(T / HTTP/1.1\r\n\r\n", 400),
        (b"GET /\x00 HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nA: b\r\n", 400),  # it ended too early
        (b"GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nA: \x00\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n", 400),  # RFC 9112, 5.2: refused, or made one line
        (b"PRI * HTTP/2.0\r\n\r\n", 505),
        (b"GET /" + b"x" * 65_536 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nA: " + b"x" * 65_536 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 101 + b"\r\n", 431),
    ],
)
def test_what_is_no_head_is_refused(data: bytes, status: int) -> None:
    assert refusal(data) == status


@given(st.binary(max_size=300))
def test_whatever_comes_is_a_head_or_refused(data: bytes) -> None:
    try:
        head = head_of(b"GET / HTTP/1.1\r\n" + data)
    except NoRequest:
        return
    assert not {"\r", "\n", "\x00"} & set("".join(f"{name}{value}" for name, value in head.headers))


def test_two_slashes_at_the_beginning_are_no_host() -> None:
    assert head_of(b"GET //evil.example/x HTTP/1.1\r\n\r\n").target == "/evil.example/x"


@pytest.mark.parametrize(
    ("version", "lines", "is_last"),
    [
        ("1.1", [], False),
        ("1.1", ["Connection: Close"], True),
        ("1.0", [], True),
        ("1.0", ["Connection: Keep-Alive"], False),
    ],
)
def test_a_connection_is_kept_unless_the_head_says_otherwise(version: str, lines: list[str], is_last: bool) -> None:
    assert with_headers(*lines, version=version).is_last is is_last


@pytest.mark.parametrize(("version", "awaits"), [("1.1", True), ("1.0", False)])
def test_a_body_may_await_our_leave(version: str, awaits: bool) -> None:
    assert with_headers("Expect: 100-Continue", version=version).awaits_leave is awaits


def test_a_body_is_as_long_as_it_is_said_to_be() -> None:
    assert with_headers("Content-Length: 17").body_length(17) == 17
    assert with_headers().body_length(17) == 0


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["Content-Length: 18"], 413),
        (["Content-Length: +1"], 400),
        (["Content-Length:"], 400),
        (["Content-Length: 1", "Content-Length: 1"], 400),
        (["Content-Length: 1", "Transfer-Encoding: chunked"], 400),
        (["Transfer-Encoding: chunked"], 411),
        (["Content-Encoding: gzip"], 415),
    ],
)
def test_a_body_whose_length_is_not_clear_is_refused(lines: list[str], status: int) -> None:
    with pytest.raises(NoRequest) as refused:
        with_headers(*lines).body_length(17)

    assert refused.value.status == status
