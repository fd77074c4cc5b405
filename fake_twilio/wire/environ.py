"""A request as an application gets it: the environment of PEP 3333.

Werkzeug's own is made anew for each request from what a connection knows all along, and takes ten times as long.
"""

import sys
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from fake_twilio.wire.request_head import RequestHead

Environ = dict[str, Any]
SOFTWARE = "fake-twilio"
_ONCE = ("CONTENT_TYPE", "CONTENT_LENGTH")  # without a prefix; of two the last one counts


def environ_of_connection(server: tuple[str, int], client: tuple[str, int]) -> Environ:
    """Return what all requests of a connection have in common: who talks to whom, and how they are served."""
    return {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.input_terminated": True,  # a body is read whole before its application is called
        "SERVER_SOFTWARE": SOFTWARE,
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": client[1],
        "SCRIPT_NAME": "",
    }


def environ_of_request(connection: Environ, head: RequestHead) -> Environ:
    """Return the environment of one request on a *connection*, without its body.

    A header that comes twice is joined by a comma; the host of a whole address counts for the Host (RFC 9112, 3.2.2).
    What has an underscore in its name is left out: it would pass for the header with a hyphen there. Raises
    `ValueError` for an address that cannot be split.
    """
    host, path, query = _read_target(head.target)
    target = _as_bytes(head.target)
    environ = {
        **connection,
        "REQUEST_METHOD": head.method,
        "PATH_INFO": _as_bytes(unquote(path) if "%" in path else path),
        "QUERY_STRING": _as_bytes(query),
        "REQUEST_URI": target,
        "RAW_URI": target,
        "SERVER_PROTOCOL": head.version,
    }
    for name, value in head.headers:
        variable = _variable(name)
        if variable is not None:
            is_more = variable in environ and variable not in _ONCE
            environ[variable] = f"{environ[variable]},{value}" if is_more else value
    if host:
        environ["HTTP_HOST"] = host
    return environ


def _read_target(target: str) -> tuple[str, str, str]:
    """Return the host, if the target is a whole address, its path and its query; no fragment belongs in a request."""
    if target.startswith("/") and "#" not in target:  # what nearly all are
        path, _, query = target.partition("?")
        return "", path, query
    parts = urlsplit(target)
    return parts.netloc if parts.scheme else "", parts.path, parts.query


def _as_bytes(text: str) -> str:
    """Return *text* as PEP 3333 wants it: a character for each of its bytes."""
    return text if text.isascii() else text.encode().decode("latin-1")


@lru_cache(256)
def _variable(name: str) -> str | None:
    """Return under which name a header stands; clients send few different ones, over and over."""
    if "_" in name:
        return None
    variable = name.upper().replace("-", "_")
    return variable if variable in _ONCE else f"HTTP_{variable}"
