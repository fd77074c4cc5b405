"""A server's side of TLS, over memory, so that a fault can spoil it anywhere."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")
_FORGED_RECORD = b"\x17\x03\x03\x00\x20" + bytes(32)  # application data that no key has made


def wait(sock: socket.socket) -> None:
    """Wait until there is something to read, and leave it there; raise `EOFError` if there never will be."""
    if not sock.recv(1, socket.MSG_PEEK):
        raise EOFError


class TlsStream:
    """Looks like a socket, as far as a fault needs one; the handshake is made at once."""

    def __init__(self, sock: socket.socket, context: ssl.SSLContext) -> None:
        self._sock = sock
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._run(self._tls.do_handshake)

    def recv(self, count: int) -> bytes:
        try:
            return self._run(self._tls.read, count)
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            return b""

    def sendall(self, data: bytes) -> None:
        self._run(self._tls.write, data)

    def wait(self) -> None:
        """Wait until there is something to read; raise `EOFError` if there never will be."""
        if not (self._tls.pending() or self._incoming.pending):
            wait(self._sock)

    def notify_close(self) -> None:
        """Say that nothing more will come, as a server should before it closes."""
        with suppress(ssl.SSLError):
            self._tls.unwrap()
        self._flush()

    def alert(self) -> None:
        """Send a fatal alert: what the library answers to a record that was forged."""
        self._incoming.write(_FORGED_RECORD)
        with suppress(ssl.SSLError):
            self._tls.read(1)
        self._flush()

    def sealed(self, data: bytes) -> bytes:
        """Return *data* as it would go over the wire."""
        self._tls.write(data)
        return self._outgoing.read()

    def _run(self, work: Callable[..., T], *arguments: Any) -> T:
        while True:
            try:
                result = work(*arguments)
            except ssl.SSLWantReadError:
                self._flush()
                self._take(self._sock.recv(65536))
            else:
                self._flush()
                return result

    def _take(self, data: bytes) -> None:
        if data:
            self._incoming.write(data)
        else:
            self._incoming.write_eof()

    def _flush(self) -> None:
        self._sock.sendall(self._outgoing.read())


class PlainStream:
    """The same without TLS."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self.recv = sock.recv
        self.sendall = sock.sendall

    def wait(self) -> None:
        """Wait until there is something to read; raise `EOFError` if there never will be."""
        wait(self._sock)
