"""A server that misbehaves on demand, as a process of its own: the judge of how many requests it got whole.

Run as ``python fault_server.py FOLDER [CERTIFICATE KEY]``, over TLS with the last two.
It prints its port; then each line on its standard input arms a fault for the
next request, and is answered with ``armed``. Every request that was read whole is written to a file in FOLDER, named by
its number and the other side's port, before anything is answered.
"""

import select
import socket
import ssl
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Lock, Thread

GOOD = b'{"sid": "SM0123456789abcdef0123456789abcdef", "status": "queued", "to": "+15551234567"}'
RESET = struct.pack("ii", 1, 0)


def http(status: str, body: bytes = b"{}", *headers: str, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", *headers]
    if length != -1:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    connection.close()


class Exchange:
    """One connection as a fault sees it."""

    def __init__(self, connection: socket.socket, folder: Path, lock: Lock) -> None:
        self.connection = connection
        self.folder = folder
        self.lock = lock

    def read_head(self) -> tuple[bytes, bytes]:
        """Read up to the end of the head; return it and what came after it."""
        data = b""
        while b"\r\n\r\n" not in data:
            chunk = self.connection.recv(1)
            if not chunk:
                raise EOFError
            data += chunk
        return data, b""

    def read_some(self, count: int) -> None:
        self.connection.recv(count)

    def read_all(self) -> None:
        """Read a whole request and note it, before anything is answered."""
        head, body = self.read_head()
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
        )
        while len(body) < length:
            chunk = self.connection.recv(length - len(body))
            if not chunk:
                raise EOFError
            body += chunk
        with self.lock:
            name = f"{len(list(self.folder.iterdir()))}.{self.connection.getpeername()[1]}"
            (self.folder / name).write_bytes(head + body)

    def answer(self, data: bytes) -> None:
        self.connection.sendall(data)

    def drip(self) -> None:
        """Send a byte of a good answer now and then, until the other side has had enough."""
        for byte in http("201 Created", GOOD):
            self.answer(bytes([byte]))
            select.select([self.connection], [], [], 0.05)

    def hang(self) -> None:
        """Wait until the other side goes."""
        while self.connection.recv(65536):
            continue


def whole(*answers: bytes, end: Callable[[Exchange], None] | None = None) -> Callable[[Exchange], None]:
    """Make a fault that reads the whole request, answers, and then ends the connection in some way."""

    def run(exchange: Exchange) -> None:
        exchange.read_all()
        for data in answers:
            exchange.answer(data)
        (end or (lambda each: each.connection.close()))(exchange)

    return run


def early(data: bytes) -> Callable[[Exchange], None]:
    """Make a fault that answers after the head, without reading the body."""

    def run(exchange: Exchange) -> None:
        exchange.read_head()
        exchange.answer(data)
        reset(exchange.connection)

    return run


def cut(count: int) -> Callable[[Exchange], None]:
    """Make a fault that reads *count* bytes and resets."""

    def run(exchange: Exchange) -> None:
        exchange.read_some(count)
        reset(exchange.connection)

    return run


def head_then_reset(exchange: Exchange) -> None:
    exchange.read_head()
    reset(exchange.connection)


def loop(exchange: Exchange) -> None:
    """Answer this and every further request on any connection with a redirect to itself."""
    exchange.read_all()
    exchange.answer(http("307 Temporary Redirect", b"{}", "Location: /again", "Connection: close"))
    exchange.connection.close()


