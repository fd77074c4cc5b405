"""The one place of the fake that opens connections, and only to what the allow-list holds.

Source of the times: Twilio, "Webhook connection overrides": so long to connect (TLS included) and to send, so long to
the first byte and from packet to packet, so long in all; a webhook brings them along, in seconds of the machine.
"""

import io
import logging
import socket
from collections.abc import Callable
from http.client import HTTPResponse
from typing import Any
from urllib.parse import SplitResult, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from fake_twilio.deadline import DeadlineReader
from fake_twilio.domain.overrides import Limits
from fake_twilio.domain.retries import Failure
from fake_twilio.domain.targets import TargetRefused, Targets
from fake_twilio.webhooks import Answer, Webhook

MAX_ANSWER_BYTES = 64 * 1024
MAX_READ_BYTES = 1024 * 1024  # with all headers; what http.client reads at once is bounded by nothing else

_A_MOMENT_SECONDS = 0.001  # a timeout of zero would mean something else

Resolve = Callable[[str, int], list[str]]
_log = logging.getLogger("fake_twilio")


class Outbound:
    """Posts webhooks over kept connections, and only to *targets*, this machine if nothing else is said."""

    def __init__(
        self,
        *,
        connections: int,
        monotonic: Callable[[], float],
        resolve: Resolve | None = None,
        targets: Targets | None = None,
    ) -> None:
        self._manager = urllib3.PoolManager(num_pools=32, maxsize=connections, retries=False)
        self._manager.pool_classes_by_scheme = {"http": _VerbatimPool, "https": _VerbatimTLSPool}
        self._monotonic = monotonic
        self._resolve = resolve or resolve_addresses
        self._targets = targets or Targets()

    def post(self, webhook: Webhook) -> Answer:
        """Send *webhook* once, with its method and within its limits; whatever happens is told in the answer."""
        journey = _Journey(webhook.limits, self._monotonic)
        try:
            return self._exchange(webhook, journey)
        except (TargetRefused, HTTPError, OSError, ValueError) as error:
            return Answer(error=_reason(error), failure=journey.failure(error), seconds=journey.seconds)

    def close(self) -> None:
        self._manager.clear()

    def _exchange(self, webhook: Webhook, journey: "_Journey") -> Answer:
        parts = urlsplit(webhook.target)
        response = self._pool(parts).urlopen(
            webhook.method,
            "/",
            target=webhook.request_target,
            journey=journey,
            body=webhook.body() or None,
            headers={"Host": parts.netloc, **webhook.headers()},
            timeout=urllib3.Timeout(connect=journey.connect_seconds, read=journey.seconds_left),
            redirect=False,
            preload_content=False,
        )
        try:
            return _answer(response, journey)
        finally:
            response.drain_conn() if response.length_remaining == 0 else response.close()

    def _pool(self, parts: SplitResult) -> HTTPConnectionPool:
        """Return the connections to the checked address; name and certificate stay those of the host."""
        host, secure = parts.hostname or "", parts.scheme == "https"
        if parts.scheme not in ("http", "https"):
            raise TargetRefused("only http and https addresses may be called")
        port = parts.port or (443 if secure else 80)
        names = {"server_hostname": host, "assert_hostname": host} if secure else {}
        address = self._checked_address(parts.scheme, host, port)
        return self._manager.connection_from_host(address, port, parts.scheme, pool_kwargs=names)

    def _checked_address(self, scheme: str, host: str, port: int) -> str:
        """Return where to connect; the name is asked for once, so that it cannot change its mind after the check."""
        try:
            self._targets.check_name(scheme, host)
            addresses = self._resolve(host, port)
            self._targets.check(host, port, addresses)
        except TargetRefused as refused:
            _log.warning("%s", refused)
            raise
        return addresses[0]


def _answer(response: BaseHTTPResponse, journey: "_Journey") -> Answer:
    """Read what an answer says, and of its body as much as counts."""
    body = response.read(MAX_ANSWER_BYTES + 1)
    return Answer(
        status=response.status,
        body=body[:MAX_ANSWER_BYTES],
        is_cut=len(body) > MAX_ANSWER_BYTES,
        content_type=response.headers.get("Content-Type"),
        location=_text(response.headers.get("Location")),
        challenge=_text(response.headers.get("WWW-Authenticate")),
        cookies=tuple(response.headers.getlist("Set-Cookie")),
        seconds=journey.seconds,
    )


