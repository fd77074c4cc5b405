"""The spans of a call: names, attributes, and the tracer's seam.

One call is one tree. `TREE` draws it; who adds a step adds it there. A tracer that is not there costs next to nothing:
its span is one object that does nothing and may be entered any number of times at once.
"""

from enum import StrEnum
from types import TracebackType
from typing import Protocol

AttributeValue = str | bool | int | float

# What stands under what. A send has one `twilio.attempt` for each try.
TREE: dict[str, tuple[str, ...]] = {
    "twilio.send_sms": ("validate_phone", "check_opt_out", "rate_limit", "circuit_breaker", "http_request"),
    "http_request": ("twilio.attempt",),
    "twilio.attempt": ("http.send",),
}
CALL_PREFIX = "twilio."


class Attribute(StrEnum):
    """What a span may say of a call. Numbers are redacted, bodies and secrets never appear."""

    ACCOUNT = "twilio.account_sid"  # ACab12***
    MESSAGE_SID = "twilio.message_sid"
    FROM = "twilio.from"  # +1555***4567, or the name of an alphanumeric sender
    TO = "twilio.to"  # +1555***4567
    STATUS = "twilio.status"  # queued, accepted, scheduled …
    SEGMENTS = "twilio.segments"
    OUTCOME = "twilio.outcome"  # see `outcomes`
    ATTEMPTS = "twilio.attempts"
    ATTEMPT_NUMBER = "twilio.attempt_number"  # which try a `twilio.attempt` is, from 1 on
    ERROR_CODE = "twilio.error_code"  # 21211 …
    ERROR_TYPE = "error.type"  # the class of the error; this name and the next are OpenTelemetry's
    HTTP_STATUS = "http.response.status_code"


class Span(Protocol):
    """A stretch of time that is the current span while it is entered."""

    def __enter__(self) -> "Span": ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def is_recording(self) -> bool:
        """Whether what is said of it is kept; if not, it need not be worked out."""

    def set(self, name: Attribute, value: AttributeValue) -> None:
        """Say one thing of it."""


class Tracer(Protocol):
    """Makes spans; one that is made while another is entered becomes its child."""

    def span(self, name: str) -> Span:
        """Return a span that begins when it is entered."""

    def traceparent(self) -> str | None:
        """Return the current span as W3C Trace Context writes it, if there is one."""


class NullSpan:
    """A span that nobody sees."""

    __slots__ = ()

    def __enter__(self) -> "NullSpan":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def is_recording(self) -> bool:
        return False

    def set(self, name: Attribute, value: AttributeValue) -> None:
        pass


class NullTracer:
    """Traces nothing."""

    __slots__ = ("_span",)

    def __init__(self) -> None:
        self._span = NullSpan()

    def span(self, name: str) -> NullSpan:  # noqa: ARG002 - the seam's signature
        return self._span

    def traceparent(self) -> None:
        return None
