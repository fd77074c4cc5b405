"""The one place of the fake that opens connections, and only to what the allow-list holds.

Source of the times: Twilio, "Webhooks connection overrides": 5 s to connect, 15 s for the answer.
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

from fake_twilio.deadline import DeadlineReader
from fake_twilio.domain.targets import TargetRefused, Targets
from fake_twilio.webhooks import Answer, Webhook

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 15.0  # from the request's end to the answer's
MAX_ANSWER_BYTES = 64 * 1024

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
        """Post *webhook* once; whatever happens is told in the answer."""
        began = self._monotonic()
        try:
            status, content_type, body = self._exchange(webhook)
        except TargetRefused as refused:
            return Answer(error=str(refused))
        except (HTTPError, OSError, ValueError) as error:
            return Answer(error=_reason(error), seconds=self._monotonic() - began)
        return Answer(
            status=status,
            body=body[: MAX_ANSWER_BYTES + 1],  # the one more says that it is too long
            content_type=content_type,
            is_cut=len(body) > MAX_ANSWER_BYTES,
            seconds=self._monotonic() - began,
        )

    def close(self) -> None:
        self._manager.clear()

    def _exchange(self, webhook: Webhook) -> tuple[int, str | None, bytes]:
        parts = urlsplit(webhook.target)
        response = self._pool(parts).urlopen(
            webhook.method,
            "/",
            target=_request_target(webhook.target, parts),
            monotonic=self._monotonic,
            body=webhook.body(),
            headers={"Host": parts.netloc, **webhook.headers()},
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=TOTAL_SECONDS),
            redirect=False,
            preload_content=False,
        )
        try:
            return response.status, response.headers.get("Content-Type"), response.read(MAX_ANSWER_BYTES + 1)
        finally:
            response.drain_conn() if response.length_remaining == 0 else response.close()

    def _pool(self, parts: SplitResult) -> HTTPConnectionPool:
        """Return the connections to the checked address; name and certificate stay those of the host."""
        host, secure = parts.hostname or "", parts.scheme == "https"
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


def _request_target(address: str, parts: SplitResult) -> str:
    """Return what stands in the request line: the address from its path on, unchanged."""
    rest = address.partition("//")[2].removeprefix(parts.netloc)
    return rest if rest.startswith("/") else f"/{rest}"


class _PatientConnection(HTTPConnection):
    """Reads an answer until a deadline, however slowly it comes."""

    monotonic: Callable[[], float]

    def response_class(self, sock: socket.socket, *args: Any, **options: Any) -> HTTPResponse:  # type: ignore[override] # http.client calls it as a factory
        response = HTTPResponse(sock, *args, **options)
        response.fp.close()
        reader = DeadlineReader(sock, self.monotonic)
        reader.allow(TOTAL_SECONDS)
        response.fp = io.BufferedReader(reader)
        return response


class _PatientTLSConnection(_PatientConnection, HTTPSConnection):
    """The same over TLS."""


class _VerbatimPool(HTTPConnectionPool):
    """Requests an address character for character: what is signed must be what arrives."""

    ConnectionCls: Any = _PatientConnection

    def _make_request(  # type: ignore[override] # urlopen hands further words through
        self, conn: Any, method: str, _url: str, *, target: str, monotonic: Callable[[], float], **options: Any
    ) -> Any:
        conn.monotonic = monotonic
        return super()._make_request(conn, method, target, **options)


class _VerbatimTLSPool(_VerbatimPool, HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls: Any = _PatientTLSConnection


def resolve_addresses(host: str, port: int) -> list[str]:
    """Return the addresses of *host*, IPv4 first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in sorted(found, key=lambda entry: entry[0] != socket.AF_INET)]


def _reason(error: BaseException) -> str:
    """Name the deepest cause of a failure."""
    deepest = error
    while (deeper := deepest.__cause__ or deepest.__context__) is not None:
        deepest = deeper
    return f"{type(deepest).__name__}: {deepest}"
