"""A webhook as it came in, whatever framework took it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from twilio_sms.errors import ValidationError

MAX_BODY_BYTES = 64 * 1024  # thirty times the longest text, percent-encoded

# What WSGI has decoded is encoded again: the letters that a path may hold stay (RFC 3986, pchar and "/").
_PATH_SAFE = "/:@!$&'()*+,;=~-._"
_ORIGIN = re.compile(r"https?://[^/?#]*", re.ASCII | re.IGNORECASE)  # of a target in absolute form: RFC 9112, 3.2.2
_LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)


class WebhookRequest(NamedTuple):
    """One request: what its signature is over, and who sent it.

    *url* is as the server sees it: scheme, host, path and query, not decoded. *headers* are pairs with lower-case
    names, in their order. *body* is what came, at most one byte more than may come. *peer* is the address that the
    connection came from.
    """

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    peer: str | None = None

    @classmethod
    def of(
        cls,
        method: str,
        url: str,
        headers: Mapping[str, str] | Iterable[tuple[str, str]],
        body: bytes,
        peer: str | None = None,
    ) -> "WebhookRequest":
        """Make a request of what any framework has: *headers* as a mapping or as pairs, their names in any case.

        Pairs are better than a mapping, which hides a header that came twice. Raises `ValidationError` for what is no
        text, no pair or, as a *body*, no bytes: a body that was decoded is no longer what was signed.
        """
        if not isinstance(method, str) or not isinstance(url, str):
            raise ValidationError("method and url must be texts")
        if not isinstance(body, bytes):
            raise ValidationError(f"body must be the bytes that came, is {type(body).__name__}")
        return cls(method.upper(), url, _pairs(headers), body, peer)

    @classmethod
    def from_wsgi(cls, environ: Mapping[str, Any]) -> "WebhookRequest":
        """Read the request of a WSGI *environ*, its body too: give it before anything else has read that."""
        return cls(
            method=str(environ.get("REQUEST_METHOD", "GET")).upper(),
            url=f"{environ.get('wsgi.url_scheme', 'http')}://{_host(environ)}{_target(environ)}",
            headers=tuple(_headers(environ)),
            body=_body(environ),
            peer=environ.get("REMOTE_ADDR") or None,
        )

    def header(self, name: str) -> str | None:
        """Return the value of a header by its lower-case *name*; ``None`` if it is absent or there twice."""
        values = [value for key, value in self.headers if key == name]
        return values[0] if len(values) == 1 else None

    def __repr__(self) -> str:
        return f"WebhookRequest({self.method}, {len(self.body)} bytes)"  # all else may hold numbers and texts


def _pairs(headers: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the headers with lower-case names."""
    try:
        pairs = [(name, value) for name, value in (headers.items() if isinstance(headers, Mapping) else headers)]
        are_texts = all(isinstance(text, str) for pair in pairs for text in pair)
    except (TypeError, ValueError):  # no pairs
        are_texts = False
    if not are_texts:
        raise ValidationError("headers must be texts: a mapping, or pairs of name and value")
    return tuple((name.lower(), value) for name, value in pairs)


def _host(environ: Mapping[str, Any]) -> str:
    if environ.get("HTTP_HOST"):
        return str(environ["HTTP_HOST"])
    port = str(environ.get("SERVER_PORT", ""))
    usual = {"http": "80", "https": "443"}.get(environ.get("wsgi.url_scheme", "http"))
    return str(environ.get("SERVER_NAME", "")) + (f":{port}" if port and port != usual else "")


def _target(environ: Mapping[str, Any]) -> str:
    """Return path and query as they came; most servers keep them, and of the others the path is encoded anew.

    Then nobody knows whether a ``%2F`` was one: what was signed with it is refused.
    """
    query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
    for name in ("RAW_URI", "REQUEST_URI"):
        target = _without_origin(str(environ.get(name, "")).partition("#")[0])
        if target.startswith("/"):
            return target if "?" in target else target + query  # Werkzeug's test client keeps the path alone
    path = _without_origin(f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}")
    return quote(path.encode("latin-1", "replace"), safe=_PATH_SAFE) + query


def _without_origin(target: str) -> str:
    found = _ORIGIN.match(target)
    return target[found.end() :] if found else target


def _headers(environ: Mapping[str, Any]) -> list[tuple[str, str]]:
    plain = [(name, environ[name]) for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if environ.get(name)]
    sent = [(name.removeprefix("HTTP_"), value) for name, value in environ.items() if name.startswith("HTTP_")]
    return [(name.replace("_", "-").lower(), str(value)) for name, value in plain + sent]


def _body(environ: Mapping[str, Any]) -> bytes:
    """Return the body, at most a byte more than may come: nobody fills the memory with it."""
    stream = environ.get("wsgi.input")
    missing = min(_announced(environ), MAX_BODY_BYTES + 1)
    parts = list[bytes]()
    while stream is not None and missing and (part := stream.read(missing)):  # a server may give it in pieces
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _announced(environ: Mapping[str, Any]) -> int:
    """Return how much there is to read; without a length there is an end only if the server says so (chunks)."""
    text = str(environ.get("CONTENT_LENGTH") or "")
    if _LENGTH.fullmatch(text):
        return int(text)
    return MAX_BODY_BYTES + 1 if environ.get("wsgi.input_terminated") else 0
