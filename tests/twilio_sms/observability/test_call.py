"""What the send path tells of a call is what is said of it."""

import pytest

from tests.doubles import RECIPIENT, SENDER, HandClock, message_json
from tests.twilio_sms.observability.recording_tracer import RecordingTracer
from twilio_sms.domain.message import Message
from twilio_sms.errors import AmbiguousSendError, BreakerOpenError, Evidence, ValidationError
from twilio_sms.observability.call import Call
from twilio_sms.observability.outcomes import Outcome
from twilio_sms.verdict import Verdict


class Ended:
    """Keeps how a call ended."""

    def __init__(self) -> None:
        self.seconds = self.error = None

    def __call__(self, call, span, seconds, error) -> None:
        self.seconds, self.error = seconds, error
        assert not span.is_ended  # what is said of a call is said while its span is open


def _record(call: Call, error: BaseException | None = None):
    return call.record(Outcome.ACCEPTED, 0.0, error)


@pytest.fixture
def call() -> Call:
    """Give a call that nobody watches."""
    return Call("send_sms", RecordingTracer(), HandClock().monotonic, Ended())


def test_a_call_is_timed_and_its_span_has_its_name():
    clock, tracer, ended = HandClock(), RecordingTracer(), Ended()

    with Call("send_sms", tracer, clock.monotonic, ended):
        clock.sleep(1.5)

    assert (ended.seconds, ended.error) == (1.5, None)
    assert [(span.name, span.is_ended) for span in tracer.spans] == [("twilio.send_sms", True)]


def test_steps_stand_under_the_call_and_in_each_other():
    tracer = RecordingTracer()

    with Call("send_sms", tracer, HandClock().monotonic, Ended()) as call:
        with call.step("rate_limit"):
            pass
        with call.step("http_request"), call.step("twilio.attempt"):
            pass

    assert [span.path[1:] for span in tracer.spans] == [
        (),
        ("rate_limit",),
        ("http_request",),
        ("http_request", "twilio.attempt"),
    ]


@pytest.mark.parametrize("error", [RuntimeError(), KeyboardInterrupt()], ids=["error", "Ctrl-C"])
def test_an_error_passes_and_is_told(error):
    tracer, ended = RecordingTracer(), Ended()

    with pytest.raises(type(error)), Call("send_sms", tracer, HandClock().monotonic, ended):
        raise error

    assert ended.error is error
    assert tracer.spans[0].error is error


def test_an_interrupt_while_a_call_is_told_leaves_no_span_open():
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    tracer = RecordingTracer()

    with pytest.raises(KeyboardInterrupt), Call("send_sms", tracer, HandClock().monotonic, interrupt):
        pass

    assert tracer.open == []


def test_what_was_told_is_in_the_record(call):
    message = Message.from_json(message_json(to="+15559876543"))

    call.recipient(RECIPIENT)
    call.sender(SENDER)
    call.tried(2)
    call.done(message)

    record = _record(call)
    assert (record.recipient, record.sender, record.attempts) == (RECIPIENT, SENDER, 2)
    assert record.message is message


def test_what_was_not_told_is_taken_from_the_message(call):
    call.done(Message.from_json(message_json()))

    assert (_record(call).recipient, _record(call).sender) == (RECIPIENT, SENDER)


def test_a_call_of_which_nothing_was_told_says_nothing(call):
    record = _record(call)

    assert (record.recipient, record.sender, record.message, record.attempts) == (None, None, None, None)


@pytest.mark.parametrize(
    ("error", "attempts"),
    [
        pytest.param(AmbiguousSendError("x", Evidence(verdict=Verdict.UNKNOWN, attempts=3)), 3, id="tried thrice"),
        pytest.param(ValidationError("x"), None, id="never tried"),
        pytest.param(BreakerOpenError("x", Evidence(attempts=0)), None, id="stopped by a gate"),
        pytest.param(RuntimeError("x"), None, id="somebody else's"),
    ],
)
def test_an_error_tells_how_often_it_was_tried(call, error, attempts):
    assert _record(call, error).attempts == attempts


def test_a_call_knows_how_many_requests_were_made(call):
    assert call.attempts == 0

    call.tried(2)

    assert call.attempts == 2
