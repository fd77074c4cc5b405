"""Spans for OpenTelemetry; needs the package opentelemetry-api.

Only the API is used: which SDK, sampler and exporter there are is the program's choice, and without one all of this
does nothing. An exception is told by its class and its codes, never recorded as it is: OpenTelemetry would write its
text, its arguments and the trace, and those hold what was sent.
"""

from contextvars import Token
from types import TracebackType

from opentelemetry import context, trace
from opentelemetry.context import Context
from opentelemetry.trace import SpanKind, StatusCode, TracerProvider

from twilio_sms.errors import TwilioError
from twilio_sms.observability.spans import Attribute, AttributeValue
from twilio_sms.version import __version__

_KINDS: dict[str, SpanKind] = {"http.send": SpanKind.CLIENT}
_INTERNAL = SpanKind.INTERNAL


class OpenTelemetryTracer:
    """Makes spans with *tracer_provider*, or with the program's own one.

    A span is the current one of its thread, or task, while it is entered, so that what begins meanwhile, here or in
    other libraries, becomes its child.
    """

    def __init__(self, tracer_provider: TracerProvider | None = None) -> None:
        self._tracer = trace.get_tracer("twilio_sms", __version__, tracer_provider)

    def span(self, name: str) -> "OpenTelemetrySpan":
        return OpenTelemetrySpan(self._tracer, name)

    def traceparent(self) -> str | None:
        return current_traceparent()


class OpenTelemetrySpan:
    """One span; it begins when it is entered and ends when it is left."""

    __slots__ = ("_name", "_span", "_token", "_tracer")

    def __init__(self, tracer: trace.Tracer, name: str) -> None:
        self._tracer = tracer
        self._name = name
        self._span: trace.Span = trace.INVALID_SPAN
        self._token: Token[Context] | None = None

    def __enter__(self) -> "OpenTelemetrySpan":
        self._span = self._tracer.start_span(self._name, kind=_KINDS.get(self._name, _INTERNAL))
        if self._span is not trace.INVALID_SPAN:  # without an SDK there is no span that could be the current one
            self._token = context.attach(trace.set_span_in_context(self._span))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace_back: TracebackType | None
    ) -> None:
        if self._token is None:
            return
        context.detach(self._token)
        if error is not None:
            self._note(error)
        self._span.end()

    def is_recording(self) -> bool:
        return self._span.is_recording()

    def set(self, name: Attribute, value: AttributeValue) -> None:
        self._span.set_attribute(name.value, value)

    def _note(self, error: BaseException) -> None:
        self._span.set_status(StatusCode.ERROR)  # without a description: that is where a text would go
        self.set(Attribute.ERROR_TYPE, type(error).__qualname__)
        if not isinstance(error, TwilioError):
            return
        if error.code is not None:
            self.set(Attribute.ERROR_CODE, error.code)
        if error.status is not None:
            self.set(Attribute.HTTP_STATUS, error.status)


def current_traceparent() -> str | None:
    """Return the current span as W3C Trace Context writes it, ``None`` if there is none.

    Source: https://www.w3.org/TR/trace-context/#traceparent-header, version 00.
    """
    found = trace.get_current_span().get_span_context()
    if not found.is_valid:
        return None
    return f"00-{found.trace_id:032x}-{found.span_id:016x}-{int(found.trace_flags):02x}"
