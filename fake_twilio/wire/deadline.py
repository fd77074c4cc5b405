"""Reading a socket until a deadline, however the bytes come."""

import io
import math
from collections.abc import Callable
from typing import Any

from fake_twilio.wire.timed_socket import TimedSocket


class DeadlineReader(io.RawIOBase):
    """Cuts every wait to what is left, so that who sends a byte now and then is not waited for without end.

    No single wait is longer than *pause_seconds*, and no more than *most_bytes* are read, or a few thousand above.
    """

    def __init__(
        self,
        connection: TimedSocket,
        monotonic: Callable[[], float],
        pause_seconds: float = math.inf,
        most_bytes: float = math.inf,
    ) -> None:
        self._connection = connection
        self._monotonic = monotonic
        self._pause_seconds = pause_seconds
        self._bytes_left = most_bytes
        self._deadline = 0.0
        self.has_begun = False  # whether a byte came

    def allow(self, seconds: float) -> None:
        """Let what follows take up to *seconds*."""
        self._deadline = self._monotonic() + seconds

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        count: int | None = None
        while count is None:
            count = self._connection.read_into(buffer, min(self._rest(), self._pause_seconds))
        self.has_begun = self.has_begun or bool(count)
        self._bytes_left -= count
        return count

    def _rest(self) -> float:
        rest = self._deadline - self._monotonic()
        if rest <= 0:
            raise TimeoutError("it came too slowly")
        if self._bytes_left <= 0:
            raise OSError("too much came")
        return rest
