"""A call is traced, counted and written with one outcome, and nothing of that stops it."""

import logging
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.doubles import ACCOUNT_SID, MESSAGE_SID, RECIPIENT, SENDER, HandClock, message_json
from tests.twilio_sms.observability.recording_tracer import RecordedSpan, RecordingTracer
from twilio_sms.domain.message import Message
from twilio_sms.errors import Evidence, InvalidRecipientError, LocalOptOutError
from twilio_sms.observability.counting import CountingMetrics, Durations
from twilio_sms.observability.logs import CallLog
from twilio_sms.observability.metrics import Metric, NullMetrics
from twilio_sms.observability.observer import Observer
from twilio_sms.observability.spans import Attribute, NullSpan, NullTracer
from twilio_sms.redaction import Redactor
from twilio_sms.verdict import Verdict

MESSAGE = Message.from_json(message_json(num_segments="2"))
REFUSED = InvalidRecipientError("no such number", Evidence(verdict=Verdict.REJECTED, status=400, code=21211))


class World:
    """An observer with witnesses that remember, in a time that is moved by hand."""

    def __init__(self, **parts) -> None:
        self.tracer = parts.get("tracer", RecordingTracer())
        self.metrics = parts.get("metrics", CountingMetrics())
        self.clock = HandClock()
        redactor = Redactor(b"a key of the tests")
        self.observer = Observer(
            account_sid=ACCOUNT_SID,
            tracer=self.tracer,
            metrics=self.metrics,
            log=parts.get("log") or CallLog(logging.getLogger("twilio_sms"), redactor),
            redactor=redactor,
            clock=self.clock,
        )

    def send(self, error: BaseException | None = None) -> None:
        """Send a message that takes half a second and ends with *error*."""
        with self.observer.watch("send_sms") as call:
            call.recipient(RECIPIENT)
            call.sender(SENDER)
            with call.step("http_request"):
                self.clock.sleep(0.5)
                if error:
                    raise error
            call.tried(1)
            call.done(MESSAGE)


@pytest.fixture
def lines(caplog) -> pytest.LogCaptureFixture:
    """Give the lines that are written, from INFO on."""
    caplog.set_level(logging.INFO, "twilio_sms")
    return caplog


def test_a_sent_message_is_traced():
    world = World()

    world.send()

    assert [span.path for span in world.tracer.spans] == [("twilio.send_sms",), ("twilio.send_sms", "http_request")]
    assert world.tracer.spans[0].attributes == {
        Attribute.ACCOUNT: "AC0a0a***",
        Attribute.OUTCOME: "accepted",
        Attribute.TO: "+1555***4567",
        Attribute.FROM: "+1500***0006",
        Attribute.MESSAGE_SID: MESSAGE_SID,
        Attribute.STATUS: "queued",
        Attribute.SEGMENTS: 2,
        Attribute.ATTEMPTS: 1,
    }


def test_a_sent_message_is_counted():
    world = World()

    world.send()

    assert world.metrics.counts() == {(Metric.MESSAGES_SENT, ("queued",)): 1}
    assert world.metrics.durations(Metric.SEND_LATENCY, "send_sms", "accepted") == Durations(1, 0.5, 0.5)


def test_a_sent_message_is_written(lines):
    World().send()

    assert [record.getMessage() for record in lines.records] == [
        f"twilio.send_sms outcome=accepted status=queued sid={MESSAGE_SID} to=+1555***4567 from=+1500***0006 "
        "segments=2 seconds=0.5 attempts=1"
    ]


def test_a_refused_message_is_told_in_the_same_three_ways(lines):
    world = World()

    with pytest.raises(InvalidRecipientError):
        world.send(REFUSED)

    assert world.tracer.spans[0].error is REFUSED
    assert world.tracer.spans[0].attributes[Attribute.OUTCOME] == "rejected"
    assert world.metrics.counts() == {}
    assert world.metrics.durations(Metric.SEND_LATENCY, "send_sms", "rejected").count == 1
    assert "outcome=rejected to=+1*********67 from=+1*********06 error=InvalidRecipientError code=21211" in lines.text