def _text(header: str | None) -> str | None:
    """Return a header as the UTF-8 that it is most often; `http.client` takes every byte for a character."""
    return header and header.encode("latin-1", "replace").decode("utf-8", "replace")


class _Journey:
    """How far one request has come, and how long it may still take."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._began = monotonic()
        self._reader: DeadlineReader | None = None
        self.is_connected = False

    @property
    def seconds(self) -> float:
        return self._monotonic() - self._began

    @property
    def seconds_left(self) -> float:
        return max(self._limits.total_seconds - self.seconds, _A_MOMENT_SECONDS)

    @property
    def connect_seconds(self) -> float:
        return min(self._limits.connect_seconds, self.seconds_left)

    def reader(self, connection: socket.socket) -> DeadlineReader:
        """Return what reads the answer until the time is over."""
        self._reader = DeadlineReader(connection, self._monotonic, self._limits.read_seconds, MAX_READ_BYTES)
        self._reader.allow(self.seconds_left)
        return self._reader

    def failure(self, error: Exception) -> Failure:
        """Return what *error* means at the place to which this request has come."""
        if self._reader is not None and self._reader.has_begun:
            return Failure.PARTIAL
        if self.is_connected:
            return Failure.SILENT if isinstance(_deepest(error), TimeoutError) else Failure.BROKEN
        return Failure.REFUSED if isinstance(error, TargetRefused | ValueError) else Failure.CONNECT


class _Reply(HTTPResponse):
    """An answer after which the connection serves again only if it is a 2xx.

    What follows another answer leaves at once, and might meet a server that closes just then.
    """

    def begin(self) -> None:
        super().begin()
        self.will_close = self.will_close or not 200 <= self.status < 300


class _PatientConnection(HTTPConnection):
    """Sends a request in one write, and reads an answer until a deadline, however slowly it comes."""

    journey: _Journey
    _held: list[bytes] | None = None  # head and body, while they are put together

    def request(self, *args: Any, **options: Any) -> None:
        self._held = []
        try:
            super().request(*args, **options)
        finally:
            whole, self._held = b"".join(self._held), None
        self.send(whole)

    def send(self, data: Any) -> None:
        if self._held is None:
            super().send(data)
        else:
            self._held.append(data)

    def connect(self) -> None:
        super().connect()
        self.journey.is_connected = True

    def response_class(self, sock: socket.socket, *args: Any, **options: Any) -> HTTPResponse:  # type: ignore[override] # http.client calls it as a factory
        response = _Reply(sock, *args, **options)
        response.fp.close()
        response.fp = io.BufferedReader(self.journey.reader(sock))
        return response


class _PatientTLSConnection(_PatientConnection, HTTPSConnection):
    """The same over TLS."""


class _VerbatimPool(HTTPConnectionPool):
    """Requests an address character for character: what is signed must be what arrives."""

    ConnectionCls: Any = _PatientConnection

    def _make_request(  # type: ignore[override] # urlopen hands further words through
        self, conn: Any, method: str, _url: str, *, target: str, journey: _Journey, **options: Any
    ) -> Any:
        conn.journey = journey
        journey.is_connected = not conn.is_closed
        return super()._make_request(conn, method, target, **options)


class _VerbatimTLSPool(_VerbatimPool, HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls: Any = _PatientTLSConnection


def resolve_addresses(host: str, port: int) -> list[str]:
    """Return the addresses of *host*, IPv4 first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in sorted(found, key=lambda entry: entry[0] != socket.AF_INET)]


def _reason(error: Exception) -> str:
    """Name the deepest cause of a failure; what was refused speaks for itself."""
    deepest = _deepest(error)
    return str(error) if isinstance(error, TargetRefused) else f"{type(deepest).__name__}: {deepest}"


def _deepest(error: BaseException) -> BaseException:
    while (deeper := error.__cause__ or error.__context__) is not None:
        error = deeper
    return error
