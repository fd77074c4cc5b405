"""Reading a socket until a deadline, however the bytes come."""

import io
import math
import socket
from collections.abc import Callable
from typing import Any


class DeadlineReader(io.RawIOBase):
    """Cuts every wait to what is left, so that who sends a byte now and then is not waited for without end.

    No single wait is longer than *pause_seconds*, and no more than *most_bytes* are read, or a few thousand above.
    """

    def __init__(
        self,
        connection: socket.socket,
        monotonic: Callable[[], float],
        pause_seconds: float = math.inf,
        most_bytes: float = math.inf,
    ) -> None:
        self._connection = connection
        self._raw = connection.makefile("rb", buffering=0)  # holds the socket open while it is read
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
        rest = self._deadline - self._monotonic()
        if rest <= 0:
            raise TimeoutError("it came too slowly")
        if self._bytes_left <= 0:
            raise OSError("too much came")
        self._connection.settimeout(min(rest, self._pause_seconds))
        count = self._raw.readinto(buffer)
        self.has_begun = self.has_begun or bool(count)
        self._bytes_left -= count or 0
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()
