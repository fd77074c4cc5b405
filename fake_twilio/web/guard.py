"""Keeps browsers' pages from driving the fake: foreign hosts and origins are refused before anything else.

A page on any site may send requests to this machine, and may point a name of its own at it. So the Host must be a
name of this machine, an Origin must be our own, and nothing is said that would let another origin read an answer.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from werkzeug.wrappers import Response

from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.values.hosts import LOOPBACK_NAMES

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class Guard:
    """A WSGI application that lets only this machine's own requests through to *application*.

    It answers to *host*, where it listens, and to *allowed_hosts*.
    """

    def __init__(self, application: Application, host: str, allowed_hosts: Iterable[str]) -> None:
        if isinstance(allowed_hosts, str):
            raise TypeError('allowed_hosts is a tuple, such as ("app.internal",)')
        self._application = application
        self._hosts = LOOPBACK_NAMES | {name.lower() for name in (host, *allowed_hosts)}

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        reason = self._refusal(environ)
        if reason is None:
            return self._application(environ, start_response)
        body = Refusal(20403, 403, reason).body()
        return Response(body, 403, content_type="application/json")(environ, start_response)

    def _refusal(self, environ: Environ) -> str | None:
        if _hostname(f"//{environ.get('HTTP_HOST', '')}") not in self._hosts:
            return "This Host is not served here; allow it with --allowed-host"
        origin = environ.get("HTTP_ORIGIN")
        if origin is not None and origin.partition("://")[2] != environ["HTTP_HOST"]:
            return "Requests from pages of another origin are refused"
        if environ.get("HTTP_SEC_FETCH_SITE") == "cross-site":
            return "Requests from pages of another site are refused"
        return None


@lru_cache(64)
def _hostname(address: str) -> str | None:
    """Return the host of an address; clients ask with few different ones, over and over."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
