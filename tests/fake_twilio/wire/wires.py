"""A faulty server and raw sockets, which say what they saw."""

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Semaphore
from typing import Any

from fake_twilio.domain.fate.faults import ANSWERED, FAULT, Fault
from fake_twilio.timing.clock import monotonic
from fake_twilio.wire.http_connection import Limits
from fake_twilio.wire.http_server import Server
from tests.fake_twilio.doubles import PATIENCE_SECONDS

BODY = b'{"sid": "SM0123456789abcdef0123456789abcdef", "status": "queued"}'
POST = b"POST /m HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
SOON = 0.1  # seconds that a wait of the fake takes
AT_ONCE = 10.0  # seconds within which a busy machine does what takes no time
Start = Callable[[str, list[tuple[str, str]]], Any]


@dataclass
class Faulty:
    """An application that answers well, but for the faults put in; it counts what reached it and was answered."""

    faults: list[Fault | None] = field(default_factory=list)
    requests: int = 0
    answered: Semaphore = field(default_factory=lambda: Semaphore(0))

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        self.requests += 1
        if self.faults and (fault := self.faults.pop(0)):
            environ[FAULT] = fault
            environ[ANSWERED] = self.answered.release
        start("201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(BODY)))])
        return [BODY]


@contextmanager
def serving(
    app: Callable[..., Any], limits: Limits | None = None, before_reading: Callable[[], Fault | None] | None = None
) -> Iterator[Server]:
    server = Server("127.0.0.1", 0, app, monotonic, limits, before_reading)
    server.start()
    try:
        yield server
    finally:
        server.stop(PATIENCE_SECONDS)


def connect(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_SECONDS)


def read_all(wire: socket.socket) -> bytes:
    """Read up to an end in order; a reset raises `ConnectionResetError`."""
    data = b""
    while chunk := wire.recv(65_536):
        data += chunk
    return data


def read_answer(wire: socket.socket) -> bytes:
    """Read one good answer; the connection stays open."""
    data = b""
    while not data.endswith(BODY):
        chunk = wire.recv(65_536)
        assert chunk, f"the connection was closed after {data!r}"
        data += chunk
    return data


def wait_for_stalled(server: Server, count: int) -> None:
    """Wait until faults keep *count* connections waiting."""
    begun, never = monotonic(), Event()
    while len(server._stalled) != count:
        assert monotonic() - begun < PATIENCE_SECONDS, f"{len(server._stalled)} are kept waiting"
        never.wait(0.005)
