"""Twilio's headers, as observed on api.twilio.com; those for browsers of other origins are left out."""

from collections.abc import Callable, Iterable
from typing import Any

from fake_twilio.accounts.under_way import VISIT, Visit
from fake_twilio.domain.fate.faults import ANSWERED, FAULT

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
Headers = list[tuple[str, str]]  # named, since what is written at a function inside another is made for each request
REQUEST_ID = "fake_twilio.request_id"  # in the environment of a request: the id that its view chose


class TwilioHeaders:
    """A WSGI application that adds the headers to every answer of *application*.

    *next_request_id* makes the id of a request whose view chose none. A request is under way until it is answered,
    whatever becomes of it; one of nobody known is told that it is alone (inferred).
    """

    def __init__(
        self, application: Application, next_request_id: Callable[[], str], monotonic: Callable[[], float]
    ) -> None:
        self._application = application
        self._next_request_id = next_request_id
        self._monotonic = monotonic

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        began = self._monotonic()

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            headers += self._headers(environ, self._monotonic() - began)
            return start_response(status, headers, exc_info)

        try:
            return self._application(environ, start)
        finally:
            visit: Visit | None = environ.get(VISIT)
            if visit and FAULT in environ:
                environ[ANSWERED] = visit.end  # a slow answer, say, is still to come
            elif visit:
                visit.end()

    def _headers(self, environ: Environ, seconds: float) -> Headers:
        visit: Visit | None = environ.get(VISIT)
        return [
            ("Twilio-Request-Id", environ.get(REQUEST_ID) or self._next_request_id()),
            ("Twilio-Request-Duration", f"{seconds:.3f}"),
            ("Twilio-Concurrent-Requests", str(visit.under_way if visit else 1)),
            ("X-Home-Region", "us1"),
            ("X-Api-Domain", "api.twilio.com"),
        ]
