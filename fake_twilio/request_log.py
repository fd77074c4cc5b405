"""Which requests came to the API, when, and what they were told: the last ones of many.

A recipient stands there as a digest: it tells whether two requests are about the same one, and it is no number.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from urllib.parse import unquote_plus

from fake_twilio.domain.faults import FAULT, Fault

MAX_REQUESTS = 10_000
OWN_API = "/_fake"  # it is ours, and none of Twilio's
REFUSED = "fake_twilio.refused"  # in the environment of a request: the code with which it was refused
_RECIPIENT = re.compile(rb"(?:^|&)To=([^&]*)")
Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRequest:
    """One request and its answer.

    *began* and *ended* are in seconds since 1970, in the time of the run; *real_began* and *real_ended* in real
    seconds from any beginning. *fault* is how the answer was broken, if it was.
    """

    began: float
    ended: float
    real_began: float
    real_ended: float
    method: str
    resource: str
    account_sid: str
    recipient: str
    status: int
    code: int | None = None
    retry_after_seconds: float | None = None
    fault: str | None = None

    @property
    def is_create(self) -> bool:
        """Whether it was to make a message."""
        return (self.method, self.resource) == ("POST", "Messages")

    @property
    def is_answered(self) -> bool:
        """Whether the caller could read the answer."""
        return self.fault is None


class RequestLog:
    """The last 10,000 requests of a world."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self._log: deque[SeenRequest] = deque(maxlen=MAX_REQUESTS)

    def note(self, request: SeenRequest) -> None:
        self._log.append(request)

    def all(self) -> tuple[SeenRequest, ...]:
        """Return the requests in the order in which they were answered."""
        return tuple(self._log.copy())


class LoggedRequests:
    """A WSGI application that notes the requests to *application* in the log of the moment."""

    def __init__(self, application: Application, log: Callable[[], RequestLog], monotonic: Callable[[], float]) -> None:
        self._application = application
        self._log = log
        self._monotonic = monotonic

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(OWN_API):
            return self._application(environ, start_response)
        log, recipient = self._log(), _recipient(environ)
        began, real_began = log.now(), self._monotonic()
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            told.append((status, headers))
            return start_response(status, headers, exc_info)

        chunks = self._application(environ, start)
        account_sid, resource = _place(environ["PATH_INFO"])
        status, headers = told[-1] if told else ("500", [])
        fault: Fault | None = environ.get(FAULT)
        log.note(
            SeenRequest(
                began=began,
                ended=log.now(),
                real_began=real_began,
                real_ended=self._monotonic(),
                method=environ["REQUEST_METHOD"],
                resource=resource,
                account_sid=account_sid,
                recipient=recipient,
                status=int(status[:3]),
                code=environ.get(REFUSED),
                retry_after_seconds=_retry_after(headers),
                fault=fault.kind if fault else None,
            )
        )
        return chunks


def recipient_digest(number: str) -> str:
    """Return what stands for a number in the log."""
    return blake2b(number.strip().encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _recipient(environ: Environ) -> str:
    """Return the digest of whom the request's form is to reach; empty if nobody."""
    whole = getattr(environ.get("wsgi.input"), "getvalue", None)
    if environ["REQUEST_METHOD"] != "POST" or whole is None:
        return ""
    found = _RECIPIENT.search(whole())
    return recipient_digest(unquote_plus(found[1].decode("latin-1"))) if found else ""


def _place(path: str) -> tuple[str, str]:
    """Return the account of a path and what is asked for there, without SIDs and numbers."""
    parts = path.split("/")
    if parts[2:3] == ["Accounts"]:
        rest = parts[4:5] or ["Accounts"]
        return ".".join(parts[3:4]).partition(".")[0], rest[0].partition(".")[0]
    return "", "/".join(parts[1:3])


def _retry_after(headers: list[tuple[str, str]]) -> float | None:
    return next((float(value) for name, value in headers if name == "Retry-After"), None)
