"""The proxy as a WSGI application: each request goes on as it came, and so does its answer."""

from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.datastructures import EnvironHeaders
from werkzeug.wrappers import Response

from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.recording.wire import Answered, Asked, Forward, Headers, NotAnswered

# Of one connection (RFC 9110, section 7.6.1), or made anew for the next one. Bodies come as they are, to be read here.
OF_A_CONNECTION = frozenset(
    {
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer"),
        *("transfer-encoding", "upgrade", "host", "content-length", "date", "accept-encoding", "expect"),
    }
)
Note = Callable[[Asked, Answered], None]


class Proxy:
    """Forwards by *upstream* and tells *note* of each answer, before the answer goes back."""

    def __init__(self, upstream: Forward, note: Note) -> None:
        self._upstream = upstream
        self._note = note

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = read_request(environ)
        if not asked.target.startswith("/"):
            return _refuse(20001, 400, "Wanted a path, such as /2010-04-01/Accounts")(environ, start_response)
        try:
            answered = self._upstream.send(asked)
        except NotAnswered as lost:
            return _refuse(20503, 502, str(lost))(environ, start_response)
        self._note(asked, answered)
        start_response(f"{answered.status} {answered.reason}", list(_passed_on(answered.headers)))
        return [answered.body]


def read_request(environ: dict[str, Any]) -> Asked:
    """Return the request as it is to go on."""
    headers = _passed_on(tuple(EnvironHeaders(environ)))
    return Asked(
        method=environ["REQUEST_METHOD"],
        target=environ["REQUEST_URI"],
        headers=(*headers, ("Accept-Encoding", "identity")),
        body=environ["wsgi.input"].read(),
    )


def _passed_on(headers: Headers) -> Headers:
    return tuple((name, value) for name, value in headers if name.lower() not in OF_A_CONNECTION)


def _refuse(code: int, status: int, reason: str) -> Response:
    return Response(Refusal(code, status, reason).body(), status, content_type="application/json")
