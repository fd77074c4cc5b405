"""Werkzeug's threaded server with a bounded number of connections and an end that comes at once.

When all places are taken, the connection that has waited the longest for a request is closed: slow clients push each
other out, never the others. A connection on which a fault hangs keeps its place until its client goes: pushed out, it
would see another fault than the one that was chosen.
"""

import logging
import socket
from collections.abc import Callable, Iterable
from threading import Lock, Thread
from typing import Any

from werkzeug.serving import ThreadedWSGIServer

from fake_twilio.domain.fate.faults import Fault
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.wire.http_connection import Connection, Limits
from fake_twilio.wire.http_date import HttpDate

POLL_SECONDS = 0.01  # Werkzeug's own half second is what a stop would take
_BUSY = Refusal(20503, 503, "Service unavailable").body()
_log = logging.getLogger("fake_twilio")

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Server(ThreadedWSGIServer):
    """Serves one WSGI application on one address; a thread for each connection.

    *before_reading* is asked once for each request, when its first byte is there and nothing of it is read, for a
    `Fault` that resets before reading; any other is ignored. Several threads ask. The fault that an application leaves
    in its environ under `FAULT` is performed once the application has returned. What it leaves under `ANSWERED` is
    called once: right before the client sees the last of that, or when it is gone. Answers are dated by *now*, in
    seconds since 1970, or by the machine's clock.
    """

    block_on_close = False

    def __init__(
        self,
        host: str,
        port: int,
        app: Application,
        monotonic: Callable[[], float],
        limits: Limits | None = None,
        before_reading: Callable[[], Fault | None] | None = None,
        new_thread: Callable[..., Thread] = Thread,
        now: Callable[[], float] | None = None,
    ) -> None:
        self.monotonic = monotonic
        self.date = HttpDate(now)
        self.before_reading = before_reading
        self.limits = limits or Limits()
        self._new_thread = new_thread
        self._lock = Lock()
        self._is_stopping = False
        self._open: dict[socket.socket, Thread] = {}
        self._waiting: dict[socket.socket, None] = {}  # for a whole head; the longest first
        self._stalled: set[socket.socket] = set()
        with _listening(host, port) as listener:
            super().__init__(host, port, app, handler=Connection, fd=listener.fileno())
        self._acceptor = Thread(target=self.serve_forever, args=(POLL_SECONDS,), name="fake-twilio-http", daemon=True)

    def start(self) -> None:
        """Serve from a thread of its own."""
        self._acceptor.start()

    def stop(self, seconds: float) -> None:
        """Accept nothing more, close idle connections, and wait up to *seconds* for the answers under way.

        Connections that a fault keeps waiting are closed as idle ones are.
        """
        if self._acceptor.ident is None:  # never started
            self.server_close()
            return
        self.shutdown()
        self._acceptor.join()
        with self._lock:
            self._is_stopping = True
            workers = list(self._open.values())
            for connection in (*self._waiting, *self._stalled):
                _hang_up(connection)
        deadline = self.monotonic() + seconds
        for worker in workers:
            worker.join(max(0.0, deadline - self.monotonic()))
        with self._lock:
            for connection in self._open:
                _hang_up(connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give a new connection a thread, and a place that somebody idle may have to leave."""
        if not self._takes_in(request, client_address):
            _turn_away(request)
            self.shutdown_request(request)

    def note_waiting(self, connection: socket.socket) -> None:
        """Note that *connection* waits for a request, or for the rest of its head."""
        with self._lock:
            if self._is_stopping:
                _hang_up(connection)
            elif connection in self._open:
                self._stalled.discard(connection)
                self._waiting.setdefault(connection)

    def note_busy(self, connection: socket.socket) -> None:
        """Note that *connection* has a request to answer."""
        with self._lock:
            self._waiting.pop(connection, None)

    def note_stalled(self, connection: socket.socket) -> None:
        """Note that *connection* is kept waiting on purpose."""
        with self._lock:
            self._waiting.pop(connection, None)
            if self._is_stopping:
                _hang_up(connection)
            elif connection in self._open:
                self._stalled.add(connection)

    def handle_error(self, _request: Any, _client_address: Any) -> None:
        _log.exception("a connection ended with an error")

    def _takes_in(self, request: Any, client_address: Any) -> bool:
        with self._lock:
            if len(self._open) >= self.limits.connections and not self._pushes_out():
                return False
            worker = self._new_thread(target=self._work, args=(request, client_address), daemon=True)
            self._open[request] = worker
            self._waiting[request] = None
            try:
                worker.start()
            except RuntimeError:  # the machine gives no thread
                self._forget(request)
                return False
            return True

    def _pushes_out(self) -> bool:
        """Hang up the connection that has waited the longest; return whether there was one."""
        idle = next(iter(self._waiting), None)
        if idle is None:
            return False
        del self._waiting[idle]
        _hang_up(idle)
        return True

    def _work(self, request: socket.socket, client_address: Any) -> None:
        try:
            self.process_request_thread(request, client_address)
        finally:
            with self._lock:
                self._forget(request)

    def _forget(self, connection: socket.socket) -> None:
        self._waiting.pop(connection, None)
        self._stalled.discard(connection)
        self._open.pop(connection, None)


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens on the address; raises `OSError` if it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _hang_up(connection: socket.socket) -> None:
    """Wake the thread that reads from *connection*; it sees the end and goes."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _turn_away(connection: socket.socket) -> None:
    try:
        connection.settimeout(0.1)
        head = f"HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: {len(_BUSY)}\r\n"
        connection.sendall(head.encode() + b"Connection: close\r\n\r\n" + _BUSY)
    except OSError:
        return
