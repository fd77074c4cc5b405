"""Reading one answer from the wire, and noting what it proves as soon as it does."""

import io
import re
import socket
from http.client import BadStatusLine, HTTPResponse, RemoteDisconnected
from typing import Any

from twilio_sms.transport.journey import DeadlineReader, Journey

_STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: ([^\r\n]*))?\r?\n")
_MAX_LINE_BYTES = 65_536
_MAX_INTERIM_LINES = 1000


class TrackedAnswer(HTTPResponse):
    """Reads one answer, and notes its status as soon as the final status line is whole.

    http.client's own reading takes a cut line for a whole one, ``4_29`` for a status, and a 103 for the final answer.
    """

    def __init__(self, sock: socket.socket, journey: Journey, *args: Any, **options: Any) -> None:
        super().__init__(sock, *args, **options)
        self._journey = journey
        self._reader = DeadlineReader(self.fp.detach(), sock, journey)
        self.fp = io.BufferedReader(self._reader)

    def _read_status(self) -> tuple[str, int, str]:
        for _ in range(_MAX_INTERIM_LINES):
            line = self.fp.readline(_MAX_LINE_BYTES)
            if not line:
                raise RemoteDisconnected("the connection was closed without an answer")
            found = _STATUS_LINE.fullmatch(line)
            if not found or found[1] == b"101":
                raise BadStatusLine("not an HTTP/1.1 status line")
            status = int(found[1])
            if status >= 200:
                self._journey.status = status
                return line[:8].decode("ascii"), status, (found[2] or b"").decode("latin-1").strip()
            self._skip_headers()
        raise BadStatusLine("interim answers without end")

    def _skip_headers(self) -> None:
        """Read past the head of an interim answer (RFC 9110, 15.2): the final one is still to come."""
        for _ in range(_MAX_INTERIM_LINES):
            if self.fp.readline(_MAX_LINE_BYTES) in (b"\r\n", b"\n", b""):
                return
        raise BadStatusLine("an interim answer without end")

    def _close_conn(self) -> None:
        """Note whether more came than this answer: the next request must not take that for its own."""
        if self.fp is not None and not self.fp.closed:
            self._reader.is_over = True
            self._journey.has_left_over = bool(self.fp.peek(1))
        super()._close_conn()  # type: ignore[misc] # http.client's own, and not in its types
