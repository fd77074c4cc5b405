"""How far one request has come, how long it may still take, and what a failure means there.

Source of the times: Twilio, "Webhook connection overrides": so long to connect (TLS included) and to send, so long to
the first byte and from packet to packet, so long in all; a webhook brings them along, in seconds of the machine.
"""

import socket
from collections.abc import Callable

from fake_twilio.domain.webhooks.overrides import Limits
from fake_twilio.domain.webhooks.retries import Failure
from fake_twilio.wire.deadline import DeadlineReader
from fake_twilio.wire.timed_socket import TimedSocket

MAX_READ_BYTES = (
    1024 * 1024
)  # of an answer, with all headers: what http.client reads at once is bounded by nothing else
_A_MOMENT_SECONDS = 0.001  # a timeout of zero would mean something else


class Journey:
    """One request on its way, from the moment of its making."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._began = monotonic()
        self._reader: DeadlineReader | None = None
        self.is_connected = False

    @property
    def seconds(self) -> float:
        """How long it has taken."""
        return self._monotonic() - self._began

    @property
    def send_seconds(self) -> float:
        """How long sending may take from now on."""
        return max(min(self._limits.connect_seconds, self._seconds_left), _A_MOMENT_SECONDS)

    @property
    def connect_seconds(self) -> float:
        """How much is left of the time to connect, TLS included."""
        limit = min(self._limits.connect_seconds, self._limits.total_seconds)
        return max(limit - self.seconds, _A_MOMENT_SECONDS)

    def timed(self, opened: socket.socket) -> TimedSocket:
        """Return a connection that has been opened as one whose waits have their limits."""
        return TimedSocket(opened, self._monotonic)

    def reader(self, connection: TimedSocket) -> DeadlineReader:
        """Return what reads the answer until the time is over."""
        self._reader = DeadlineReader(connection, self._monotonic, self._limits.read_seconds, MAX_READ_BYTES)
        self._reader.allow(max(self._seconds_left, _A_MOMENT_SECONDS))
        return self._reader

    def failure(self, error: BaseException) -> Failure:
        """Return what *error* means at the place to which this request has come."""
        if self._reader is not None and self._reader.has_begun:
            return Failure.PARTIAL
        if self.is_connected:
            return Failure.SILENT if isinstance(error, TimeoutError) else Failure.BROKEN
        return Failure.CONNECT if isinstance(error, OSError) else Failure.REFUSED

    @property
    def _seconds_left(self) -> float:
        return self._limits.total_seconds - self.seconds
