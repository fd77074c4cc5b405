"""Customers that misbehave on their sockets, connection by connection, and note what they were asked."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import BinaryIO

from tests.fake_twilio.doubles import PATIENCE_SECONDS

WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
FAREWELL = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"  # from who closes then, and says so
Behaviour = Callable[[socket.socket, Event], None]


class Customer:
    """A listener whose connections behave as scripted, one after the other; the last behaviour repeats."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._behaviours = behaviours
        self.port: int = self._listener.getsockname()[1]
        self.over = Event()
        self.requests: list[tuple[str, bytes]] = []  # head and body
        self.connections = 0

    def url(self, rest: str = "/status", scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}{rest}"

    def serve(self) -> None:
        while not self.over.is_set():
            try:
                connection = self._listener.accept()[0]
            except OSError:
                return
            behave = self._behaviours[min(self.connections, len(self._behaviours) - 1)]
            self.connections += 1
            Thread(target=self._answer, args=(connection, behave), daemon=True).start()

    def close(self) -> None:
        self.over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _answer(self, connection: socket.socket, behave: Behaviour) -> None:
        connection.settimeout(PATIENCE_SECONDS)
        with connection:
            try:
                if behave is not stay_silent_at_once:
                    with connection.makefile("rb") as stream:
                        self.requests.append(read_request(stream))
                behave(connection, self.over)
            except OSError:
                return


def read_request(stream: BinaryIO) -> tuple[str, bytes]:
    """Read one request; return its head and its body."""
    lines: list[str] = []
    while line := stream.readline().decode("latin-1").strip():
        lines.append(line)
    length = next((int(line.split()[1]) for line in lines if line.lower().startswith("content-length:")), 0)
    return "\n".join(lines), stream.read(length)


@contextmanager
def customer(*behaviours: Behaviour) -> Iterator[Customer]:
    """Run a customer until the block ends."""
    made = Customer(*behaviours)
    thread = Thread(target=made.serve, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.close()
        thread.join(PATIENCE_SECONDS)


def answer(data: bytes) -> Behaviour:
    """Answer *data* and close."""
    return lambda connection, _over: connection.sendall(data)


def stay_silent(_connection: socket.socket, over: Event) -> None:
    """Take the request and say nothing."""
    over.wait(PATIENCE_SECONDS)


def stay_silent_at_once(_connection: socket.socket, over: Event) -> None:
    """Take the connection and say nothing, not even what TLS begins with."""
    over.wait(PATIENCE_SECONDS)


def stop_in_the_middle(connection: socket.socket, over: Event) -> None:
    """Send half an answer, then nothing."""
    connection.sendall(WHOLE[:-1])
    over.wait(PATIENCE_SECONDS)


def drip(connection: socket.socket, over: Event) -> None:
    """Send an answer that never ends, a byte now and then."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")
    while not over.wait(0.02):
        connection.sendall(b"x")


def reset(connection: socket.socket, _over: Event) -> None:
    """End the connection without a word."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
