"""A transport that tells Locust of each request, and changes nothing about it.

Locust's own session is not used: it follows redirects, reads proxies from the environment and keeps cookies, so a
client over it would prove nothing about what was sent. So the client's own transport goes out, and Locust hears of it.
"""

from collections.abc import Callable
from typing import Any, Protocol

from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.names import route_of
from fake_twilio.timing.clock import monotonic
from twilio_sms.transport.wire import LostAnswer, Request, Response, Transport


class Fire(Protocol):
    """What is told of one request: `fire` of Locust's event ``request``."""

    def __call__(
        self,
        *,
        request_type: str,
        name: str,
        response_time: float,  # milliseconds
        response_length: int,  # bytes
        exception: Exception | None,
        context: dict[str, Any],
    ) -> None: ...


class MeasuredTransport:
    """Carries requests by *inner*, and fires for each once it is over; *perf* gives seconds that only ever grow.

    It is named by its method and route, and a failure by its status or by how far it came: statistics have no line for
    each number or SID. What *inner* returns and raises is passed on as it is.
    """

    def __init__(self, inner: Transport, fire: Fire, perf: Callable[[], float] = monotonic) -> None:
        self._inner = inner
        self._fire = fire
        self._perf = perf

    def send(self, request: Request) -> Response:
        began = self._perf()
        try:
            response = self._inner.send(request)
        except LostAnswer as lost:
            self._tell(request, began, 0, RequestFailed(f"answer lost ({lost.phase.value})"))
            raise
        except BaseException:  # the user ends: nobody knows what became of the request
            self._tell(request, began, 0, RequestFailed("cut short"))
            raise
        failure = RequestFailed(f"HTTP {response.status}") if response.status >= 300 else None
        self._tell(request, began, len(response.body), failure)
        return response

    def close(self) -> None:
        self._inner.close()

    def _tell(self, request: Request, began: float, length: int, failure: RequestFailed | None) -> None:
        self._fire(
            request_type=request.method,
            name=route_of(request.url),
            response_time=(self._perf() - began) * 1000,
            response_length=length,
            exception=failure,
            context={},
        )
