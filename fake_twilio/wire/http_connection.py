"""One kept connection: requests are read whole and in time, answers leave in one write.

Werkzeug's handler closes each connection (half the speed) and waits for ever for a request that never comes whole;
the standard library's answers nonsense with a page of HTML.
"""

import io
import logging
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any, Protocol

from werkzeug.serving import WSGIRequestHandler

from fake_twilio.domain.fate.faults import ANSWERED, FAULT, Break, Fault
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.values.logged import printable
from fake_twilio.wire.deadline import DeadlineReader
from fake_twilio.wire.environ import environ_of_connection, environ_of_request
from fake_twilio.wire.http_date import HttpDate
from fake_twilio.wire.request_head import MAX_LINE_BYTES, NoRequest, read_head
from fake_twilio.wire.sabotage import Notice, Sabotage
from fake_twilio.wire.timed_socket import TimedSocket

MAX_BODY_BYTES = 256 * 1024
MAX_DISCARDED_BYTES = 4 * 1024 * 1024
_STREAM = ("Content-Type", "text/event-stream")
_CODES = {405: 20004, 413: 20413, 500: 20500, 503: 20503}
_log = logging.getLogger("fake_twilio")

Headers = list[tuple[str, str]]  # named, since what is written at a function inside another is made for each request
Write = Callable[[bytes], Any]


@dataclass(frozen=True, slots=True)
class Limits:
    """What clients may hold."""

    connections: int = 256
    idle_seconds: float = 60.0  # a kept connection without a request
    head_seconds: float = 10.0  # from the first byte of a request to the end of its head
    body_seconds: float = 30.0
    answer_seconds: float = 30.0  # in which it must be taken
    hang_seconds: float = 120.0  # a fault that hangs; it holds its place for as long


class Places(Protocol):
    """What a connection tells the server that holds it."""

    app: Callable[[dict[str, Any], Any], Iterable[bytes]]
    monotonic: Callable[[], float]
    date: HttpDate
    limits: Limits
    before_reading: Callable[[], Fault | None] | None

    def note_waiting(self, connection: socket.socket) -> None:
        """The connection waits for a request, or for the rest of its head."""

    def note_busy(self, connection: socket.socket) -> None:
        """The connection has a request to answer."""

    def note_stalled(self, connection: socket.socket) -> None:
        """The connection is kept waiting on purpose: a stop does not wait for it."""


