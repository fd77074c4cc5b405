"""Connections that mark how far a request has come, and are kept only while nothing strange lies in them.

urllib3 calls these hooks in order: connect, send (head), send (body), getresponse. Each leaves its mark in the call's
`Journey`, which rides in on the timeout object, so that pools and connections stay free of per-call state.
"""

import socket
from collections import deque
from http.client import HTTPResponse
from queue import Empty, Full
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from twilio_sms.transport.answer import TrackedAnswer
from twilio_sms.transport.journey import Journey
from twilio_sms.verdict import Phase

# The kernel keeps the head until the body comes, and both leave in one packet. Linux alone knows it; TLS has records.
_MORE_TO_COME = getattr(socket, "MSG_MORE", 0)


class _TrackedConnection(HTTPConnection):
    """Marks the phase before each part goes out.

    While the head goes out and a body is to come, no failure can leave the server with the whole request. Once the last
    part is handed to the kernel nothing can be said any more, whatever ends it.
    """

    journey: Journey
    used_at = 0.0
    _parts_to_come = 0

    def begin(self, journey: Journey) -> None:
        """Start a journey; a connection that may not be fresh is opened anew for it."""
        if self.sock is not None and not self._is_fresh(journey):
            self.close()
        self.journey = journey

    def request(self, method: str, _url: str, body: Any = None, **options: Any) -> None:  # type: ignore[override] # the base has more names
        self._parts_to_come = 2 if body else 1
        super().request(method, self.journey.target, body, **options)
        self.journey.phase = Phase.SENT

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        self._parts_to_come -= 1
        self.journey.phase = Phase.SENDING if self._parts_to_come > 0 else Phase.SENDING_LAST
        self.sock.settimeout(self.journey.left(self.journey.timeouts.read_seconds))
        if self._parts_to_come > 0 and type(self.sock) is socket.socket:
            self.sock.sendall(data, _MORE_TO_COME)
        else:
            super().send(data)

    def getresponse(self) -> Any:
        if self.sock is None:  # urllib3 goes on after a broken pipe, also after one on the way to the connection
            raise ConnectionError("there is no connection")
        return super().getresponse()

    def response_class(self, sock: socket.socket, *args: Any, **options: Any) -> HTTPResponse:  # type: ignore[override] # http.client calls it as a factory
        self.used_at = self.journey.monotonic()
        return TrackedAnswer(sock, self.journey, *args, **options)

    def _new_conn(self) -> socket.socket:
        """Connect to the first address that answers; the deadline binds them all together."""
        trouble: OSError = ConnectionError(f"{self.host} has no address")
        for family, kind, protocol, _, address in socket.getaddrinfo(
            self._dns_host, self.port, type=socket.SOCK_STREAM
        ):
            until = self.journey.monotonic() + self.journey.left(self.journey.timeouts.connect_seconds)
            sock = socket.socket(family, kind, protocol)
            try:
                for option in self.socket_options or ():
                    sock.setsockopt(*option)
                sock.settimeout(self._left_until(until))
                sock.connect(address)
                sock.settimeout(self._left_until(until))  # for TLS, which is a part of the opening
            except OSError as error:
                sock.close()
                trouble = error
            else:
                return sock
        raise trouble

    def _left_until(self, moment: float) -> float:
        rest = moment - self.journey.monotonic()
        if rest <= 0:
            raise self.journey.too_late(TimeoutError("timed out"))
        return rest

    def _is_fresh(self, journey: Journey) -> bool:
        """Whether a kept connection may be used: just used, and with nothing in it that was not asked for."""
        pending = getattr(self.sock, "pending", None)  # what TLS has decrypted and nobody has read
        has_left_over = self.journey.has_left_over or bool(pending and pending())
        if has_left_over or journey.on_new_connection:
            return False
        return journey.monotonic() - self.used_at <= journey.timeouts.idle_seconds


class _TrackedTLSConnection(_TrackedConnection, HTTPSConnection):
    """The same over TLS; the handshake belongs to the opening."""


class _Shelf:
    """Kept connections, the last used first.

    Without a lock: one that stays held because a signal handler raised would hang every later call.
    """

    def __init__(self, maxsize: int) -> None:
        self._maxsize = maxsize
        self._items: deque[Any] = deque()

    def put(self, item: Any, block: bool = True) -> None:  # noqa: ARG002 - urllib3 says it; nothing here waits
        if len(self._items) >= self._maxsize:
            raise Full
        self._items.append(item)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:  # noqa: ARG002 - see put
        try:
            return self._items.pop()
        except IndexError:
            raise Empty from None

    def qsize(self) -> int:
        return len(self._items)


class _TrackedPool(HTTPConnectionPool):
    """Hands the journey to the connection that makes it. The address goes along with it, past urllib3's debug log."""

    ConnectionCls: Any = _TrackedConnection
    QueueCls: Any = _Shelf

    def _make_request(self, conn: Any, method: str, url: str, **options: Any) -> Any:  # type: ignore[override] # all by name
        journey = options["timeout"].journey
        journey.target = url
        conn.begin(journey)
        return super()._make_request(conn, method, url.partition("?")[0], **options)


class _TrackedTLSPool(_TrackedPool, HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls: Any = _TrackedTLSConnection


TRACKED_POOLS = {"http": _TrackedPool, "https": _TrackedTLSPool}
