"""Apps of this process that take webhooks in place of the network: without a port, a name look-up or a real second.

A mounted app gets what it would get over HTTP, as PEP 3333 has it: the environment is made from the webhook's own
bytes. What it does costs nothing but its own delivery, except that an app that never answers keeps its thread.
"""

import logging
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from threading import Lock
from typing import Any
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit

from fake_twilio.delivery.exchange import MAX_ANSWER_BYTES
from fake_twilio.delivery.webhook import Answer, Webhook
from fake_twilio.domain.webhooks.retries import Failure

_PORTS = {"http": 80, "https": 443}
_log = logging.getLogger("fake_twilio")

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
Post = Callable[[Webhook], Answer]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an app is: scheme, host and port of its URLs."""

    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> "Origin":
        """Read an origin such as ``https://app.test``, or raise `ValueError`."""
        parts = urlsplit(text)
        if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
            raise ValueError(f"wanted an origin such as https://app.test, got {text!r}")
        if parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ValueError(f"an app takes all URLs of its origin, so nothing may follow it: {text!r}")
        return cls.of(parts)

    def __str__(self) -> str:
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{port}"

    @classmethod
    def of(cls, parts: SplitResult) -> "Origin":
        """Return the origin of a URL; a port that is not given is the one of the scheme."""
        return cls(parts.scheme, parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0))


class MountedApp:
    """A WSGI application that is asked directly; its answers count as having taken *takes_seconds*.

    What takes longer than the webhook's limits is a timeout, although the app has done its work.
    """

    def __init__(self, app: Application, takes_seconds: float = 0.0) -> None:
        self._app = app
        self._seconds = takes_seconds

    def post(self, webhook: Webhook) -> Answer:
        """Send *webhook* once; whatever happens is told in the answer, a broken app as a 500."""
        response = _Response()
        try:
            response.collect(self._app(_environ(webhook), response.start))
            answer = response.to_answer(self._seconds)
        except BaseException as error:  # also what tests and `sys.exit` raise: nothing of it may end the worker
            _log.exception("the app that is mounted for %s failed", webhook.shown_url)
            return Answer(status=500, body=f"{type(error).__name__}: {error}".encode(), seconds=self._seconds)
        limit = min(webhook.limits.read_seconds, webhook.limits.total_seconds)
        if self._seconds > limit:
            return Answer(error=f"TimeoutError: no answer within {limit:g} s", failure=Failure.SILENT, seconds=limit)
        return answer


class Mounts:
    """Gives a webhook to the app that is mounted for its URL, else to the *network*."""

    def __init__(self, network: Post) -> None:
        self._network = network
        self._apps: dict[Origin, MountedApp] = {}
        self._lock = Lock()

    def mount(self, origin: str, app: Application, takes_seconds: float = 0.0) -> None:
        """Let *app* take what goes to *origin*, in place of another one; raise `TypeError` if it is no app."""
        if not callable(app):
            raise TypeError(f"wanted a WSGI application for {origin}, not {type(app).__name__}")
        with self._lock:
            self._apps[Origin.parse(origin)] = MountedApp(app, takes_seconds)

    def unmount(self, origin: str) -> None:
        """Take the app of *origin* away; raise `LookupError` if there is none."""
        with self._lock:
            del self._apps[Origin.parse(origin)]

    def clear(self) -> None:
        """Take all apps away."""
        with self._lock:
            self._apps.clear()

    def post(self, webhook: Webhook) -> Answer:
        """Send *webhook* once, to where its URL leads."""
        app = self._find(webhook)
        return app.post(webhook) if app else self._not_mounted(self._network(webhook))

    def _not_mounted(self, answer: Answer) -> Answer:
        """Add to a failed connection what is mounted: most often it was meant for that, and is written wrongly."""
        if not self._apps or answer.failure is not Failure.CONNECT:
            return answer
        with self._lock:
            known = ", ".join(sorted(str(origin) for origin in self._apps))
        return replace(answer, error=f"{answer.error}; apps are mounted at {known}")

    def _find(self, webhook: Webhook) -> MountedApp | None:
        if not self._apps:  # what is most often so: nobody need ask where the URL leads
            return None
        try:
            origin = Origin.of(urlsplit(webhook.target))
        except ValueError:  # a URL that cannot be split; the network says what is wrong with it
            return None
        with self._lock:
            return self._apps.get(origin)


class _Response:
    """What an app answers, as PEP 3333 has it."""

    def __init__(self) -> None:
        self.status: int | None = None
        self.headers: list[tuple[str, str]] = []
        self.body = b""

    def start(self, status: str, headers: list[tuple[str, str]], _exc_info: Any = None) -> Callable[[bytes], None]:
        self.status, self.headers = int(status[:3]), headers
        return self._write

    def collect(self, chunks: Iterable[bytes]) -> None:
        """Read the body, as much of it as Twilio takes, and tell the app that this was all."""
        try:
            for chunk in chunks:
                self._write(chunk)
                if len(self.body) > MAX_ANSWER_BYTES:
                    break
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()
        if self.status is None:
            raise RuntimeError("the app answered without calling start_response")

    def to_answer(self, seconds: float) -> Answer:
        return Answer(
            status=self.status,
            body=self.body[:MAX_ANSWER_BYTES],
            is_cut=len(self.body) > MAX_ANSWER_BYTES,
            content_type=self._header("content-type"),
            location=self._header("location"),
            challenge=self._header("www-authenticate"),
            cookies=tuple(value for name, value in self.headers if name.lower() == "set-cookie"),
            seconds=seconds,
        )

    def _header(self, wanted: str) -> str | None:
        return next((value for name, value in self.headers if name.lower() == wanted), None)

    def _write(self, chunk: bytes) -> None:
        self.body = (self.body + chunk)[: MAX_ANSWER_BYTES + 1]  # the one more says that it is too long


def _environ(webhook: Webhook) -> Environ:
    """Return the request as a server on the webhook's own address would have read it."""
    parts = urlsplit(webhook.target)
    origin = Origin.of(parts)
    target = webhook.request_target
    path, _, query = target.partition("?")
    body = webhook.body()
    return {
        "REQUEST_METHOD": webhook.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "REQUEST_URI": target,
        "RAW_URI": target,
        "SERVER_NAME": origin.host,
        "SERVER_PORT": str(origin.port),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        **_header_variables({"Host": parts.netloc, **webhook.headers()}),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": origin.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _header_variables(headers: dict[str, str]) -> dict[str, str]:
    """Return headers under the names that CGI gave them."""
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    if "HTTP_CONTENT_TYPE" in named:
        named["CONTENT_TYPE"] = named.pop("HTTP_CONTENT_TYPE")
    return named
