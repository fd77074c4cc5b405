"""OpenTelemetry sees the tree, in every thread, and nothing that was sent."""

import logging
from threading import Barrier, Thread

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from tests.doubles import ACCOUNT_SID, RECIPIENT, HandClock, message_json
from twilio_sms.domain.message import Message
from twilio_sms.errors import Evidence, InvalidRecipientError
from twilio_sms.observability.logs import CallLog
from twilio_sms.observability.metrics import NullMetrics
from twilio_sms.observability.observer import Observer
from twilio_sms.observability.opentelemetry import OpenTelemetryTracer, current_traceparent
from twilio_sms.observability.spans import Attribute
from twilio_sms.redaction import Redactor

CANARY = "canary in the body"


class Telemetry:
    """A tracer, and the spans that it ended."""

    def __init__(self) -> None:
        self._exporter = InMemorySpanExporter()
        provider = TracerProvider(shutdown_on_exit=False)
        provider.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.tracer = OpenTelemetryTracer(provider)

    @property
    def ended(self) -> dict:
        return {span.name: span for span in self._exporter.get_finished_spans()}


@pytest.fixture
def telemetry() -> Telemetry:
    """Give an SDK of the test's own."""
    return Telemetry()


def test_spans_stand_under_each_other(telemetry):
    tracer = telemetry.tracer

    with tracer.span("twilio.send_sms"):
        with tracer.span("rate_limit"):
            pass
        with tracer.span("twilio.attempt"), tracer.span("http.send"):
            pass

    ended = telemetry.ended
    assert ended["twilio.send_sms"].parent is None
    for child, parent in (("rate_limit", "twilio.send_sms"), ("http.send", "twilio.attempt")):
        assert ended[child].parent.span_id == ended[parent].context.span_id
    assert len({span.context.trace_id for span in ended.values()}) == 1


def test_the_span_of_the_wire_is_that_of_a_client(telemetry):
    with telemetry.tracer.span("twilio.attempt"), telemetry.tracer.span("http.send"):
        pass

    assert telemetry.ended["http.send"].kind is SpanKind.CLIENT
    assert telemetry.ended["twilio.attempt"].kind is SpanKind.INTERNAL


def test_a_span_says_what_it_was_told(telemetry):
    with telemetry.tracer.span("a") as span:
        span.set(Attribute.STATUS, "queued")
        span.set(Attribute.SEGMENTS, 2)

    assert dict(telemetry.ended["a"].attributes) == {"twilio.status": "queued", "twilio.segments": 2}
    assert telemetry.ended["a"].status.status_code is StatusCode.UNSET
    assert telemetry.ended["a"].instrumentation_scope.name == "twilio_sms"


def test_an_error_of_ours_is_told_by_class_and_codes(telemetry):
    error = InvalidRecipientError(CANARY, Evidence(status=400, code=21211))

    with pytest.raises(InvalidRecipientError), telemetry.tracer.span("a"):
        raise error

    span = telemetry.ended["a"]
    assert (span.status.status_code, span.status.description) == (StatusCode.ERROR, None)
    assert dict(span.attributes) == {
        "error.type": "InvalidRecipientError",
        "twilio.error_code": 21211,
        "http.response.status_code": 400,
    }


@pytest.mark.parametrize(
    "error",
    [ValueError(f"{CANARY} {RECIPIENT}"), KeyboardInterrupt(CANARY), InvalidRecipientError(f"{CANARY} {RECIPIENT}")],
    ids=lambda error: type(error).__name__,
)
def test_nothing_of_what_an_error_holds_is_exported(telemetry, error):
    with pytest.raises(type(error)), telemetry.tracer.span("outer"), telemetry.tracer.span("inner"):
        raise error from RuntimeError(CANARY)

    for span in telemetry.ended.values():
        assert span.attributes["error.type"] == type(error).__name__
        assert span.events == ()
        assert CANARY not in span.to_json()
        assert RECIPIENT[1:] not in span.to_json()


def test_a_watched_call_is_exported_with_all_that_is_said_of_it(telemetry):
    redactor = Redactor(b"a key of the tests")
    log = CallLog(logging.Logger("twilio_sms", logging.CRITICAL), redactor)
    parts = {"metrics": NullMetrics(), "log": log, "redactor": redactor, "clock": HandClock()}

    with Observer(account_sid=ACCOUNT_SID, tracer=telemetry.tracer, **parts).watch("send_sms") as call:
        with call.step("http_request"):
            pass
        call.done(Message.from_json(message_json(body=CANARY)))

    span = telemetry.ended["twilio.send_sms"]
    assert span.attributes["twilio.to"] == "+1555***4567"
    assert span.attributes["twilio.outcome"] == "accepted"
    assert not any(text in span.to_json() for text in (CANARY, RECIPIENT[1:], ACCOUNT_SID))


def test_the_span_of_the_program_is_the_parent_and_comes_back(telemetry):
    with telemetry.tracer.span("of the program"):
        before = get_current_span()
        with pytest.raises(LookupError), telemetry.tracer.span("twilio.send_sms"):
            raise LookupError

        assert get_current_span() is before


def test_each_thread_has_a_tree_of_its_own(telemetry):
    together = Barrier(4)

    def send(number: int) -> None:
        with telemetry.tracer.span(f"root {number}"):
            together.wait()
            with telemetry.tracer.span(f"child {number}"):
                together.wait()

    threads = [Thread(target=send, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ended = telemetry.ended
    assert len({ended[f"root {number}"].context.trace_id for number in range(4)}) == 4
    for number in range(4):
        assert ended[f"child {number}"].parent.span_id == ended[f"root {number}"].context.span_id


def test_the_current_span_is_written_as_the_standard_says(telemetry):
    carrier: dict[str, str] = {}

    with telemetry.tracer.span("a"):
        written = telemetry.tracer.traceparent()
        TraceContextTextMapPropagator().inject(carrier)

    assert written == carrier["traceparent"]


def test_without_a_span_there_is_no_trace(telemetry):
    assert telemetry.tracer.traceparent() is None
    assert current_traceparent() is None


def test_without_an_sdk_nothing_happens():
    tracer = OpenTelemetryTracer()

    with tracer.span("a") as span:
        span.set(Attribute.STATUS, "queued")

        assert tracer.traceparent() is None
