"""Connections that are kept for the next webhook; each serves one thread at a time."""

import io
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from fake_twilio.delivery.journey import Journey
from fake_twilio.wire.timed_socket import TimedSocket

KEPT_PLACES = 32


@dataclass(frozen=True, slots=True)
class Place:
    """Where a connection leads: addresses that were checked, and the host that TLS asks for and has proved."""

    is_secure: bool
    host: str
    addresses: tuple[str, ...]  # at least one: the first that answers is taken
    port: int


class Connection:
    """A connection to a place, from its opening to its close."""

    def __init__(self, place: Place, opened: TimedSocket) -> None:
        self.place = place
        self.is_reusable = False  # whether an answer has come whole, and another may follow
        self._socket = opened

    @property
    def is_quiet(self) -> bool:
        """Whether the other side has neither closed since the last answer nor sent what nobody asked for."""
        return not self._socket.has_news

    def send(self, data: bytes, journey: Journey) -> None:
        """Send *data* whole, unless the other side reads no more: then its answer is already on its way."""
        self.is_reusable = False
        with suppress(BrokenPipeError, ConnectionResetError):
            self._socket.send_all(data, journey.send_seconds)

    def reader(self, journey: Journey) -> io.BufferedReader:
        """Return what reads one answer, as long as there is time."""
        return io.BufferedReader(journey.reader(self._socket))

    def close(self) -> None:
        self._socket.close()


class Connections:
    """Lends connections, and keeps a few of each place, for the places that were called last."""

    def __init__(self, kept_each: int, kept_places: int = KEPT_PLACES) -> None:
        self._kept_each = kept_each
        self._kept_places = kept_places
        self._kept: dict[Place, list[Connection]] = {}  # never an empty list; the place that was called last comes last
        self._lock = Lock()
        self._is_closed = False

    @contextmanager
    def lent(self, place: Place, journey: Journey) -> Iterator[Connection]:
        """Lend a connection to *place*, kept or new; it is closed afterwards unless it is marked as reusable."""
        connection = self._take(place) or Connection(place, journey.timed(self._open(place, journey)))
        journey.is_connected = True
        try:
            yield connection
        finally:
            if not (connection.is_reusable and self._keep(connection)):
                connection.close()

    def close(self) -> None:
        """Close what is kept, and keep nothing more."""
        with self._lock:
            self._is_closed = True
            kept = [connection for connections in self._kept.values() for connection in connections]
            self._kept.clear()
        for connection in kept:
            connection.close()

    def _take(self, place: Place) -> Connection | None:
        """Return a kept connection that serves on; one that the other side has closed meanwhile is no failure."""
        while (connection := self._last_kept(place)) is not None:
            if connection.is_quiet:
                return connection
            connection.close()
        return None

    def _last_kept(self, place: Place) -> Connection | None:
        with self._lock:
            connections = self._kept.get(place)
            if connections is None:
                return None
            connection = connections.pop()
            if not connections:
                del self._kept[place]
            return connection

    def _keep(self, connection: Connection) -> bool:
        """Return whether *connection* is kept; one of the place that was called least lately may have to go for it."""
        surplus: list[Connection] = []
        with self._lock:
            connections = self._kept.pop(connection.place, [])
            is_kept = not self._is_closed and len(connections) < self._kept_each
            if is_kept:
                connections.append(connection)
            if connections:
                self._kept[connection.place] = connections
            if len(self._kept) > self._kept_places:
                surplus = self._kept.pop(next(iter(self._kept)))
        for each in surplus:
            each.close()
        return is_kept

    def _open(self, place: Place, journey: Journey) -> socket.socket:
        plain = _connected(place, journey)
        try:
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if not place.is_secure:
                return plain
            plain.settimeout(journey.connect_seconds)
            return self._tls.wrap_socket(plain, server_hostname=place.host.rstrip("."))
        except BaseException:
            plain.close()
            raise

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """What TLS asks for; made when it is first needed, since it reads all certificates of the machine."""
        context = ssl.create_default_context()
        context.set_alpn_protocols(["http/1.1"])
        return context


def _connected(place: Place, journey: Journey) -> socket.socket:
    """Connect to the first address that answers: ``localhost`` has two, and many an app listens on one of them."""
    *others, last = place.addresses
    for address in others:
        with suppress(OSError):
            return socket.create_connection((address, place.port), journey.connect_seconds)
    return socket.create_connection((last, place.port), journey.connect_seconds)
