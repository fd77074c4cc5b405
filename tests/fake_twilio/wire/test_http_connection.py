"""One connection on the wire: what is no proper request is refused in Twilio's form, and closed."""

import json
import socket
from collections.abc import Callable, Iterable, Iterator
from threading import Event, Semaphore
from time import monotonic
from typing import Any

import pytest

from fake_twilio.wire.http_connection import Limits
from fake_twilio.wire.http_server import Server
from tests.fake_twilio.doubles import PATIENCE_SECONDS
from tests.fake_twilio.wire.wires import AT_ONCE, connect, read_all, serving

Start = Callable[[str, list[tuple[str, str]]], Any]


def echo(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Answer with the method, the path and the body; a HEAD and a 204 have none."""
    if environ["PATH_INFO"] == "/204":
        start("204 No Content", [])
        return [b""]
    if environ["PATH_INFO"] == "/broken":
        raise RuntimeError("broken on purpose")
    body = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} ".encode() + environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server("127.0.0.1", 0, echo, monotonic)
    running.start()
    yield running
    running.stop(1.0)


@pytest.fixture
def wire(server: Server) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        yield connection


def one_answer(wire: socket.socket) -> bytes:
    """Read one answer with a Content-Length; the connection stays open."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += wire.recv(1)
    head = data.decode().lower()
    length = int(head.split("content-length: ")[1].split("\r\n")[0])
    while len(data) < len(head) + length:
        data += wire.recv(65536)
    return data


def test_a_connection_is_kept_for_the_next_request(wire: socket.socket) -> None:
    answers = []
    for body in (b"one", b"two"):
        wire.sendall(b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n" + body)
        answers.append(one_answer(wire))

    assert [answer.rpartition(b"\r\n\r\n")[2] for answer in answers] == [b"POST /x one", b"POST /x two"]
    assert b"Connection: keep-alive" in answers[0]


def test_requests_sent_at_once_are_answered_in_order(wire: socket.socket) -> None:
    wire.sendall(b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")

    data = read_all(wire)

    assert data.index(b"GET /1") < data.index(b"GET /2")


def test_an_old_client_is_answered_and_closed(wire: socket.socket) -> None:
    wire.sendall(b"GET /x HTTP/1.0\r\n\r\n")

    assert read_all(wire).endswith(b"GET /x ")


def test_a_204_has_no_length_and_keeps_the_connection(wire: socket.socket) -> None:
    wire.sendall(b"DELETE /204 HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")

    first, _, second = read_all(wire).partition(b"\r\n\r\n")

    assert b"Content-Length" not in first
    assert second.endswith(b"GET /x ")


@pytest.mark.parametrize(
    ("head", "status"),
    [
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: abc\r\n\r\n", 400, id="letters as length"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400, id="negative length"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\nabc", 400, id="signed length"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 1_0\r\n\r\n", 400, id="underscored length"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 3, 3\r\n\r\nabc", 400, id="list of lengths"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400, id="two lengths"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400, id="both"),
        pytest.param(b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411, id="chunked"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Encoding: gzip\r\n\r\n", 415, id="compressed"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413, id="too large"),
        pytest.param(b"nonsense\r\n\r\n", 400, id="no request line"),
        pytest.param(b"GET / HTTP/9.9\r\n\r\n", 505, id="another version"),
        pytest.param(b"GET http://[ HTTP/1.1\r\n\r\n", 400, id="an address that cannot be split"),
        pytest.param(b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n", 414, id="a very long line"),
        pytest.param(b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n", 431, id="very many headers"),
    ],
)
def test_what_is_no_proper_request_is_refused_and_closed(wire: socket.socket, head: bytes, status: int) -> None:
    wire.sendall(head)

    line, _, rest = read_all(wire).partition(b"\r\n")

    assert line.startswith(b"HTTP/1.1 %d " % status)
    tree = json.loads(rest.partition(b"\r\n\r\n")[2])
    assert tree["status"] == status
    assert list(tree) == ["code", "message", "more_info", "status"]


@pytest.mark.parametrize(
    "line", [b"no colon", b": no name", b" folded: x", b"a b: c", b"X\xe9: y", b"Content-Length : 3"]
)
def test_a_line_that_is_no_header_never_makes_a_body_the_next_request(wire: socket.socket, line: bytes) -> None:
    body = b"GET /smuggled HTTP/1.1\r\n\r\n"
    wire.sendall(b"POST / HTTP/1.1\r\n" + line + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    data = read_all(wire)

    assert data.startswith(b"HTTP/1.1 400 ")
    assert b"smuggled" not in data


def test_a_form_in_parts_is_no_broken_head(wire: socket.socket) -> None:
    wire.sendall(b"POST / HTTP/1.0\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc")

    assert read_all(wire).endswith(b"POST / abc")


@pytest.mark.parametrize("path", [b"/", b"/" + b"x" * 70_000], ids=["bad length", "very long line"])
def test_a_head_that_is_refused_has_no_body(wire: socket.socket, path: bytes) -> None:
    wire.sendall(b"HEAD " + path + b" HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\n")

    head, _, body = read_all(wire).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 4")
    assert body == b""


def test_a_large_body_is_read_away_so_that_its_refusal_arrives(wire: socket.socket) -> None:
    wire.sendall(b"POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000_000)

    assert read_all(wire).startswith(b"HTTP/1.1 413 ")


def test_a_body_that_does_not_come_whole_reaches_nobody(wire: socket.socket) -> None:
    wire.sendall(b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc")
    wire.shutdown(socket.SHUT_WR)

    assert read_all(wire) == b""


def test_an_error_in_the_application_ends_its_connection_alone(server: Server, wire: socket.socket) -> None:
    wire.sendall(b"GET /broken HTTP/1.1\r\nHost: a\r\n\r\n")
    broken = read_all(wire)

    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as other:
        other.sendall(b"GET /x HTTP/1.0\r\n\r\n")
        assert read_all(other).endswith(b"GET /x ")
    assert broken.startswith(b"HTTP/1.1 500 ")
    assert b"on purpose" not in broken


def test_an_address_cannot_drive_the_terminal_of_who_reads_the_log(
    wire: socket.socket, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO", "fake_twilio"):
        wire.sendall(b"GET /%1b[31m HTTP/1.0\r\n\r\n")
        read_all(wire)

    assert "\x1b" not in caplog.text


@pytest.mark.parametrize("begun", [b"GET / HT", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc", b""])
def test_a_request_that_comes_too_slowly_is_dropped(begun: bytes) -> None:
    limits = Limits(idle_seconds=0.1, head_seconds=0.1, body_seconds=0.1)
    server = Server("127.0.0.1", 0, echo, monotonic, limits)
    server.start()
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as slow:
        slow.sendall(begun)

        assert read_all(slow) == b""
    server.stop(1.0)


def test_a_client_that_asks_for_leave_to_send_its_body_gets_it(wire: socket.socket) -> None:
    wire.sendall(b"POST /x HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
    leave = b"HTTP/1.1 100 Continue\r\n\r\n"
    assert wire.recv(len(leave), socket.MSG_WAITALL) == leave
    wire.sendall(b"abc")

    assert read_all(wire).endswith(b"POST /x abc")


def test_a_body_that_is_too_large_is_refused_before_it_is_sent(wire: socket.socket) -> None:
    wire.sendall(b"POST /x HTTP/1.1\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n")

    assert read_all(wire).startswith(b"HTTP/1.1 413 ")


GET = b"GET /events HTTP/1.1\r\nHost: a\r\n\r\n"


class Telling(Iterator[bytes]):
    """An application that answers with events, each once it is let go; it says when its answer was closed."""

    def __init__(self, *events: bytes | Exception) -> None:
        self._events = iter(events)
        self.go, self.is_closed = Semaphore(0), Event()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/event-stream")])
        return self

    def __next__(self) -> bytes:
        assert self.go.acquire(timeout=PATIENCE_SECONDS)
        event = next(self._events)
        if isinstance(event, Exception):
            raise event
        return event

    def close(self) -> None:
        self.is_closed.set()


class Endless(Telling):
    """One that has always more to say."""

    def __init__(self, event: bytes) -> None:
        super().__init__()
        self._event = event

    def __next__(self) -> bytes:
        return self._event


def until(wire: socket.socket, end: bytes) -> bytes:
    data = b""
    while not data.endswith(end):
        chunk = wire.recv(65_536)
        assert chunk, f"it ended after {data!r}"
        data += chunk
    return data


def test_an_event_is_sent_before_the_next_one_is_there() -> None:
    told = Telling(b"data: 1\n\n", b"data: 2\n\n")
    with serving(told) as server, connect(server) as wire:
        wire.sendall(GET)
        head = until(wire, b"\r\n\r\n")
        told.go.release()
        first = wire.recv(65_536)
        told.go.release(2)

        assert (first, read_all(wire)) == (b"data: 1\n\n", b"data: 2\n\n")

    assert b"Content-Length" not in head
    assert b"Connection: close" in head


def test_an_old_client_is_told_events_too() -> None:
    told = Telling(b"data: 1\n\n")
    told.go.release(2)
    with serving(told) as server, connect(server) as wire:
        wire.sendall(b"GET /events HTTP/1.0\r\n\r\n")

        assert read_all(wire).endswith(b"\r\n\r\ndata: 1\n\n")


def test_who_asks_for_the_head_of_events_gets_it_and_waits_for_nothing() -> None:
    told = Telling()
    told.go.release(2)
    with serving(told) as server, connect(server) as wire:
        wire.sendall(b"HEAD /events HTTP/1.1\r\nHost: a\r\n\r\n")

        assert read_all(wire).endswith(b"\r\nConnection: close\r\n\r\n")
    assert told.is_closed.is_set()


def test_events_for_a_client_that_has_gone_are_closed() -> None:
    told = Endless(b"data: 1\n\n")
    with serving(told) as server:
        with connect(server) as wire:
            wire.sendall(GET)
            wire.recv(1)

        assert told.is_closed.wait(PATIENCE_SECONDS)


def test_events_for_a_client_that_takes_none_are_closed() -> None:
    told = Endless(b"x" * 1_000_000)
    with serving(told, Limits(answer_seconds=0.1)) as server, connect(server) as wire:
        wire.sendall(GET)

        assert told.is_closed.wait(PATIENCE_SECONDS)


def test_a_stop_ends_events_and_does_not_wait_for_their_end() -> None:
    told = Endless(b"data: 1\n\n")
    with serving(told) as server, connect(server) as wire:
        wire.sendall(GET)
        wire.recv(1)
        begun = monotonic()
        server.stop(PATIENCE_SECONDS)

        assert monotonic() - begun < AT_ONCE
        assert told.is_closed.is_set()


def test_events_keep_their_place_when_all_places_are_taken() -> None:
    told = Telling(b"data: 1\n\n")
    with serving(told, Limits(connections=1)) as server, connect(server) as wire:
        wire.sendall(GET)
        until(wire, b"\r\n\r\n")
        with connect(server) as other:
            turned_away = read_all(other)
        told.go.release(2)

        assert read_all(wire) == b"data: 1\n\n"
    assert turned_away.startswith(b"HTTP/1.1 503 ")


def test_events_that_break_off_end_there_and_are_not_followed_by_another_answer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = Telling(b"data: 1\n\n", RuntimeError("broken on purpose"))
    told.go.release(2)
    with serving(told) as server, connect(server) as wire:
        wire.sendall(GET)

        assert read_all(wire).endswith(b"\r\n\r\ndata: 1\n\n")
    assert told.is_closed.is_set()
    assert "broken on purpose" in caplog.text
