"""What can go wrong on the wire, by name: what a server does with a connection when a request comes."""

import select
import socket
import struct
from collections.abc import Callable
from itertools import count
from pathlib import Path
from threading import Lock
from time import monotonic_ns

from tests.tls_stream import PlainStream, TlsStream

GOOD = b'{"sid": "SM0123456789abcdef0123456789abcdef", "status": "queued", "to": "+15551234567"}'
RESET = struct.pack("ii", 1, 0)


def http(status: str, body: bytes = b"{}", *headers: str, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", *headers]
    if length != -1:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode() + body


CREATED = http("201 Created", GOOD)


def reset(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    sock.close()


class Ledger:
    """What was read whole: a file for each request, named by its number, what it means, when it came and from where.

    *processed* is what was answered with anything but a refusal that proves the contrary, or not at all.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        self._lock = Lock()

    def note(self, request: bytes, port: int, *, is_refused: bool) -> None:
        with self._lock:
            meaning = "refused" if is_refused else "processed"
            name = f"{next(self._numbers)}-{meaning}-{monotonic_ns()}.{port}"
            (self._folder / name).write_bytes(request)


class Exchange:
    """One connection as a fault sees it: *sock* below TLS, *stream* above it."""

    def __init__(self, sock: socket.socket, stream: TlsStream | PlainStream, ledger: Ledger) -> None:
        self.sock = sock
        self.stream = stream
        self.drip_seconds = 0.05
        self._port = sock.getpeername()[1]
        self._ledger = ledger

    def read_head(self) -> bytes:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._read(1)
        return data

    def read_all(self, *, is_refused: bool = False) -> None:
        """Read a whole request and note it, before anything is answered."""
        head, body = self.read_head(), b""
        lengths = (line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length"))
        wanted = int(next(lengths, b"0"))
        while len(body) < wanted:
            body += self._read(wanted - len(body))
        self._ledger.note(head + body, self._port, is_refused=is_refused)

    def answer(self, data: bytes) -> None:
        self.stream.sendall(data)

    def drip(self, data: bytes) -> None:
        """Send a byte now and then, until the other side has had enough."""
        for byte in data:
            self.answer(bytes([byte]))
            select.select([self.sock], [], [], self.drip_seconds)

    def hang(self) -> None:
        """Wait until the other side goes."""
        while self.stream.recv(65536):
            continue

    def _read(self, count: int) -> bytes:
        chunk = self.stream.recv(count)
        if not chunk:
            raise EOFError
        return chunk


Fault = Callable[[Exchange], None]


def end(exchange: Exchange) -> None:
    """Close the connection, over TLS without a word."""
    exchange.sock.close()


def stay(_exchange: Exchange) -> None:
    """Leave the connection open for more."""


def end_by_reset(exchange: Exchange) -> None:
    reset(exchange.sock)


def whole(*answers: bytes, end: Fault = end, is_refused: bool = False) -> Fault:
    """Make a fault that reads the whole request, answers, and then ends the connection in some way."""

    def run(exchange: Exchange) -> None:
        exchange.read_all(is_refused=is_refused)
        for data in answers:
            exchange.answer(data)
        end(exchange)

    return run


def early(data: bytes) -> Fault:
    """Make a fault that answers after the head, without reading the body."""

    def run(exchange: Exchange) -> None:
        exchange.read_head()
        exchange.answer(data)
        reset(exchange.sock)

    return run


def cut(count: int) -> Fault:
    """Make a fault that reads *count* bytes and resets."""

    def run(exchange: Exchange) -> None:
        exchange.stream.recv(count)
        reset(exchange.sock)

    return run


def drip(at_once: bytes, slowly: bytes) -> Fault:
    return whole(at_once, end=lambda exchange: exchange.drip(slowly))


def head_then_reset(exchange: Exchange) -> None:
    exchange.read_head()
    reset(exchange.sock)


_HEAD, _BODY = CREATED[: -len(GOOD)], CREATED[-len(GOOD) :]
_LOOP = http("307 Temporary Redirect", b"{}", "Location: /again", "Connection: close")

# Over any connection.
FAULTS: dict[str, Fault] = {
    "reset before reading": end_by_reset,
    "close before reading": end,
    "reset after ten bytes": cut(10),
    "reset after the head": head_then_reset,
    "reset after the request": whole(end=end_by_reset),
    "close after the request": whole(),
    "hang after the request": whole(end=Exchange.hang),
    "garbage status line": whole(b"\x00\x01garbage\r\n\r\n"),
    "half a status line": whole(b"HTTP/1.1 20"),
    "status line without its end": whole(b"HTTP/1.1 429 Too Many"),
    "status line drips": drip(b"", CREATED),
    "hang after the status line": whole(b"HTTP/1.1 201 Created\r\n", end=Exchange.hang),
    "headers cut": whole(b"HTTP/1.1 201 Created\r\nContent-Type: appli"),
    "headers drip": drip(b"HTTP/1.1 201 Created\r\n", CREATED.partition(b"\r\n")[2]),
    "body cut": whole(http("201 Created", GOOD, length=5000)),
    "body hangs": whole(http("201 Created", GOOD[:20], length=len(GOOD)), end=Exchange.hang),
    "body drips": drip(_HEAD, _BODY),
    "no json": whole(http("201 Created", b"<html>created</html>")),
    "json without a sid": whole(http("201 Created", b"{}")),
    "broken compression": whole(http("201 Created", b"no gzip", "Content-Encoding: gzip")),
    "huge answer": whole(http("201 Created", b" " * 3_000_000)),
    "201 until the end": whole(http("201 Created", GOOD, "Connection: close", length=-1)),
    "early hints, then 201": whole(b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n", CREATED),
    "continue, then 201": whole(b"HTTP/1.1 100 Continue\r\n\r\n", CREATED),
    "500": whole(http("500 Internal Server Error")),
    "502 in html": whole(http("502 Bad Gateway", b"<html>")),
    "503 with retry-after": whole(http("503 Service Unavailable", b"{}", "Retry-After: 1")),
    "504": whole(http("504 Gateway Timeout")),
    "continue, then a cut 429": whole(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429"),
    "another protocol's 429": whole(b"HTTP/foo 429 x\r\n\r\n"),
    "odd digits of a 429": whole(b"HTTP/1.1 4_29 x\r\n\r\n"),
    "negative chunk": whole(http("201 Created", b"-5\r\nabcde\r\n", "Transfer-Encoding: chunked", length=-1)),
    "429": whole(http("429 Too Many Requests", b'{"code": 20429}'), end=stay, is_refused=True),
    "429 with retry-after": whole(http("429 Too Many Requests", b"{}", "Retry-After: 1"), end=stay, is_refused=True),
    "429 cut": whole(http("429 Too Many Requests", b"{", length=900), is_refused=True),
    "408": whole(http("408 Request Timeout"), end=stay, is_refused=True),
    "421": whole(http("421 Misdirected Request"), end=stay, is_refused=True),
    "425": whole(http("425 Too Early"), end=stay, is_refused=True),
    "400": whole(http("400 Bad Request", b'{"code": 21211, "message": "Invalid"}')),
    "307 to itself": whole(_LOOP),
    "401 before the body": early(http("401 Unauthorized", b'{"code": 20003}', "Connection: close")),
    "503 before the body": early(http("503 Service Unavailable", b"{}", "Connection: close")),
}
