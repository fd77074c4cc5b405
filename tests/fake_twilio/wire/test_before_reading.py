"""A reset that comes before anything of the request is read."""

import socket
from contextlib import suppress

import pytest

from fake_twilio.domain.fate.faults import Break, Fault
from fake_twilio.timing.clock import monotonic
from fake_twilio.wire.http_connection import Limits
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


@pytest.fixture
def app() -> Faulty:
    return Faulty()


def test_a_request_is_reset_as_soon_as_it_begins(app: Faulty) -> None:
    faults = [Fault(kind=Break.RESET_BEFORE_READING)]
    with serving(app, before_reading=lambda: faults.pop() if faults else None) as server:
        with connect(server) as wire:
            wire.sendall(b"P")
            with pytest.raises(ConnectionResetError):
                wire.recv(1)
        with connect(server) as wire:
            wire.sendall(POST)
            assert read_answer(wire)

    assert app.requests == 1


def test_a_kept_connection_is_reset_when_its_next_request_begins(app: Faulty) -> None:
    faults = [Fault(kind=Break.RESET_BEFORE_READING), None]
    with serving(app, before_reading=faults.pop) as server, connect(server) as wire:
        wire.sendall(POST)
        read_answer(wire)
        wire.sendall(POST)
        with pytest.raises(ConnectionResetError):
            read_all(wire)

    assert app.requests == 1


def test_nothing_of_a_huge_request_is_read(app: Faulty) -> None:
    fault = Fault(kind=Break.RESET_BEFORE_READING, latency_seconds=SOON)
    huge = b"POST /m HTTP/1.1\r\nContent-Length: 100000000\r\n\r\n" + bytes(100_000_000)
    with serving(app, before_reading=lambda: fault) as server, connect(server) as wire:
        taken = 0
        with suppress(ConnectionResetError):
            while taken < len(huge):
                taken += wire.send(huge[taken : taken + 65_536])

    assert taken < len(huge) // 2  # what the kernels hold
    assert app.requests == 0


def test_it_is_asked_once_for_each_request_and_not_for_an_end(app: Faulty) -> None:
    asked: list[None] = []
    with serving(app, before_reading=lambda: asked.append(None)) as server:
        with connect(server):
            pass
        with connect(server) as wire:
            for piece in (POST[:10], POST[10:], POST + POST[:-5], b"hello"):
                wire.sendall(piece)
            wire.shutdown(socket.SHUT_WR)
            assert read_all(wire).count(BODY) == 3

    assert len(asked) == app.requests == 3


@pytest.mark.parametrize("kind", [None, *sorted(set(Break) - {Break.RESET_BEFORE_READING})])
def test_every_other_fault_is_ignored_there(app: Faulty, kind: Break | None) -> None:
    fault = Fault(kind=kind, latency_seconds=60.0)
    with serving(app, before_reading=lambda: fault) as server, connect(server) as wire:
        wire.sendall(POST)

        assert read_answer(wire)


def test_its_latency_ends_with_the_client_and_with_the_server(app: Faulty) -> None:
    fault = Fault(kind=Break.RESET_BEFORE_READING, latency_seconds=60.0)
    with serving(app, before_reading=lambda: fault) as server, connect(server) as stays:
        stays.sendall(POST)
        with connect(server) as goes:
            goes.sendall(POST)
            wait_for_stalled(server, 2)
        wait_for_stalled(server, 1)
        begun = monotonic()
        server.stop(PATIENCE_SECONDS)

        assert monotonic() - begun < AT_ONCE
    assert app.requests == 0


def test_a_client_that_sends_nothing_is_dropped_all_the_same(app: Faulty) -> None:
    limits = Limits(idle_seconds=SOON)
    with serving(app, limits, before_reading=lambda: None) as server, connect(server) as wire:
        assert read_all(wire) == b""
