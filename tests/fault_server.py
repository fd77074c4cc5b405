"""A server that misbehaves on demand, as a process of its own: the judge of how many requests it got whole.

Run as ``python -m tests.fault_server FOLDER [CERTIFICATE KEY]``, over TLS with the last two. It prints its port; then
each line of JSON on its standard input arms faults, which meet one request each, and is answered with ``armed``::

    {"faults": ["429", "body drips"], "drip_seconds": 0.05}

Every request that was read whole is a file in FOLDER before anything is answered: see `tests.faults.Ledger`.
"""

import json
import socket
import ssl
import sys
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import TypeVar

from tests.faults import CREATED, FAULTS, Exchange, Ledger
from tests.tls_faults import HANDSHAKE_FAULTS, TLS_FAULTS
from tests.tls_stream import PlainStream, TlsStream

F = TypeVar("F")
_AT_A_REQUEST = {**FAULTS, **TLS_FAULTS}
CLOSE_IDLE = "close while idle"  # no request meets this one: it closes what is open when it is armed


class FaultServer:
    """Accepts connections; each armed fault meets one request, all others are answered well."""

    def __init__(self, folder: Path, tls: ssl.SSLContext | None) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._ledger = Ledger(folder)
        self._tls = tls
        self._lock = Lock()
        self._armed: deque[str] = deque()
        self._drip_seconds = 0.05
        self._open: set[socket.socket] = set()

    def serve(self) -> None:
        while True:
            sock, _ = self.listener.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            Thread(target=self._welcome, args=(sock,), daemon=True).start()

    def arm(self, faults: list[str], drip_seconds: float) -> None:
        """Forget what was armed before, and arm these."""
        with self._lock:
            self._armed, self._drip_seconds = deque(faults), drip_seconds
            if faults == [CLOSE_IDLE]:
                for sock in self._open:
                    with suppress(OSError):  # it is gone already
                        sock.shutdown(socket.SHUT_RDWR)

    def _welcome(self, sock: socket.socket) -> None:
        with self._lock:
            self._open.add(sock)
        try:
            spoil = self._take_armed(HANDSHAKE_FAULTS) if self._tls else None
            if spoil:
                spoil(sock)
            else:
                stream = TlsStream(sock, self._tls) if self._tls else PlainStream(sock)
                self._attend(Exchange(sock, stream, self._ledger))
        except (OSError, EOFError):  # the other side went away
            return
        finally:
            with self._lock:
                self._open.discard(sock)
            sock.close()

    def _attend(self, exchange: Exchange) -> None:
        while exchange.sock.fileno() >= 0:  # a fault may have closed it
            exchange.stream.wait()
            fault = self._take_armed(_AT_A_REQUEST)
            if fault:
                exchange.drip_seconds = self._drip_seconds
                fault(exchange)
            else:
                exchange.read_all()
                exchange.answer(CREATED)

    def _take_armed(self, faults: Mapping[str, F]) -> F | None:
        with self._lock:
            if self._armed and self._armed[0] in faults:
                return faults[self._armed.popleft()]
            return None


def tls_of(certificate: str | None = None, key: str | None = None) -> ssl.SSLContext | None:
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def main() -> None:
    server = FaultServer(Path(sys.argv[1]), tls_of(*sys.argv[2:]))
    print(server.listener.getsockname()[1], flush=True)
    Thread(target=server.serve, daemon=True).start()
    for line in sys.stdin:
        server.arm(**json.loads(line))
        print("armed", flush=True)


if __name__ == "__main__":
    main()
