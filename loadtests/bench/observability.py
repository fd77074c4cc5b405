"""What it costs to be watched: spans, metrics and a line in the log for one call.

Off, a step and a whole call are timed; then each witness alone, in the way in which the client uses it: a held
Prometheus child, a line to a handler that formats it and throws it away, and the eight spans of a send with
OpenTelemetry's API and no SDK. At last all three together, for one send whose steps are empty. Of several runs the
fastest counts: what the others took beyond it, other programs took. The argument is a seed, for the number that is
redacted. Prints ``name value goal PASS|FAIL`` for each that has a goal.
"""

import logging
import sys
from collections.abc import Callable
from random import Random

from figures import report
from prometheus_client import CollectorRegistry
from stopwatch import best_us

from twilio_sms.clock import SystemClock
from twilio_sms.domain.message import Message
from twilio_sms.observability.logs import CallLog
from twilio_sms.observability.metrics import Metric, Metrics, NullMetrics
from twilio_sms.observability.observer import Observer
from twilio_sms.observability.opentelemetry import OpenTelemetryTracer
from twilio_sms.observability.prometheus import PrometheusMetrics
from twilio_sms.observability.spans import NullTracer, Tracer
from twilio_sms.redaction import Redactor

CALLS = 2_000
RUNS = 20
ACCOUNT_SID = "AC" + "0a" * 16
BEFORE_THE_WIRE = ("validate_phone", "check_opt_out", "rate_limit", "circuit_breaker")


class Formatted(logging.Handler):
    """Formats each line, as a file would, and writes it nowhere."""

    def emit(self, record: logging.LogRecord) -> None:
        self.format(record)


def make_logger(level: int) -> logging.Logger:
    logger = logging.Logger("twilio_sms", level)
    logger.addHandler(Formatted())
    return logger


def make_observer(tracer: Tracer, metrics: Metrics, level: int) -> Observer:
    redactor = Redactor(b"a key of the bench")
    log = CallLog(make_logger(level), redactor)
    return Observer(
        account_sid=ACCOUNT_SID, tracer=tracer, metrics=metrics, log=log, redactor=redactor, clock=SystemClock()
    )


def make_message(chance: Random) -> Message:
    number = f"+1555{chance.randrange(10**7):07}"
    return Message.from_json({"sid": "SM" + "0c" * 16, "to": number, "from": "+15005550006", "status": "queued"})


def sending(observer: Observer, message: Message) -> Callable[[], None]:
    """Return a send whose steps do nothing: what is left is what watching costs."""

    def send() -> None:
        with observer.watch("send_sms") as call:
            call.recipient(message.to)
            for name in BEFORE_THE_WIRE:
                with call.step(name):
                    pass
            with call.step("http_request"), call.step("twilio.attempt"), call.step("http.send"):
                pass
            call.done(message)

    return send


def watching(observer: Observer) -> Callable[[], None]:
    def watch() -> None:
        with observer.watch("send_sms") as call:
            call.done()

    return watch


def stepping(observer: Observer) -> Callable[[], None]:
    call = observer.watch("send_sms")

    def step() -> None:
        with call.step("rate_limit"):
            pass

    return step


def spanning(tracer: Tracer) -> Callable[[], None]:
    def span() -> None:
        with tracer.span("rate_limit"):
            pass

    return span


def counting(metrics: PrometheusMetrics) -> Callable[[], None]:
    return lambda: metrics.count(Metric.MESSAGES_SENT, ("queued",))


def cost_us(work: Callable[[], None]) -> float:
    work()  # what is bound once is bound
    return best_us(work, CALLS, RUNS)


def main() -> None:
    message = make_message(Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1))  # noqa: S311 - no secret
    tracer, metrics = OpenTelemetryTracer(), PrometheusMetrics(CollectorRegistry())
    off = make_observer(NullTracer(), NullMetrics(), logging.CRITICAL)
    report("null_span_us", cost_us(spanning(NullTracer())), "<=0.2")
    report("null_step_us", cost_us(stepping(off)), "<=0.3")
    report("null_watch_us", cost_us(watching(off)), "<=2")
    report("prometheus_count_us", cost_us(counting(metrics)))
    report("send_off_us", cost_us(sending(off, message)))
    report("send_log_us", cost_us(sending(make_observer(NullTracer(), NullMetrics(), logging.INFO), message)))
    report("send_metrics_us", cost_us(sending(make_observer(NullTracer(), metrics, logging.CRITICAL), message)))
    report("send_noop_spans_us", cost_us(sending(make_observer(tracer, NullMetrics(), logging.CRITICAL), message)))
    report("send_all_us", cost_us(sending(make_observer(tracer, metrics, logging.INFO), message)), "<=40")


if __name__ == "__main__":
    main()
