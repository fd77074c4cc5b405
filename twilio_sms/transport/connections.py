"""Connections that know how far a request has come, and that end at a deadline.

urllib3 calls these hooks in order: connect, send (head), send (body), getresponse. Each leaves its mark in the call's
`Journey`, which rides in on the timeout object, so that pools and connections stay free of per-call state.
"""

import io
import socket
from collections.abc import Callable
from http.client import HTTPResponse
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.timeout import Timeout

from twilio_sms.transport.wire import Timeouts
from twilio_sms.verdict import Phase

Monotonic = Callable[[], float]


class Journey:
    """One request's way: its phase, and the moment at which it must have ended."""

    __slots__ = ("deadline", "line_complete", "monotonic", "phase", "status", "timeouts")

    def __init__(self, timeouts: Timeouts, monotonic: Monotonic) -> None:
        self.timeouts = timeouts
        self.monotonic = monotonic
        self.deadline = monotonic() + timeouts.total_seconds
        self.phase = Phase.OPENING
        self.line_complete = False  # a whole line has come back
        self.status: int | None = None

    def left(self, at_most: float) -> float:
        """Seconds that the next wait may take; raises `TimeoutError` once the deadline has passed."""
        rest = self.deadline - self.monotonic()
        if rest <= 0:
            raise self.too_late(TimeoutError())
        return min(rest, at_most)

    def too_late(self, error: TimeoutError) -> TimeoutError:
        """Return *error*, or the one that names the deadline if that is what ended the wait."""
        if self.monotonic() < self.deadline:
            return error
        return TimeoutError(f"took longer than {self.timeouts.total_seconds:g} s in total")


class JourneyTimeout(Timeout):
    """urllib3's timeout, carrying the journey to the connection."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(
            connect=journey.left(journey.timeouts.connect_seconds), read=journey.left(journey.timeouts.read_seconds)
        )
        self.journey = journey

    def clone(self) -> "JourneyTimeout":
        return JourneyTimeout(self.journey)


class _DeadlineReader(io.RawIOBase):
    """Reads a socket; every wait is cut to what the deadline leaves, so that a slow drip ends too."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, journey: Journey) -> None:
        self._raw = raw
        self._sock = sock
        self._journey = journey

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # a writable buffer has no type before Python 3.12
        read_seconds = self._journey.timeouts.read_seconds
        self._sock.settimeout(self._journey.left(read_seconds))
        try:
            count = self._raw.readinto(buffer)
        except TimeoutError as error:
            raise self._journey.too_late(error) from None
        if count and not self._journey.line_complete:
            self._journey.line_complete = b"\n" in bytes(buffer[:count])
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TrackedResponse(HTTPResponse):
    """Notes the status as soon as its line is complete: what comes after may be cut, the verdict stands."""

    def __init__(self, sock: socket.socket, journey: Journey, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self._journey = journey
        raw = self.fp.detach()
        self.fp = io.BufferedReader(_DeadlineReader(raw, sock, journey))

    def begin(self) -> None:
        try:
            super().begin()
        finally:
            if self._journey.line_complete and isinstance(self.status, int):
                self._journey.status = self.status


class _TrackedConnection(HTTPConnection):
    """Marks the phase. A part that the kernel refuses proves that the server cannot hold the whole request.

    Only an error with an errno is the kernel's word. A time-out while sending has none, and neither has a
    `TimeoutError` that a signal handler raises in the moment after the last byte left: that stays unknown.
    """

    journey: Journey
    used_at = 0.0

    def begin(self, journey: Journey) -> None:
        """Start a journey; a connection that has been idle for too long is opened anew for it."""
        if self.sock is not None and journey.monotonic() - self.used_at > journey.timeouts.idle_seconds:
            self.close()
        self.journey = journey

    def request(self, *args: Any, **options: Any) -> None:
        super().request(*args, **options)
        self.journey.phase = Phase.SENT

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        self.journey.phase = Phase.SENDING
        try:
            super().send(data)
        except OSError as error:
            if error.errno is not None:
                self.journey.phase = Phase.BROKEN
            raise

    def response_class(self, sock: socket.socket, *args: Any, **options: Any) -> HTTPResponse:  # type: ignore[override] # http.client calls it as a factory
        self.used_at = self.journey.monotonic()
        return _TrackedResponse(sock, self.journey, *args, **options)


class _TrackedTLSConnection(_TrackedConnection, HTTPSConnection):
    """The same over TLS; the handshake belongs to the opening."""


class _TrackedPool(HTTPConnectionPool):
    """Hands the journey to the connection that makes it."""

    ConnectionCls = _TrackedConnection

    def _make_request(self, conn: Any, *args: Any, **options: Any) -> Any:
        conn.begin(options["timeout"].journey)
        return super()._make_request(conn, *args, **options)


class _TrackedTLSPool(_TrackedPool, HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls = _TrackedTLSConnection


TRACKED_POOLS = {"http": _TrackedPool, "https": _TrackedTLSPool}
