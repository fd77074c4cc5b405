"""The real wire: the only file that imports requests.

What `requests` does by itself and must not here: follow redirects (each one sends the form again), read proxies and
.netrc from the environment, keep cookies, retry. So the session is left out: its adapter carries one prepared request.
"""

import sys
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from requests.exceptions import RequestException
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from twilio_sms.clock import Clock, SystemClock
from twilio_sms.errors import ValidationError
from twilio_sms.forks import tell_of_forks
from twilio_sms.transport.connections import TRACKED_POOLS
from twilio_sms.transport.journey import Journey, JourneyTimeout
from twilio_sms.transport.wire import LostAnswer, Request, Response
from twilio_sms.version import __version__

# ValueError: http.client's answer to a negative chunk size and the like.
_TROUBLE = (RequestException, HTTPError, HTTPException, OSError, ValueError)
_MAX_TOLD_CHARACTERS = 200
_CHUNK_BYTES = 1 << 16
_FIXED_HEADERS = {
    "User-Agent": f"twilio-sms/{__version__} Python/{sys.version.split()[0]}",
    "Accept": "application/json",
    "Accept-Encoding": "identity",
}


class HttpTransport:
    """Carries requests over kept connections; many threads may share it.

    *ca_bundle* is a file of certificates to trust in place of the usual ones; raises `ValidationError` if it is not
    there, since later that would look like a connection that fails.
    """

    def __init__(
        self,
        *,
        connections: int = 32,
        max_answer_bytes: int = 1 << 25,
        ca_bundle: str | None = None,
        clock: Clock | None = None,
    ) -> None:
        if ca_bundle is not None and not Path(ca_bundle).is_file():
            raise ValidationError(f"ca_bundle must be a file of certificates; there is none at {ca_bundle}")
        self._connections = connections
        self._verify = ca_bundle or True
        self._max_answer_bytes = max_answer_bytes
        self._monotonic = (clock or SystemClock()).monotonic
        self._adapter = self._new_adapter()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Use no connection of the parent: two processes that share one read each other's answers."""
        self._adapter = self._new_adapter()

    def _new_adapter(self) -> "_Adapter":
        return _Adapter(pool_maxsize=self._connections, max_retries=Retry(0, read=False))

    def send(self, request: Request) -> Response:
        """Carry *request* out, once; raise `LostAnswer` if no complete status line comes back."""
        journey = Journey(request.timeouts, self._monotonic, request.deadline, request.on_new_connection)
        try:
            timeout: Any = JourneyTimeout(journey)  # the adapter takes any urllib3 timeout, its types do not say so
            answer: Any = self._adapter.send(_prepared(request), stream=True, timeout=timeout, verify=self._verify)
        except _TROUBLE as error:
            trouble = _root(error)
        else:
            if journey.status is not None:
                body, damage = self._read(answer)
                return Response(status=answer.status, headers=_lower(answer.headers), body=body, damage=damage)
            answer.close()
            trouble = ConnectionError("no status line came whole")
        if journey.status is not None:
            return Response(status=journey.status, headers={}, body=b"", damage=_told(trouble))
        raise LostAnswer(journey.phase, _told(trouble)) from trouble

    def close(self) -> None:
        self._adapter.close()

    def _read(self, raw: Any) -> tuple[bytes, str | None]:
        """Return the body and what is wrong with it; only a connection whose answer was read to its end is kept."""
        body = bytearray()
        try:
            for chunk in raw.stream(_CHUNK_BYTES, decode_content=True):
                body += chunk
                if len(body) > self._max_answer_bytes:
                    raise HTTPError(f"the answer has more than {self._max_answer_bytes} bytes")
        except _TROUBLE as error:
            raw.close()
            return b"", _told(_root(error))
        raw.release_conn()
        return bytes(body), None


class _Adapter(HTTPAdapter):
    """requests' adapter over pools that track how far a request has come.

    It looks for no proxy, remembers the pool of each host, and hands urllib3's answer over as it is.
    """

    _pools: dict[str, Any]

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
        super().init_poolmanager(connections, maxsize, block, **options)
        self.poolmanager.pool_classes_by_scheme = TRACKED_POOLS
        self._pools = {}

    def get_connection_with_tls_context(self, request: PreparedRequest, *given: Any, **named: Any) -> Any:
        origin = str(request.url)[: str(request.url).find("/", len("https://"))]
        pool = self._pools.get(origin)
        if pool is None:
            pool = self._pools[origin] = super().get_connection_with_tls_context(request, *given, **named)
        return pool

    def request_url(self, request: PreparedRequest, _proxies: Any) -> str:
        return request.path_url

    def build_response(self, _request: PreparedRequest, answer: Any) -> Any:
        return answer

    def close(self) -> None:
        self._pools.clear()
        super().close()


def _prepared(request: Request) -> PreparedRequest:
    """Fill in a prepared request by hand: `prepare()` would look at cookies, hooks and the environment."""
    encoded = urlencode(request.form)
    headers = {**_FIXED_HEADERS, "Authorization": request.authorization}
    prepared = PreparedRequest()
    prepared.method, prepared.url = request.method, request.url
    prepared.headers = headers  # type: ignore[assignment] # the adapter only reads them; theirs costs 20 us
    if request.method == "POST":
        prepared.body = encoded.encode("ascii")
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers["Content-Length"] = str(len(encoded))
    elif encoded:
        prepared.url = f"{request.url}?{encoded}"
    return prepared


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _root(error: BaseException) -> BaseException:
    """Return the deepest cause: what wraps it holds the request, and with it the secret, the number and the text."""
    deepest = error
    while (deeper := deepest.__cause__ or (None if deepest.__suppress_context__ else deepest.__context__)) is not None:
        deepest = deeper
    return deepest


def _told(error: BaseException) -> str:
    """Tell a cause. What http.client says of an answer may hold that answer, and an answer may echo what was sent."""
    name = type(error).__name__
    if isinstance(error, HTTPException) and not isinstance(error, ConnectionError):
        return name
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{name}: {text[:_MAX_TOLD_CHARACTERS]}" if text else name
