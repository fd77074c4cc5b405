"""What is broken is told once and stops nothing."""

import logging
from threading import Barrier, Thread

import pytest

from tests.twilio_sms.observability.recording_tracer import RecordingTracer
from twilio_sms.observability.guard import Guard, GuardedTracer
from twilio_sms.observability.spans import Attribute, NullSpan

SECRET = "to +15551234567"


def _broken(*_args: object) -> None:
    raise RuntimeError(SECRET)


@pytest.fixture
def guard() -> Guard:
    """Give a guard with the client's logger."""
    return Guard(logging.getLogger("twilio_sms"))


def test_what_a_part_returns_is_returned(guard):
    assert guard.run("tracer", int, "7") == 7


def test_a_part_that_raises_is_told_once_for_its_kind(guard, caplog):
    for part in ("tracer", "metrics", "tracer", "tracer"):
        assert guard.run(part, _broken) is None

    assert [record.args for record in caplog.records] == [("tracer", "RuntimeError"), ("metrics", "RuntimeError")]
    assert SECRET not in caplog.text


def test_of_many_threads_one_tells(guard, caplog):
    together = Barrier(8)

    def fail() -> None:
        together.wait()
        guard.run("metrics", _broken)

    threads = [Thread(target=fail) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(caplog.records) == 1


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_what_ends_the_program_passes(guard, end):
    def stop() -> None:
        raise end

    with pytest.raises(end):
        guard.run("tracer", stop)


def test_a_log_that_is_broken_itself_stops_nothing():
    class BrokenLogger(logging.Logger):
        warning = _broken

    assert Guard(BrokenLogger("broken")).run("log", _broken) is None


@pytest.mark.parametrize("method", ["__enter__", "__exit__", "set"])
def test_a_span_that_raises_stops_nothing(guard, method, caplog):
    span = type("BrokenSpan", (NullSpan,), {method: _broken})()
    tracer = RecordingTracer()
    tracer.span = lambda name: span

    with GuardedTracer(tracer, guard).span("a") as entered:
        entered.set(Attribute.STATUS, "queued")

    assert len(caplog.records) == 1


@pytest.mark.parametrize("make", [object, str], ids=["no span", "an empty text"])
def test_what_is_no_span_stops_nothing(guard, make):
    tracer = RecordingTracer()
    tracer.span = lambda name: make()

    with GuardedTracer(tracer, guard).span("a") as span:
        span.set(Attribute.STATUS, "queued")
        assert span.is_recording() is False


def test_what_is_no_tracer_fails_where_it_is_handed_in(guard):
    with pytest.raises(AttributeError, match="span"):
        GuardedTracer(object(), guard)


def test_a_span_that_could_not_be_entered_is_not_left(guard):
    class Shut(NullSpan):
        __enter__ = _broken

        def __exit__(self, *end: object) -> None:
            left.append(self)

    left: list[Shut] = []
    tracer = RecordingTracer()
    tracer.span = lambda name: Shut()

    with GuardedTracer(tracer, guard).span("a"):
        pass

    assert left == []


def test_a_tracer_that_raises_gives_spans_that_do_nothing(guard):
    tracer = RecordingTracer()
    tracer.span = tracer.traceparent = _broken
    guarded = GuardedTracer(tracer, guard)

    with guarded.span("a") as span:
        span.set(Attribute.STATUS, "queued")

    assert guarded.traceparent() is None


def test_a_span_swallows_no_error_of_the_send(guard):
    class Swallowing(NullSpan):
        def __exit__(self, *end: object) -> bool:
            return True

    tracer = RecordingTracer()
    tracer.span = lambda name: Swallowing()

    with pytest.raises(LookupError), GuardedTracer(tracer, guard).span("a"):
        raise LookupError


def test_a_sound_tracer_is_told_everything(guard):
    tracer = RecordingTracer()
    guarded = GuardedTracer(tracer, guard)

    with guarded.span("a"), guarded.span("b") as span:
        span.set(Attribute.STATUS, "queued")
        assert guarded.traceparent() == "a/b"

    assert [(span.name, span.path, span.is_ended) for span in tracer.spans] == [
        ("a", ("a",), True),
        ("b", ("a", "b"), True),
    ]
    assert tracer.spans[1].attributes == {Attribute.STATUS: "queued"}
