"""Each fault as a raw socket sees it, on new and on kept connections; the server goes on serving."""

import json
import socket
from collections.abc import Iterator

import pytest

from fake_twilio.domain.fate.faults import Break, Fault
from fake_twilio.timing.clock import monotonic
from fake_twilio.wire.http_connection import Limits
from fake_twilio.wire.http_server import Server
from tests.fake_twilio.doubles import PATIENCE_SECONDS
from tests.fake_twilio.wire.wires import (
    AT_ONCE,
    BODY,
    POST,
    SOON,
    Faulty,
    connect,
    read_all,
    read_answer,
    serving,
    wait_for_stalled,
)

_SEEN = sorted(set(Break) - {Break.RESET_BEFORE_READING})


@pytest.fixture
def app() -> Faulty:
    return Faulty()


@pytest.fixture
def server(app: Faulty) -> Iterator[Server]:
    with serving(app) as running:
        yield running


@pytest.fixture(params=["new", "kept"])
def wire(server: Server, app: Faulty, request: pytest.FixtureRequest) -> Iterator[socket.socket]:
    """Yield a connection that is new, or one on which a request was answered well."""
    with connect(server) as connection:
        if request.param == "kept":
            connection.sendall(POST)
            read_answer(connection)
            app.requests = 0
        yield connection
        with connect(server) as next_one:  # whatever happened, the next one is served
            next_one.sendall(POST)
            read_answer(next_one)


def ask(wire: socket.socket, app: Faulty, fault: Fault) -> bytes:
    """Send a request that *fault* meets; return what came up to the end."""
    app.faults.append(fault)
    wire.sendall(POST)
    return read_all(wire)


@pytest.mark.parametrize("kind", [Break.RESET, Break.RESET_BEFORE_READING])  # too late for the latter: it was read
def test_a_reset_comes_without_an_answer(wire: socket.socket, app: Faulty, kind: Break) -> None:
    with pytest.raises(ConnectionResetError):
        ask(wire, app, Fault(kind=kind))

    assert app.requests == 1


def test_a_close_is_in_order_and_without_an_answer(wire: socket.socket, app: Faulty) -> None:
    assert ask(wire, app, Fault(kind=Break.CLOSE)) == b""
    assert app.requests == 1


def test_of_half_a_body_the_head_tells_the_whole_length(wire: socket.socket, app: Faulty) -> None:
    head, _, body = ask(wire, app, Fault(kind=Break.HALF_BODY)).partition(b"\r\n\r\n")

    assert b"Content-Length: %d" % len(BODY) in head
    assert body == BODY[: len(BODY) // 2]


def test_a_wrong_length_waits_for_bytes_that_never_come(wire: socket.socket, app: Faulty) -> None:
    head, _, body = ask(wire, app, Fault(kind=Break.WRONG_LENGTH)).partition(b"\r\n\r\n")

    assert body == BODY
    assert int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0]) > len(BODY)


def test_garbage_is_no_http(wire: socket.socket, app: Faulty) -> None:
    data = ask(wire, app, Fault(kind=Break.GARBAGE))

    assert data
    assert b"HTTP" not in data
    assert b"\n" not in data


def test_malformed_json_stands_in_a_proper_answer(wire: socket.socket, app: Faulty) -> None:
    head, _, body = ask(wire, app, Fault(kind=Break.MALFORMED_JSON)).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 201 Created\r\n")
    assert b"Content-Length: %d" % len(body) in head
    assert b"Connection: close" in head
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_proxy_answers_with_a_page(wire: socket.socket, app: Faulty, status: int) -> None:
    head, _, body = ask(wire, app, Fault(kind=Break.HTML, status=status)).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"text/html" in head
    assert body.startswith(b"<html>")
    assert app.requests == 1


def test_a_hang_ends_in_order_when_the_server_has_had_enough(app: Faulty) -> None:
    with serving(app, Limits(hang_seconds=SOON)) as server, connect(server) as wire:
        begun = monotonic()

        assert ask(wire, app, Fault(kind=Break.HANG)) == b""

        assert SOON <= monotonic() - begun < AT_ONCE


def test_who_hangs_up_on_a_hang_gives_its_place_back_at_once(app: Faulty) -> None:
    app.faults.append(Fault(kind=Break.HANG))
    with serving(app, Limits(connections=1)) as server:
        with connect(server) as wire:
            wire.sendall(POST)
            wire.settimeout(SOON)
            with pytest.raises(TimeoutError):
                wire.recv(1)
        for worker in list(server._open.values()):
            worker.join(AT_ONCE)

        with connect(server) as next_one:
            next_one.sendall(POST)
            assert read_answer(next_one)