def test_a_message_that_a_gate_stopped_is_told_too(lines):
    world = World()

    with pytest.raises(LocalOptOutError):
        world.send(LocalOptOutError("said STOP", Evidence(attempts=0)))

    assert world.metrics.durations(Metric.SEND_LATENCY, "send_sms", "gated:opt_out").count == 1
    assert "outcome=gated:opt_out" in lines.text


def test_a_message_that_was_accepted_before_the_call_failed_is_not_counted_as_sent():
    world = World()
    call = world.observer.watch("send_sms")
    call.done(MESSAGE)

    with pytest.raises(KeyboardInterrupt), call:
        raise KeyboardInterrupt

    assert world.metrics.counts() == {}


def test_only_a_send_counts_as_sent():
    world = World()

    with world.observer.watch("get_message") as call:
        call.done(MESSAGE)

    assert world.metrics.counts() == {}
    assert world.metrics.durations(Metric.SEND_LATENCY, "get_message", "accepted").count == 1


def test_a_step_of_a_part_below_stands_under_the_call():
    world = World()

    with world.observer.watch("send_sms") as call, call.step("twilio.attempt"):
        assert world.observer.traceparent() == "twilio.send_sms/twilio.attempt"

    assert world.tracer.spans[1].path == ("twilio.send_sms", "twilio.attempt")


@pytest.mark.parametrize("part", ["tracer", "metrics", "log"])
@pytest.mark.parametrize("error", [None, REFUSED], ids=["sent", "refused"])
def test_a_part_that_raises_is_told_once_and_changes_nothing(part, error, caplog):
    def fail(*_: object) -> None:
        raise OSError(f"{RECIPIENT} is gone")

    methods = ["span", "traceparent", "count", "observe", "shift", "is_enabled", "write"]
    world = World(**{part: SimpleNamespace(**dict.fromkeys(methods, fail))})

    for _ in range(3):
        if error:
            with pytest.raises(InvalidRecipientError):
                world.send(error)
        else:
            world.send()

    told = [record.args for record in caplog.records if "told once" in record.msg]
    assert told == [(part, "OSError")]
    assert {record.name for record in caplog.records} == {"twilio_sms"}
    assert RECIPIENT not in caplog.text


@pytest.mark.parametrize("part", ["tracer", "log"])
def test_a_part_that_only_fails_at_the_end_is_told_too(part, caplog):
    def fail(*_: object) -> None:
        raise OSError

    class Dumb(NullSpan):
        is_recording = RecordedSpan.is_recording
        set = fail

    broken = {
        "tracer": SimpleNamespace(span=lambda name: Dumb(), traceparent=fail),
        "log": SimpleNamespace(is_enabled=lambda outcome: True, write=fail),
    }

    World(**{part: broken[part]}).send()

    assert [record.args for record in caplog.records if "told once" in record.msg] == [(part, "OSError")]


def test_what_is_off_is_not_asked(caplog):
    caplog.set_level(logging.CRITICAL, "twilio_sms")

    class Unasked(Redactor):
        def phone(self, *_: object) -> str:
            raise AssertionError("nothing is redacted that nobody sees")

    world = World(tracer=NullTracer(), metrics=NullMetrics())
    world.observer._redactor = Unasked(b"key")
    world.send()

    assert caplog.records == []
    assert world.observer.traceparent() is None


def test_a_logger_of_the_programs_own_is_warned_if_it_is_given(caplog):
    class Broken(NullTracer):
        def span(self, name: str) -> NullSpan:
            raise OSError

    redactor, own = Redactor(b"key"), logging.getLogger("of the program")
    parts = {"metrics": NullMetrics(), "log": CallLog(own, redactor), "redactor": redactor, "clock": HandClock()}

    with Observer(account_sid=ACCOUNT_SID, tracer=Broken(), logger=own, **parts).watch("get_message"):
        pass

    assert [record.name for record in caplog.records] == ["of the program"]


def test_neither_opentelemetry_nor_prometheus_is_imported_unless_asked_for():
    heavy = "{'opentelemetry', 'prometheus_client', 'prometheus_client.metrics'}"
    run = f"import sys, twilio_sms.observability.observer; print({heavy} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"
