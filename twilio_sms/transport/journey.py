"""One request's way over the wire: how far it has come, and when it must have ended.

What is marked must hold whoever interrupts: a signal handler may raise any exception at any point, also right after the
kernel took the last byte. So a mark is set before what it allows, and no exception is asked for its kind.
"""

import io
import socket
from collections.abc import Callable
from typing import Any

from urllib3.util.timeout import Timeout

from twilio_sms.transport.wire import Timeouts
from twilio_sms.verdict import Phase

Monotonic = Callable[[], float]


class Journey:
    """One request's way: its phase, and the moment at which it must have ended."""

    __slots__ = ("deadline", "has_left_over", "monotonic", "on_new_connection", "phase", "status", "target", "timeouts")

    def __init__(
        self, timeouts: Timeouts, monotonic: Monotonic, deadline: float | None = None, on_new_connection: bool = False
    ) -> None:
        self.timeouts = timeouts
        self.monotonic = monotonic
        self.target = "/"
        self.deadline = monotonic() + timeouts.total_seconds if deadline is None else deadline
        self.on_new_connection = on_new_connection
        self.phase = Phase.OPENING
        self.status: int | None = None  # of the final status line, once it has come whole
        self.has_left_over = False  # bytes came that belong to no answer of ours

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


class DeadlineReader(io.RawIOBase):
    """Reads a socket; every wait is cut to what the deadline leaves, so that a slow drip ends too."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, journey: Journey) -> None:
        self._raw = raw
        self._sock = sock
        self._journey = journey
        self.is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:  # a writable buffer has no type before Python 3.12
        if self.is_over:
            return None
        self._sock.settimeout(self._journey.left(self._journey.timeouts.read_seconds))
        try:
            return self._raw.readinto(buffer)
        except TimeoutError as error:
            raise self._journey.too_late(error) from None

    def close(self) -> None:
        self._raw.close()
        super().close()
