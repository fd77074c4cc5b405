"""Twilio's headers, as observed on api.twilio.com; those for browsers of other origins are left out."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
REQUEST_ID = "fake_twilio.request_id"  # in the environment of a request: the id that its view chose


class TwilioHeaders:
    """A WSGI application that adds the headers to every answer of *application*.

    *next_request_id* makes the id of a request whose view chose none.
    """

    def __init__(
        self, application: Application, next_request_id: Callable[[], str], monotonic: Callable[[], float]
    ) -> None:
        self._application = application
        self._next_request_id = next_request_id
        self._monotonic = monotonic
        self._lock = Lock()
        self._under_way = 0

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        began = self._monotonic()
        with self._lock:
            self._under_way += 1
            under_way = self._under_way

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            headers += self._headers(environ.get(REQUEST_ID), under_way, self._monotonic() - began)
            return start_response(status, headers, exc_info)

        try:
            return self._application(environ, start)
        finally:
            with self._lock:
                self._under_way -= 1

    def _headers(self, request_id: str | None, under_way: int, seconds: float) -> list[tuple[str, str]]:
        return [
            ("Twilio-Request-Id", request_id or self._next_request_id()),
            ("Twilio-Request-Duration", f"{seconds:.3f}"),
            ("Twilio-Concurrent-Requests", str(under_way)),
            ("X-Home-Region", "us1"),
            ("X-Api-Domain", "api.twilio.com"),
        ]