class Connection(WSGIRequestHandler):
    """Answers the requests of one connection, one after the other."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Any  # a WSGI server that is Places too

    def setup(self) -> None:
        super().setup()
        self._common = environ_of_connection(self.server.server_address, self.client_address)
        self._timed = TimedSocket(self.connection, self.server.monotonic)
        self._reader = DeadlineReader(self._timed, self.server.monotonic)
        limits = self.server.limits
        self._sabotage = Sabotage(
            self._timed, self.server.monotonic, hang_seconds=limits.hang_seconds, send_seconds=limits.answer_seconds
        )
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

    def handle_one_request(self) -> None:
        """Answer one request, whose first byte is there; one whose body does not come whole gets no answer."""
        self.raw_requestline = self._buffered.readline(MAX_LINE_BYTES + 1)
        try:
            head = read_head(self.raw_requestline, self._buffered)
            length = head.body_length(MAX_BODY_BYTES)
            self.close_connection = head.is_last
            environ = environ_of_request(self._common, head)
        except NoRequest as refused:
            return self.send_error(refused.status)
        except ValueError:  # an address that cannot be split
            return self.send_error(HTTPStatus.BAD_REQUEST)
        self._reader.allow(self.server.limits.body_seconds)
        if head.awaits_leave:
            self._send(b"HTTP/1.1 100 Continue\r\n\r\n")
        body = self._buffered.read(length)
        if len(body) < length:
            self.close_connection = True
            return None
        self.server.note_busy(self.connection)
        environ["wsgi.input"] = io.BytesIO(body)
        return self._answer(environ)

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
        if self.server.before_reading is not None and not self._may_be_read():
            return False
        self._reader.allow(self.server.limits.idle_seconds)
        begins = bool(self._buffered.peek(1))
        self._reader.allow(self.server.limits.head_seconds)
        return begins

    def _may_be_read(self) -> bool:
        """Wait for the first byte without reading it, and ask for a fault once it is there."""
        if not self._has_buffered() and not self._timed.begins_within(self.server.limits.idle_seconds):
            return False
        fault = self.server.before_reading()
        if fault is None or fault.kind is not Break.RESET_BEFORE_READING:
            return True
        self.server.note_stalled(self.connection)
        self._sabotage.perform(fault, b"", b"", _nothing)
        return False

    def _has_buffered(self) -> bool:
        """Whether a request was read together with the one before it."""
        self._reader.allow(0.0)
        try:
            return bool(self._buffered.peek(1))
        except TimeoutError:
            return False

    def _answer(self, environ: dict[str, Any]) -> None:
        try:
            self._respond(environ)
        except OSError:
            raise  # the other side is gone
        except Exception:  # the outermost door of this request
            _log.exception("an application failed")
            self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR)
        finally:
            _say_answered(environ)

    def _respond(self, environ: dict[str, Any]) -> None:
        started: list[tuple[str, Headers]] = []
        written: list[bytes] = []

        def start_response(status: str, headers: Headers, _exc_info: Any = None) -> Write:
            started.append((status, headers))
            return written.append

        chunks = self.server.app(environ, start_response)
        try:
            if started and _STREAM in started[-1][1]:
                self._stream(*started[-1], chunks)
                return
            written.extend(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()
        status, headers = started[-1]
        fault: Fault | None = environ.get(FAULT)
        if fault is None:
            self._write(status, headers, b"".join(written))
        else:
            self._write_faultily(fault, status, headers, b"".join(written), partial(_say_answered, environ))
        if _log.isEnabledFor(logging.INFO):
            told = status if fault is None else f"{status}, fault: {fault.kind or 'slow'}"
            _log.info("%s %s %s", environ["REQUEST_METHOD"], printable(environ["PATH_INFO"]), told)

    def _stream(self, status: str, headers: Headers, chunks: Iterable[bytes]) -> None:
        """Send each chunk as it comes, until there is none, the other side has gone, or the server stops."""
        self.close_connection = True
        self.server.note_stalled(self.connection)  # it keeps its place, and is hung up when the server stops
        self._send(self._head(status, headers, None))
        try:
            for chunk in chunks:
                self._send(chunk)
        except OSError:
            raise  # the other side is gone
        except Exception:  # its head has left: a refusal would be read as one more event
            _log.exception("a stream broke off")

    def _write_faultily(self, fault: Fault, status: str, headers: Headers, body: bytes, answered: Notice) -> None:
        self.server.note_stalled(self.connection)
        self.close_connection = self.close_connection or fault.kind is not None
        self._sabotage.perform(fault, self._head(status, headers, body), body, answered)
        if fault.kind is not None:
            self._discard()

    def _write(self, status: str, headers: Headers, body: bytes) -> None:
        self._send(self._head(status, headers, body) + body)

    def _head(self, status: str, headers: Headers, body: bytes | None) -> bytes:
        """Return the head of an answer; one whose *body* is not known yet ends with the connection."""
        lines = "".join([f"{name}: {value}\r\n" for name, value in headers])
        head = f"HTTP/1.1 {status}\r\nDate: {self.server.date.text()}\r\n{lines}"
        if body is not None and "\r\ncontent-length:" not in head.lower() and not status.startswith("204"):
            head += f"Content-Length: {len(body)}\r\n"
        state = "close" if self.close_connection else "keep-alive"
        return f"{head}Connection: {state}\r\n\r\n".encode("latin-1", "replace")

    def _send(self, data: bytes) -> None:
        self._timed.send_all(data, self.server.limits.answer_seconds)

    def _discard(self) -> None:
        """Read on for a while after the last answer: closing on unread bytes would reset the answer away."""
        self._reader.allow(1.0)
        left = MAX_DISCARDED_BYTES
        try:
            self.connection.shutdown(socket.SHUT_WR)
            while left > 0 and (chunk := self.rfile.read1(65_536)):
                left -= len(chunk)
        except OSError:
            return


def _say_answered(environ: dict[str, Any]) -> None:
    """Call what the application left to be called, unless that was done."""
    answered: Notice | None = environ.pop(ANSWERED, None)
    if answered:
        answered()


def _nothing() -> None:
    """Do nothing: nobody waits to hear of it."""