@pytest.mark.parametrize("kind", [Break.RESET, Break.CLOSE, Break.HALF_BODY, Break.HTML])
def test_what_takes_the_answers_place_comes_after_the_latency_too(
    wire: socket.socket, app: Faulty, kind: Break
) -> None:
    begun = monotonic()

    try:
        ask(wire, app, Fault(kind=kind, latency_seconds=SOON))
    except ConnectionResetError:
        assert kind is Break.RESET

    assert SOON <= monotonic() - begun < AT_ONCE


def test_a_late_answer_is_whole_and_keeps_the_connection(wire: socket.socket, app: Faulty) -> None:
    app.faults.append(Fault(latency_seconds=SOON))
    begun = monotonic()
    wire.sendall(POST + POST)

    data = read_answer(wire)
    assert SOON <= monotonic() - begun < AT_ONCE
    if data.count(BODY) < 2:
        data += read_answer(wire)

    assert data.count(b"HTTP/1.1 201 Created") == data.count(b"keep-alive") == 2


def test_an_answer_drips(wire: socket.socket, app: Faulty) -> None:
    app.faults.append(Fault(drip_seconds=100 * SOON))
    wire.sendall(POST)

    data = b"".join(wire.recv(65_536) for _ in range(6))

    assert data.startswith(b"HTTP/1.1 201 Created\r\n"[: len(data)])
    assert BODY not in data


def test_an_answer_that_drips_is_whole_in_the_end(wire: socket.socket, app: Faulty) -> None:
    app.faults.append(Fault(drip_seconds=SOON))
    begun = monotonic()
    wire.sendall(POST)

    data = read_answer(wire)

    assert SOON <= monotonic() - begun < AT_ONCE
    assert data.startswith(b"HTTP/1.1 201 Created\r\n")


@pytest.mark.parametrize(
    "fault", [*(Fault(kind=kind) for kind in _SEEN), Fault(latency_seconds=SOON), Fault(drip_seconds=SOON)], ids=str
)
def test_who_has_seen_the_last_of_a_fault_finds_its_request_answered(app: Faulty, fault: Fault) -> None:
    app.faults.append(fault)
    with serving(app, Limits(hang_seconds=SOON)) as server, connect(server) as wire:
        wire.sendall(POST)
        try:
            read_answer(wire) if fault.kind is None else read_all(wire)
        except ConnectionResetError:
            assert fault.kind is Break.RESET

        assert app.answered.acquire(blocking=False)
    assert not app.answered.acquire(blocking=False)  # once


@pytest.mark.parametrize("fault", [Fault(latency_seconds=30.0), Fault(drip_seconds=30.0), Fault(kind=Break.HANG)])
def test_the_request_of_who_went_meanwhile_is_answered_too(app: Faulty, server: Server, fault: Fault) -> None:
    app.faults.append(fault)
    with connect(server) as wire:
        wire.sendall(POST)
        wait_for_stalled(server, 1)
        assert not app.answered.acquire(blocking=False)

    assert app.answered.acquire(timeout=PATIENCE_SECONDS)


def test_damage_drips_too(wire: socket.socket, app: Faulty) -> None:
    begun = monotonic()

    data = ask(wire, app, Fault(kind=Break.HALF_BODY, drip_seconds=SOON))

    assert SOON <= monotonic() - begun < AT_ONCE
    assert data.endswith(BODY[: len(BODY) // 2])


@pytest.mark.parametrize("kind", sorted(set(Break) - {Break.RESET, Break.RESET_BEFORE_READING, Break.HANG}))
def test_what_was_sent_behind_a_faulty_request_is_not_answered(wire: socket.socket, app: Faulty, kind: Break) -> None:
    app.faults.append(Fault(kind=kind))
    wire.sendall(POST * 3)

    data = read_all(wire)

    assert data.count(b"HTTP/1.1") <= 1
    assert app.requests == 1


def test_what_was_sent_behind_a_reset_is_not_answered(wire: socket.socket, app: Faulty) -> None:
    app.faults.append(Fault(kind=Break.RESET))
    wire.sendall(POST * 3)

    with pytest.raises(ConnectionResetError):
        read_all(wire)
    assert app.requests == 1


@pytest.mark.parametrize("kind", [Break.CLOSE, Break.HALF_BODY])
def test_what_was_sent_behind_a_faulty_request_resets_nothing(server: Server, app: Faulty, kind: Break) -> None:
    app.faults.append(Fault(kind=kind))
    with connect(server) as wire:
        wire.sendall(POST * 1000)

        assert read_all(wire).count(b"HTTP/1.1") == (kind is Break.HALF_BODY)

        for worker in list(server._open.values()):
            worker.join(SOON)  # who closes on unread bytes is gone by now, and a reset is here
        assert wire.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
