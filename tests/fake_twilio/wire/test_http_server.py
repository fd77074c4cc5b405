"""Places, and an end that comes at once."""

import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from threading import Event
from time import monotonic
from typing import Any

import pytest

from fake_twilio.wire.http_connection import Limits
from fake_twilio.wire.http_server import Server
from tests.fake_twilio.doubles import ScarceThreads

Start = Callable[[str, list[tuple[str, str]]], Any]
REQUEST = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


class Waiting:
    """An application that answers when it is told to."""

    def __init__(self) -> None:
        self.begun = Event()
        self.go = Event()

    def __call__(self, _environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        self.begun.set()
        self.go.wait(5)
        start("200 OK", [])
        return [b"done"]


@pytest.fixture
def app() -> Iterator[Waiting]:
    waiting = Waiting()
    yield waiting
    waiting.go.set()


def connect(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=5)


def read(connection: socket.socket) -> bytes:
    data = b""
    while chunk := connection.recv(65536):
        data += chunk
    return data


@pytest.mark.parametrize("begun", [b"GET / HT", b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nab", b""])
def test_slow_clients_push_each_other_out_and_never_the_others(app: Waiting, begun: bytes) -> None:
    app.go.set()
    server = Server("127.0.0.1", 0, app, monotonic, Limits(connections=4))
    server.start()
    with ExitStack() as stack:
        slow = [stack.enter_context(connect(server)) for _ in range(20)]
        for each in slow:
            each.sendall(begun)
        good = stack.enter_context(connect(server))

        good.sendall(REQUEST)

        assert read(good).endswith(b"done")
        assert read(slow[0]) == b""
    server.stop(1.0)


def test_when_everybody_is_busy_a_newcomer_is_told_so(app: Waiting) -> None:
    server = Server("127.0.0.1", 0, app, monotonic, Limits(connections=1))
    server.start()
    with connect(server) as busy:
        busy.sendall(REQUEST)
        assert app.begun.wait(5)
        with connect(server) as another:
            assert read(another).startswith(b"HTTP/1.1 503 ")
        app.go.set()
        assert read(busy).endswith(b"done")
    server.stop(1.0)


def test_who_gets_no_thread_is_told_so_and_takes_no_place(app: Waiting) -> None:
    app.go.set()
    server = Server("127.0.0.1", 0, app, monotonic, Limits(connections=1), new_thread=ScarceThreads(refused=3))
    server.start()

    for _ in range(3):
        with connect(server) as unlucky:
            assert read(unlucky).startswith(b"HTTP/1.1 503 ")
    with connect(server) as connection:
        connection.sendall(REQUEST)

        assert read(connection).endswith(b"done")
    server.stop(1.0)


def test_who_is_gone_leaves_a_place_behind(app: Waiting) -> None:
    app.go.set()
    server = Server("127.0.0.1", 0, app, monotonic, Limits(connections=1))
    server.start()
    for _ in range(2):
        with connect(server) as connection:
            connection.sendall(REQUEST)
            assert read(connection).endswith(b"done")
        for worker in list(server._open.values()):
            worker.join(5)
    server.stop(1.0)


def test_a_stop_lets_an_answer_under_way_arrive(app: Waiting) -> None:
    server = Server("127.0.0.1", 0, app, monotonic)
    server.start()
    with connect(server) as busy, connect(server) as idle:
        busy.sendall(REQUEST)
        assert app.begun.wait(5)
        stopping = threading.Thread(target=server.stop, args=(5.0,))
        stopping.start()

        assert read(idle) == b""
        app.go.set()

        assert read(busy).endswith(b"done")
        stopping.join()


def test_a_stop_does_not_wait_for_who_never_ends(app: Waiting) -> None:
    server = Server("127.0.0.1", 0, app, monotonic)
    server.start()
    with connect(server) as busy:
        busy.sendall(REQUEST)
        assert app.begun.wait(5)

        server.stop(0.05)

        assert read(busy) == b""


def test_nothing_stays_behind(app: Waiting) -> None:
    app.go.set()
    before = threading.active_count()
    for _ in range(3):
        server = Server("127.0.0.1", 0, app, monotonic)
        server.start()
        with connect(server) as connection:
            connection.sendall(REQUEST)
            read(connection)
        server.stop(1.0)

    assert threading.active_count() <= before


def test_a_taken_port_is_an_error_of_the_system(app: Waiting) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        Server("127.0.0.1", taken.getsockname()[1], app, monotonic)


def test_it_listens_on_ipv6_too(app: Waiting) -> None:
    app.go.set()
    server = Server("::1", 0, app, monotonic)
    server.start()
    with socket.create_connection(("::1", server.port), timeout=5) as connection:
        connection.sendall(REQUEST)

        assert read(connection).endswith(b"done")
    server.stop(1.0)
