"""Watches calls: a span, metrics and a line in the log, as one.

The send path says `watch` once and is done: however the call ends, it is traced, counted and written with the same
outcome. What is switched off is not asked, and costs nothing; what is broken is told once and stops no message.
"""

import logging

from twilio_sms.clock import Clock
from twilio_sms.observability.call import Call
from twilio_sms.observability.guard import Guard, GuardedTracer
from twilio_sms.observability.logs import CallLog
from twilio_sms.observability.meter import Meter
from twilio_sms.observability.metrics import Metrics, NullMetrics
from twilio_sms.observability.outcomes import outcome_of
from twilio_sms.observability.record import CallRecord
from twilio_sms.observability.spans import Attribute, AttributeValue, NullTracer, Span, Tracer
from twilio_sms.redaction import Redactor, mask_numbers, redact_sid

_SEND = "send_sms"


class Observer:
    """What the parts of one client tell of themselves; many threads may share it, and it raises nothing.

    *account_sid* is shown redacted. *logger* is warned, once each, of a tracer, metrics or a log that raise.
    """

    def __init__(
        self,
        *,
        account_sid: str,
        tracer: Tracer,
        metrics: Metrics,
        log: CallLog,
        redactor: Redactor,
        clock: Clock,
        logger: logging.Logger | None = None,
    ) -> None:
        self._guard = Guard(logger or logging.getLogger("twilio_sms"))
        self._account = redact_sid(account_sid)
        self._tracer: Tracer = tracer if type(tracer) is NullTracer else GuardedTracer(tracer, self._guard)
        self._is_metered = type(metrics) is not NullMetrics
        self._log = log
        self._redactor = redactor
        self._monotonic = clock.monotonic
        self.meter = Meter(metrics, self._guard)

    def watch(self, operation: str) -> Call:
        """Return a call to enter; *operation* is one of those in `metrics.VALUES`, such as ``send_sms``."""
        return Call(operation, self._tracer, self._monotonic, self._tell)

    def traceparent(self) -> str | None:
        """Return the current span as text, to be sent along; see `traceparent.with_traceparent`."""
        return self._tracer.traceparent()

    def _tell(self, call: Call, span: Span, seconds: float, error: BaseException | None) -> None:
        outcome = outcome_of(error)
        is_logged = self._guard.run("log", self._log.is_enabled, outcome)
        is_traced = span.is_recording()
        if not (is_logged or is_traced or self._is_metered):
            return
        record = call.record(outcome, seconds, error)
        if is_traced:
            self._guard.run("tracer", self._describe, span, record)
        if self._is_metered:
            self._count(record)
        if is_logged:
            self._guard.run("log", self._log.write, record)

    def _describe(self, span: Span, record: CallRecord) -> None:
        message = record.message
        said: dict[Attribute, AttributeValue | None] = {
            Attribute.ACCOUNT: self._account,
            Attribute.OUTCOME: record.outcome.value,
            Attribute.TO: self._redactor.phone(record.recipient) if record.recipient else None,
            Attribute.FROM: self._redactor.sender(record.sender) if record.sender else None,
            Attribute.MESSAGE_SID: mask_numbers(message.sid) if message else None,
            Attribute.STATUS: message.status.value if message else None,
            Attribute.SEGMENTS: message.num_segments if message else None,
            Attribute.ATTEMPTS: record.attempts,
        }
        for name, value in said.items():
            if value is not None:
                span.set(name, value)

    def _count(self, record: CallRecord) -> None:
        self.meter.took(record.operation, record.outcome, record.seconds)
        if record.operation == _SEND and record.message and record.error is None:
            self.meter.sent(record.message.status)
