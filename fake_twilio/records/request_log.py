"""Which requests came to the API, when, and what they were told: the last ones of many.

A recipient is told as a digest: it says whether two requests are about the same one, and it is no number.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple
from urllib.parse import unquote_plus

from fake_twilio.domain.fate.faults import ANSWERED, FAULT, Fault

MAX_REQUESTS = 10_000
TWILIOS = ("/20", "/v1", "/v2")  # what is below is Twilio's; all else is ours
REFUSED = "fake_twilio.refused"  # in the environment of a request: the code with which it was refused
_RECIPIENT = re.compile(rb"(?:^|&)To=([^&]{1,64})")
Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
Headers = list[tuple[str, str]]  # named, since what is written at a function inside another is made for each request


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRequest:
    """One request and its answer.

    *began* and *ended* are in seconds since 1970, in the time of the run; *real_began* and *real_ended* in real
    seconds from any beginning. *fault* is how the answer was broken, if it was; an answer that a fault delays ends when
    the caller has it.
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


class Note(NamedTuple):
    """A request as it came; what it tells is looked for when somebody asks, not while somebody waits for an answer."""

    began: float
    ended: float
    real_began: float
    real_ended: float
    method: str
    path: str
    recipient: bytes
    status: str
    code: int | None
    retry_after: str | None
    fault: str | None
    late_ends: Sequence[tuple[float, float]] = ()  # in the run's time and in real seconds; one, once a fault is over

    def seen(self) -> SeenRequest:
        account_sid, resource = _place(self.path)
        ended, real_ended = self.late_ends[0] if self.late_ends else (self.ended, self.real_ended)
        return SeenRequest(
            began=self.began,
            ended=ended,
            real_began=self.real_began,
            real_ended=real_ended,
            method=self.method,
            resource=resource,
            account_sid=account_sid,
            recipient=recipient_digest(unquote_plus(self.recipient.decode("latin-1"))) if self.recipient else "",
            status=int(self.status[:3]),
            code=self.code,
            retry_after_seconds=None if self.retry_after is None else float(self.retry_after),
            fault=self.fault,
        )


class RequestLog:
    """The last 10,000 requests of a world."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self._log: deque[Note] = deque(maxlen=MAX_REQUESTS)

    def note(self, note: Note) -> None:
        self._log.append(note)

    def all(self) -> tuple[SeenRequest, ...]:
        """Return the requests in the order in which they were answered."""
        return tuple(note.seen() for note in self._log.copy())


class LoggedRequests:
    """A WSGI application that notes the requests to *application* in the log of the moment."""

    def __init__(self, application: Application, log: Callable[[], RequestLog], monotonic: Callable[[], float]) -> None:
        self._application = application
        self._log = log
        self._monotonic = monotonic

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(TWILIOS):
            return self._application(environ, start_response)
        log, recipient = self._log(), _recipient(environ)
        began, real_began = log.now(), self._monotonic()
        told: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            told.append((status, headers))
            return start_response(status, headers, exc_info)

        chunks = self._application(environ, start)
        status, headers = told[-1] if told else ("500", [])
        times = (began, log.now(), real_began, self._monotonic())
        fault: Fault | None = environ.get(FAULT)
        retry_after = None if status.startswith("2") else _retry_after(headers)
        kind = fault.kind if fault else None
        late = self._late_ends(environ, log) if fault else ()
        method, code = environ["REQUEST_METHOD"], environ.get(REFUSED)
        log.note(Note(*times, method, path, recipient, status, code, retry_after, kind, late))
        return chunks

    def _late_ends(self, environ: Environ, log: RequestLog) -> Sequence[tuple[float, float]]:
        """Return what will hold the end of a request whose fault is still to be performed."""
        ends: list[tuple[float, float]] = []
        others = environ.get(ANSWERED)

        def answered() -> None:
            ends.append((log.now(), self._monotonic()))
            if others:
                others()

        environ[ANSWERED] = answered
        return ends


def recipient_digest(number: str) -> str:
    """Return what stands for a number in the log."""
    return blake2b(number.strip().encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _recipient(environ: Environ) -> bytes:
    """Return whom the request's form is to reach, as it stands there; empty if nobody."""
    whole = getattr(environ.get("wsgi.input"), "getvalue", None)
    if environ["REQUEST_METHOD"] != "POST" or whole is None:
        return b""
    found = _RECIPIENT.search(whole())
    return found[1] if found else b""


def _place(path: str) -> tuple[str, str]:
    """Return the account of a path and what is asked for there, without SIDs and numbers."""
    parts = path.split("/")
    if parts[2:3] == ["Accounts"]:
        rest = parts[4:5] or ["Accounts"]
        return ".".join(parts[3:4]).partition(".")[0], rest[0].partition(".")[0]
    return "", "/".join(parts[1:3])


def _retry_after(headers: Headers) -> str | None:
    return next((value for name, value in headers if name == "Retry-After"), None)
