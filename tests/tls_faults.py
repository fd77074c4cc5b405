"""What can go wrong with TLS, by name: inside the handshake, and when a request has come."""

import select
import socket
from collections.abc import Callable

from tests.faults import CREATED, GOOD, Exchange, Fault, http, reset, whole
from tests.tls_stream import TlsStream, wait

_HELLO_BYTES = 16384  # more than a client's first flight has


def _stream(exchange: Exchange) -> TlsStream:
    assert isinstance(exchange.stream, TlsStream)
    return exchange.stream


def _notify_close(exchange: Exchange) -> None:
    _stream(exchange).notify_close()
    exchange.sock.close()


def _alert(exchange: Exchange) -> None:
    _stream(exchange).alert()
    exchange.sock.close()


def _half_a_record(exchange: Exchange) -> None:
    """Send a good answer whose last bytes are missing: not one of them can be read without the rest."""
    exchange.sock.sendall(_stream(exchange).sealed(CREATED)[:-10])
    exchange.sock.close()


def _forge(exchange: Exchange) -> None:
    """Answer in the clear, as somebody on the way could."""
    exchange.sock.sendall(http("429 Too Many Requests"))
    exchange.sock.close()


# When a request has come.
TLS_FAULTS: dict[str, Fault] = {
    "close_notify after the request": whole(end=_notify_close),
    "alert after the request": whole(end=_alert),
    "close_notify after half an answer": whole(http("201 Created", GOOD[:20], length=len(GOOD)), end=_notify_close),
    "alert after half an answer": whole(http("201 Created", GOOD[:20], length=len(GOOD)), end=_alert),
    "half a record": whole(end=_half_a_record),
    "a 429 that is not from the server": whole(end=_forge),
}


def _reset_unread(sock: socket.socket) -> None:
    wait(sock)
    reset(sock)


def _after_hello(end: Callable[[socket.socket], None]) -> Callable[[socket.socket], None]:
    def run(sock: socket.socket) -> None:
        sock.recv(_HELLO_BYTES)
        end(sock)

    return run


def _hang(sock: socket.socket) -> None:
    while sock.recv(_HELLO_BYTES):
        continue


def _drip(sock: socket.socket) -> None:
    """Send a long record of the handshake, a byte now and then."""
    for byte in b"\x16\x03\x03\x40\x00" + bytes(0x4000):
        sock.sendall(bytes([byte]))
        select.select([sock], [], [], 0.05)


def _answer_in_the_clear(sock: socket.socket) -> None:
    sock.sendall(http("429 Too Many Requests"))
    sock.close()


def _refuse(sock: socket.socket) -> None:
    sock.sendall(b"\x15\x03\x03\x00\x02\x02\x28")  # alert, fatal, handshake_failure
    sock.close()


# Instead of a handshake.
HANDSHAKE_FAULTS: dict[str, Callable[[socket.socket], None]] = {
    "reset before the handshake": _reset_unread,
    "reset inside the handshake": _after_hello(reset),
    "close inside the handshake": _after_hello(socket.socket.close),
    "hang inside the handshake": _after_hello(_hang),
    "handshake drips": _after_hello(_drip),
    "alert inside the handshake": _after_hello(_refuse),
    "no TLS at all": _after_hello(_answer_in_the_clear),
}

# Those that end only when the client has had enough, over any connection.
ENDLESS = frozenset(
    {
        "hang after the request",
        "status line drips",
        "hang after the status line",
        "headers drip",
        "body hangs",
        "body drips",
        "hang inside the handshake",
        "handshake drips",
    }
)
