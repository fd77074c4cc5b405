"""An application gets what Werkzeug's own server would hand it: Werkzeug is the judge."""

import io
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import Headers
from werkzeug.serving import WSGIRequestHandler

from fake_twilio.wire.environ import environ_of_connection, environ_of_request
from fake_twilio.wire.request_head import RequestHead, read_head

SERVER, CLIENT = ("127.0.0.1", 8080), ("127.0.0.2", 4711)
# What Werkzeug adds for itself, and what the connection adds once the body is there.
OTHERS = {"werkzeug.socket", "SERVER_SOFTWARE", "wsgi.input", "wsgi.input_terminated"}
NAMES = st.sampled_from(["Host", "X-Many", "x-many", "X_Many", "Content-Type", "CONTENT-LENGTH", "Cookie", "Accept"])
VALUES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=8)
TARGETS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f"), min_size=1)


def head_of(target: str, *headers: tuple[str, str]) -> RequestHead:
    lines = [f"{name}: {value}\r\n" for name, value in headers]
    stream = io.BufferedReader(io.BytesIO("".join([*lines, "\r\n"]).encode("latin-1")))
    return read_head(f"POST {target} HTTP/1.1\r\n".encode("latin-1"), stream)


def ours(head: RequestHead) -> dict[str, Any]:
    return environ_of_request(environ_of_connection(SERVER, CLIENT), head)


def werkzeugs(head: RequestHead) -> dict[str, Any]:
    """Return what Werkzeug makes of the same head."""
    handler = WSGIRequestHandler.__new__(WSGIRequestHandler)
    handler.server = SimpleNamespace(
        ssl_context=None, multithread=True, multiprocess=False, server_address=SERVER, _server_version=""
    )
    handler.client_address, handler.connection, handler.rfile = CLIENT, None, io.BytesIO()
    handler.path, handler.command, handler.request_version = head.target, head.method, head.version
    handler.headers = Headers(head.headers)
    return handler.make_environ()


def assert_same(head: RequestHead) -> None:
    found, wanted = ours(head), werkzeugs(head)
    assert {key: found[key] for key in found.keys() - OTHERS} == {key: wanted[key] for key in wanted.keys() - OTHERS}


@pytest.mark.parametrize(
    "target",
    [
        "/2010-04-01/Accounts.json",
        "/a?b=c&d=%20",
        "/a%20b/%C3%BC/%ff?%C3%BC",
        "/\xfc?\xfc",
        "/a?b?c",
        "/a#b?c",
        "/a?b#c",
        "/",
        "*",
        "http://other.test:81/a?b",
        "http://other.test",
        "a:b",
        "/a:b//c",
    ],
)
def test_an_address_is_read_as_werkzeug_reads_it(target: str) -> None:
    assert_same(head_of(target, ("Host", "localhost")))


@given(TARGETS, st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_whatever_the_head_is_the_environment_is_that_of_werkzeug(target: str, headers: list[tuple[str, str]]) -> None:
    head = head_of(target, *headers)
    try:
        werkzeugs(head)
    except ValueError:
        with pytest.raises(ValueError, match=r"."):
            ours(head)
    else:
        assert_same(head)


def test_a_header_that_comes_twice_is_joined_and_one_with_an_underscore_left_out() -> None:
    environ = ours(head_of("/", ("X-Many", "a"), ("x-many", "b"), ("X_Many", "c")))

    assert environ["HTTP_X_MANY"] == "a,b"


def test_requests_of_a_connection_share_nothing_that_one_could_change() -> None:
    connection = environ_of_connection(SERVER, CLIENT)
    first = environ_of_request(connection, head_of("/", ("Cookie", "a")))

    first["REMOTE_ADDR"] = "somebody else"

    second = environ_of_request(connection, head_of("/"))
    assert (second["REMOTE_ADDR"], second.get("HTTP_COOKIE")) == (CLIENT[0], None)