FAULTS: dict[str, Callable[[Exchange], None]] = {
    "reset before reading": lambda exchange: reset(exchange.connection),
    "close before reading": lambda exchange: exchange.connection.close(),
    "reset after ten bytes": cut(10),
    "reset after the head": head_then_reset,
    "reset after the request": whole(end=lambda exchange: reset(exchange.connection)),
    "close after the request": whole(),
    "hang after the request": whole(end=Exchange.hang),
    "garbage status line": whole(b"\x00\x01garbage\r\n\r\n"),
    "half a status line": whole(b"HTTP/1.1 20"),
    "status line without its end": whole(b"HTTP/1.1 429 Too Many"),
    "reset after the status line": whole(b"HTTP/1.1 201 Created\r\n", end=Exchange.hang),
    "headers cut": whole(b"HTTP/1.1 201 Created\r\nContent-Type: appli"),
    "body cut": whole(http("201 Created", GOOD, length=5000)),
    "body hangs": whole(http("201 Created", GOOD[:20], length=len(GOOD)), end=Exchange.hang),
    "body drips": whole(end=Exchange.drip),
    "no json": whole(http("201 Created", b"<html>created</html>")),
    "json without a sid": whole(http("201 Created", b"{}")),
    "broken compression": whole(http("201 Created", b"no gzip", "Content-Encoding: gzip")),
    "huge answer": whole(http("201 Created", b" " * 3_000_000)),
    "201 until the end": whole(http("201 Created", GOOD, "Connection: close", length=-1)),
    "early hints, then 201": whole(b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n", http("201 Created", GOOD)),
    "continue, then 201": whole(b"HTTP/1.1 100 Continue\r\n\r\n", http("201 Created", GOOD)),
    "500": whole(http("500 Internal Server Error")),
    "502 in html": whole(http("502 Bad Gateway", b"<html>")),
    "503 with retry-after": whole(http("503 Service Unavailable", b"{}", "Retry-After: 1")),
    "504": whole(http("504 Gateway Timeout")),
    "continue, then a cut 429": whole(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429"),
    "another protocol's 429": whole(b"HTTP/foo 429 x\r\n\r\n"),
    "odd digits of a 429": whole(b"HTTP/1.1 4_29 x\r\n\r\n"),
    "negative chunk": whole(http("201 Created", b"-5\r\nabcde\r\n", "Transfer-Encoding: chunked", length=-1)),
    "429": whole(http("429 Too Many Requests", b'{"code": 20429}')),
    "429 cut": whole(http("429 Too Many Requests", b"{", length=900)),
    "408": whole(http("408 Request Timeout")),
    "421": whole(http("421 Misdirected Request")),
    "425": whole(http("425 Too Early")),
    "400": whole(http("400 Bad Request", b'{"code": 21211, "message": "Invalid"}')),
    "307 to itself": loop,
    "401 before the body": early(http("401 Unauthorized", b'{"code": 20003}', "Connection: close")),
}


class FaultServer:
    """Accepts connections; the armed fault meets the next request, all others are answered well."""

    def __init__(self, folder: Path, tls: ssl.SSLContext | None) -> None:
        self.folder = folder
        self.tls = tls
        self.lock = Lock()
        self.armed: str | None = None
        self.listener = socket.create_server(("127.0.0.1", 0))

    def serve(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            Thread(target=self.welcome, args=(connection,), daemon=True).start()

    def welcome(self, connection: socket.socket) -> None:
        """Shake hands, if it is over TLS; a handshake that fails ends the connection."""
        try:
            self.attend(self.tls.wrap_socket(connection, server_side=True) if self.tls else connection)
        except OSError:
            connection.close()

    def attend(self, connection: socket.socket) -> None:
        exchange = Exchange(connection, self.folder, self.lock)
        try:
            while True:
                select.select([connection], [], [])
                fault = self.take_armed()
                if fault is not None:
                    FAULTS[fault](exchange)
                    return
                exchange.read_all()
                exchange.answer(http("201 Created", GOOD))
        except (OSError, EOFError):
            return
        finally:
            connection.close()

    def take_armed(self) -> str | None:
        with self.lock:
            armed, self.armed = self.armed, None
            return armed

    def arm(self, fault: str) -> None:
        with self.lock:
            self.armed = fault


def tls_of(certificate: str | None = None, key: str | None = None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def main() -> None:
    server = FaultServer(Path(sys.argv[1]), tls_of(*sys.argv[2:]))
    print(server.listener.getsockname()[1], flush=True)
    Thread(target=server.serve, daemon=True).start()
    for line in sys.stdin:
        server.arm(line.strip())
        print("armed", flush=True)


if __name__ == "__main__":
    main()
