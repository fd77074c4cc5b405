"""One kept connection: requests are read whole and in time, answers leave in one write.

Werkzeug's handler closes each connection (half the speed) and waits for ever for a request that never comes whole;
the standard library's answers nonsense with a page of HTML and takes ``+3`` for a length.
"""

import io
import logging
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.errors import FirstHeaderLineIsContinuationDefect, InvalidHeaderDefect, MissingHeaderBodySeparatorDefect
from email.message import Message
from http import HTTPStatus
from typing import Any, Protocol

from werkzeug.serving import WSGIRequestHandler

from fake_twilio.deadline import DeadlineReader
from fake_twilio.domain.errors import Refusal
from fake_twilio.domain.logged import printable

MAX_BODY_BYTES = 256 * 1024
MAX_DISCARDED_BYTES = 4 * 1024 * 1024
_BROKEN_HEAD = (FirstHeaderLineIsContinuationDefect, InvalidHeaderDefect, MissingHeaderBodySeparatorDefect)
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)  # RFC 9110: a token
_LENGTH = re.compile(r"[0-9]{1,9}", re.ASCII)
_CODES = {405: 20004, 413: 20413, 500: 20500, 503: 20503}
_log = logging.getLogger("fake_twilio")


@dataclass(frozen=True, slots=True)
class Limits:
    """What clients may hold."""

    connections: int = 256
    idle_seconds: float = 60.0  # a kept connection without a request
    head_seconds: float = 10.0  # from the first byte of a request to the end of its head
    body_seconds: float = 30.0


class Places(Protocol):
    """What a connection tells the server that holds it."""

    app: Callable[[dict[str, Any], Any], Iterable[bytes]]
    monotonic: Callable[[], float]
    limits: Limits

    def note_waiting(self, connection: socket.socket) -> None:
        """The connection waits for a request, or for the rest of its head."""

    def note_busy(self, connection: socket.socket) -> None:
        """The connection has a request to answer."""


class Connection(WSGIRequestHandler):
    """Answers the requests of one connection, one after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Any  # a WSGI server that is Places too

    def setup(self) -> None:
        super().setup()
        self._reader = DeadlineReader(self.connection, self.server.monotonic)
        self.rfile = self._buffered = io.BufferedReader(self._reader)

    def handle(self) -> None:
        """Answer until either side closes; who is gone or too slow is left without a word."""
        try:
            while self._await_request():
                self.handle_one_request()
                if self.close_connection:
                    return
        except OSError:
            return

    def parse_request(self) -> bool:
        is_whole = super().parse_request()
        self._reader.allow(self.server.limits.body_seconds)
        return is_whole

    def run_wsgi(self) -> None:
        """Answer one request, whose head has been read; one whose body does not come whole gets no answer."""
        try:
            length = _body_length(self.headers)
            environ = self.make_environ()
        except _NoRequest as refused:
            return self.send_error(refused.status)
        except ValueError:  # an address that cannot be split
            return self.send_error(HTTPStatus.BAD_REQUEST)
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True
            return None
        self.server.note_busy(self.connection)
        environ["wsgi.input"] = io.BytesIO(body)
        environ["wsgi.input_terminated"] = True
        try:
            return self._respond(environ)
        except OSError:
            raise  # the other side is gone
        except Exception:  # the outermost door of this request
            _log.exception("an application failed")
            return self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - the base class calls it
        """Refuse in Twilio's form what is no proper request, and close."""
        phrase = HTTPStatus(code).phrase
        body = Refusal(_CODES.get(code, 20001), code, phrase).body()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        self.close_connection = True
        is_head = self.raw_requestline.startswith(b"HEAD ")  # a line that is too long has no command
        self._write(f"{code} {phrase}", headers, b"" if is_head else body)
        self._discard()

    def _await_request(self) -> bool:
        """Wait for a request; return whether one begins."""
        self.server.note_waiting(self.connection)
        self._reader.allow(self.server.limits.idle_seconds)
        begins = bool(self._buffered.peek(1))
        self._reader.allow(self.server.limits.head_seconds)
        return begins

    def _respond(self, environ: dict[str, Any]) -> None:
        started: list[tuple[str, list[tuple[str, str]]]] = []
        written: list[bytes] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], _exc_info: Any = None
        ) -> Callable[[bytes], Any]:
            started.append((status, headers))
            return written.append

        chunks = self.server.app(environ, start_response)
        try:
            written.extend(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()
        status, headers = started[-1]
        self._write(status, headers, b"".join(written))
        _log.info("%s %s %s", self.command, printable(environ["PATH_INFO"]), status)

    def _write(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        names = {name.lower() for name, _ in headers}
        lines = [f"HTTP/1.1 {status}", f"Date: {self.date_time_string()}"]
        lines += [f"{name}: {value}" for name, value in headers]
        if "content-length" not in names and not status.startswith("204"):
            lines.append(f"Content-Length: {len(body)}")
        lines.append("Connection: close" if self.close_connection else "Connection: keep-alive")
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body)

    def _discard(self) -> None:
        """Read on for a while after a refusal: closing on unread bytes would reset the answer away."""
        self._reader.allow(1.0)
        left = MAX_DISCARDED_BYTES
        try:
            self.connection.shutdown(socket.SHUT_WR)
            while left > 0 and (chunk := self.rfile.read1(65_536)):
                left -= len(chunk)
        except OSError:
            return


class _NoRequest(Exception):  # noqa: N818 - it is an answer, not an accident
    """A request whose body cannot be told from what follows it, or is too large."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


def _body_length(headers: Message) -> int:
    """Return how many bytes the body has: one length in plain digits counts, and no other framing.

    A line that is no header hides those below it, and so might the length: the whole request is refused.
    """
    if any(isinstance(defect, _BROKEN_HEAD) for defect in headers.defects) or not all(map(_NAME.fullmatch, headers)):
        raise _NoRequest(HTTPStatus.BAD_REQUEST)
    if headers.get("Content-Encoding", "identity").lower() != "identity":
        raise _NoRequest(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    lengths = headers.get_all("Content-Length", [])
    if headers.get_all("Transfer-Encoding"):
        raise _NoRequest(HTTPStatus.BAD_REQUEST if lengths else HTTPStatus.LENGTH_REQUIRED)
    if len(lengths) > 1 or not all(_LENGTH.fullmatch(length) for length in lengths):
        raise _NoRequest(HTTPStatus.BAD_REQUEST)
    length = int(lengths[0]) if lengths else 0
    if length > MAX_BODY_BYTES:
        raise _NoRequest(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return length
