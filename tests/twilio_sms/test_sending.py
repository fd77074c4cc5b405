"""A message passes each gate in its order, and the last look at the opt-outs comes right before each request."""

from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from tests.doubles import (
    ACCOUNT_SID,
    AUTH_TOKEN,
    MESSAGE_SID,
    RECIPIENT,
    SENDER,
    HandClock,
    ScriptedTransport,
    answer,
    message_json,
)
from tests.logs import broken_log
from tests.parts import ONCE, UNLIMITED, assembled, gateway
from tests.twilio_sms.observability.recording_tracer import RecordingTracer
from twilio_sms.assembly import Assembled
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.config import Config
from twilio_sms.credentials.callable import CallableCredentials
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.message import Message
from twilio_sms.errors import (
    AmbiguousSendError,
    BreakerOpenError,
    GateError,
    JournalError,
    LocalOptOutError,
    LocalRateLimitError,
    OptedOutError,
    OptOutUnknownError,
    RateLimitedError,
    ValidationError,
)
from twilio_sms.observability.spans import TREE, Attribute
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.breaker_table import State
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.rate_limit import RateLimiter
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.sending import SendPath, Terms
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts
from twilio_sms.transport.wire import LostAnswer, Timeouts
from twilio_sms.verdict import Phase

HELLO = {"to": RECIPIENT, "from_": SENDER, "body": "hello"}
CREATED = answer(201, message_json())
LOST = LostAnswer(Phase.SENT, "reset")
REFUSED = LostAnswer(Phase.OPENING, "refused")
STOPPED = answer(400, {"code": 21610, "message": "Attempt to send to unsubscribed recipient"})
RETRYING = Config(rate_limits=UNLIMITED, retry=RetryPolicy())
SLOW = RateLimits(global_rate=Rate(1, 1), recipient_rate=None)


class WatchedClock(HandClock):
    """Does something else while somebody sleeps."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile = lambda: None

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.meanwhile()


class SlowTransport(ScriptedTransport):
    """Answers after a while."""

    def __init__(self, script, clock: HandClock) -> None:
        super().__init__(script)
        self._clock = clock

    def send(self, request):
        self._clock.sleep(7)
        return super().send(request)


class LostList(MemoryOptOuts):
    """An opt-out list that can be read, and not written."""

    def __init__(self, trouble: Exception) -> None:
        super().__init__()
        self._trouble = trouble

    def append(self, *_events: object) -> int:
        raise self._trouble


def tokens(parts: Assembled) -> list[float]:
    return [fill.tokens for fill in parts.limiter.snapshot()]


def draft() -> Draft:
    return Draft.parse(**HELLO, options={})


def test_the_gates_are_asked_in_their_order():
    clock, transport = HandClock(), ScriptedTransport([LOST])
    limits = RateLimits(global_rate=Rate(1, 1), recipient_rate=None, on_limit="raise")
    config = Config(retry=ONCE, rate_limits=limits, breaker=BreakerPolicy(failures=1, open_seconds=60))
    parts = assembled(transport, config, clock)
    with pytest.raises(AmbiguousSendError):  # takes the only token and opens the breaker
        parts.messages.send(**HELLO)
    parts.opt_outs.add(RECIPIENT)

    with pytest.raises(ValidationError):
        parts.messages.send(to="nobody", body="hello")
    with pytest.raises(LocalOptOutError):
        parts.messages.send(**HELLO)
    parts.opt_outs.remove(RECIPIENT)
    with pytest.raises(LocalRateLimitError):
        parts.messages.send(**HELLO)
    clock.sleep(1)
    with pytest.raises(BreakerOpenError):
        parts.messages.send(**HELLO)

    assert len(transport.requests) == 1


def test_who_opted_out_takes_no_token_and_no_trial():
    clock, transport = HandClock(), ScriptedTransport([LOST, CREATED])
    limits = RateLimits(global_rate=Rate(1, 2), recipient_rate=None)
    config = Config(retry=ONCE, rate_limits=limits, breaker=BreakerPolicy(failures=1, open_seconds=2))
    parts = assembled(transport, config, clock)
    with pytest.raises(AmbiguousSendError):
        parts.messages.send(**HELLO)
    clock.sleep(2)
    parts.opt_outs.add("+15557654321")

    with pytest.raises(LocalOptOutError):
        parts.messages.send(**{**HELLO, "to": "+15557654321"})

    assert (tokens(parts), parts.breaker.state, len(transport.requests)) == ([2.0], State.OPEN, 1)
    assert parts.messages.send(**HELLO).sid == MESSAGE_SID  # the trial is still to be had


def test_who_is_over_the_limit_takes_no_trial():
    clock, transport = HandClock(), ScriptedTransport([LOST, answer(201, message_json(to="+15557654321"))])
    limits = RateLimits(global_rate=Rate(1, 3), recipient_rate=Rate(1 / 60, 1), on_limit="raise")
    config = Config(retry=ONCE, rate_limits=limits, breaker=BreakerPolicy(failures=1, open_seconds=2))
    parts = assembled(transport, config, clock)
    with pytest.raises(AmbiguousSendError):
        parts.messages.send(**HELLO)
    clock.sleep(2)

    with pytest.raises(LocalRateLimitError):
        parts.messages.send(**HELLO)

    assert parts.breaker.state is State.OPEN
    assert parts.messages.send(**{**HELLO, "to": "+15557654321"}).sid == MESSAGE_SID


def test_a_list_that_cannot_be_read_stops_the_message():
    class Unreadable(MemoryOptOuts):
        def current(self, _number: str):
            raise OptOutUnknownError("the disk is gone")

    transport = ScriptedTransport([CREATED])
    parts = assembled(transport, opt_outs=Unreadable())

    with pytest.raises(OptOutUnknownError):
        parts.messages.send(**HELLO)

    assert transport.requests == []


def test_waits_and_attempts_share_one_deadline():
    clock, transport = HandClock(), ScriptedTransport([CREATED, REFUSED, CREATED])
    config = Config(rate_limits=SLOW, timeouts=Timeouts(total_seconds=30), retry=RetryPolicy(base_seconds=2))
    parts = assembled(transport, config, clock)
    parts.messages.send(**HELLO)

    parts.messages.send(**HELLO)

    assert clock.monotonic() == 3.0  # a second for the limit, and two before the second attempt
    assert [request.deadline for request in transport.requests] == [30.0, 30.0, 30.0]


def test_what_the_limit_took_of_the_time_is_missing_for_retries():
    transport = ScriptedTransport([CREATED, answer(429, {}, retry_after="9")])
    config = Config(rate_limits=SLOW, timeouts=Timeouts(total_seconds=10))
    parts = assembled(transport, config)
    parts.messages.send(**HELLO)

    with pytest.raises(RateLimitedError) as caught:
        parts.messages.send(**HELLO)

    assert (caught.value.attempts, len(transport.requests)) == (1, 2)


def test_a_message_that_would_wait_beyond_its_deadline_does_not_wait():
    clock, transport = HandClock(), ScriptedTransport([CREATED])
    limits = RateLimits(global_rate=Rate(1 / 60, 1), recipient_rate=None)
    parts = assembled(transport, Config(rate_limits=limits), clock)
    parts.messages.send(**HELLO)

    with pytest.raises(LocalRateLimitError) as caught:
        parts.messages.send(**HELLO)

    assert (clock.monotonic(), caught.value.repeatable) == (0.0, True)
    assert caught.value.retry_after_seconds == pytest.approx(60)


def test_a_stop_that_comes_while_a_message_waits_for_the_limit_is_honoured():
    clock, transport = WatchedClock(), ScriptedTransport([CREATED, CREATED])
    parts = assembled(transport, Config(rate_limits=SLOW), clock)
    parts.messages.send(**HELLO)
    clock.meanwhile = lambda: parts.opt_outs.add(RECIPIENT)

    with pytest.raises(LocalOptOutError):
        parts.messages.send(**HELLO)

    assert len(transport.requests) == 1


def test_a_stop_that_comes_between_two_attempts_is_honoured():
    clock, transport = WatchedClock(), ScriptedTransport([REFUSED, CREATED])
    parts = assembled(transport, RETRYING, clock)
    clock.meanwhile = lambda: parts.opt_outs.add(RECIPIENT)

    with pytest.raises(LocalOptOutError):
        parts.messages.send(**HELLO)

    assert len(transport.requests) == 1


def test_a_stop_that_was_seen_last_frees_the_trial_of_the_breaker():
    clock, transport = WatchedClock(), ScriptedTransport([LOST, CREATED])
    limits = RateLimits(global_rate=Rate(1, 1), recipient_rate=None)
    config = Config(retry=ONCE, rate_limits=limits, breaker=BreakerPolicy(failures=1, open_seconds=0.5))
    parts = assembled(transport, config, clock)
    with pytest.raises(AmbiguousSendError):
        parts.messages.send(**HELLO)
    clock.meanwhile = lambda: parts.opt_outs.add("+15557654321")
    with pytest.raises(LocalOptOutError):
        parts.messages.send(**{**HELLO, "to": "+15557654321"})

    assert parts.breaker.state is State.HALF_OPEN
    assert parts.messages.send(**HELLO).sid == MESSAGE_SID


def test_an_opt_out_that_twilio_tells_is_kept_and_the_next_send_asks_nobody():
    clock = HandClock()
    transport = SlowTransport([STOPPED], clock)
    parts = assembled(transport, clock=clock)
    with pytest.raises(OptedOutError):
        parts.messages.send(**HELLO)

    with pytest.raises(LocalOptOutError, match="twilio-21610"):
        parts.messages.send(**HELLO)

    [event] = parts.opt_outs.history(RECIPIENT)
    assert (event.source, event.event_time) == ("twilio-21610", datetime(2026, 1, 1, tzinfo=UTC))
    assert len(transport.requests) == 1


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (OptOutUnknownError("the disk is full"), "the disk is full"),
        (ConnectionResetError(RECIPIENT), "ConnectionResetError"),
    ],
    ids=["as promised", "a stranger's"],
)
def test_an_opt_out_that_cannot_be_kept_leaves_the_refusal_as_it_is(caplog, trouble, told):
    parts = assembled(ScriptedTransport([STOPPED]), opt_outs=LostList(trouble))

    with pytest.raises(OptedOutError) as caught:
        parts.messages.send(**HELLO)

    assert caught.value.code == 21610
    assert f"could not be kept: {told}" in caplog.text
    assert RECIPIENT not in caplog.text


@pytest.mark.parametrize(
    "lost", [LOST, LostAnswer(Phase.SENDING_LAST, "reset"), answer(500, {}), answer(503, {}, retry_after="1")], ids=str
)
def test_a_message_that_may_have_been_sent_is_not_sent_again(lost):
    transport = ScriptedTransport([lost, CREATED])

    with pytest.raises(AmbiguousSendError) as caught:
        assembled(transport, RETRYING).messages.send(**HELLO)

    assert (len(transport.requests), caught.value.repeatable) == (1, False)


@pytest.mark.parametrize(
    ("lost", "phase"), [(LOST, Phase.SENT), (answer(502, {}), Phase.ANSWERED)], ids=["lost", "502"]
)
def test_an_error_in_doubt_says_when_and_how_far_and_which_row_and_only_a_masked_number(lost, phase):
    clock, transport = HandClock(), ScriptedTransport([REFUSED, lost])
    path = _path(transport, clock)

    with pytest.raises(AmbiguousSendError) as caught:
        path.send(draft, Terms(total_seconds=30, row_key="job:3:ab"))

    error = caught.value
    assert (error.phase, error.row_key, error.recipient, error.attempts) == (phase, "job:3:ab", "+1555***4567", 2)
    assert error.started_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert clock.now() > error.started_at  # the second attempt was later, the first began then
    assert RECIPIENT[2:] not in f"{error} {error.evidence!r} {error.args!r}"
    assert "hello" not in f"{error} {error.evidence!r} {error.args!r}"


@pytest.mark.parametrize("failures", [[], [REFUSED], [REFUSED, answer(429, {})]], ids=["one", "two", "three"])
def test_a_message_tells_how_many_attempts_it_took(failures):
    parts = assembled(ScriptedTransport([*failures, CREATED]), RETRYING)

    sent = parts.messages.send(**HELLO)

    assert (sent.attempts, sent) == (len(failures) + 1, Message.from_json(message_json()))


def test_what_is_done_before_the_first_byte_is_done_once_after_the_gates_and_before_the_last_look():
    trail: list[str] = []

    class Gate:
        def check(self, *_number: object, fresh: bool = False) -> None:
            trail.append("fresh look" if fresh else "look")

    terms = Terms(total_seconds=30, before_first_byte=lambda: trail.append("mark"), fresh_opt_out=True)
    path = _path(ScriptedTransport([REFUSED, CREATED]), opt_outs=Gate())

    path.send(draft, terms)

    assert trail == ["look", "mark", "fresh look", "fresh look"]


def test_a_mark_that_cannot_be_made_sends_nothing():
    def fail() -> None:
        raise JournalError("the disk is full")

    transport = ScriptedTransport([CREATED])

    with pytest.raises(JournalError):
        _path(transport).send(draft, Terms(total_seconds=30, before_first_byte=fail))

    assert transport.requests == []


def test_a_fresh_look_sees_what_another_process_wrote_since():
    store, transport = MemoryOptOuts(), ScriptedTransport([CREATED])
    opt_outs = OptOuts(store, HandClock(), cache_seconds=60)
    opt_outs.check(RECIPIENT, SENDER, None)
    OptOuts(store, HandClock()).add(RECIPIENT)

    with pytest.raises(LocalOptOutError):
        _path(transport, opt_outs=opt_outs).send(draft, Terms(total_seconds=30, fresh_opt_out=True))

    assert transport.requests == []


def test_without_a_deadline_a_message_waits_for_the_limit_as_long_as_it_takes():
    clock, transport = HandClock(), ScriptedTransport([CREATED, CREATED])
    limits = RateLimits(global_rate=Rate(1 / 3600, 1), recipient_rate=None, on_limit="raise")
    path = _path(transport, clock, limits=limits)
    path.send(draft, Terms(total_seconds=None))

    path.send(draft, Terms(total_seconds=None))

    assert clock.monotonic() == 3600
    assert transport.requests[1].deadline == 3600 + Timeouts().total_seconds


def test_who_waits_may_be_told_to_stop():
    transport = ScriptedTransport([CREATED])
    path = _path(transport, limits=SLOW)
    path.send(draft, Terms(total_seconds=None))

    with pytest.raises(LocalRateLimitError, match="told to stop"):
        path.send(draft, Terms(total_seconds=None, should_stop=lambda: True))

    assert len(transport.requests) == 1


@pytest.mark.parametrize(("is_asked_for", "is_there"), [(True, True), (False, False)])
def test_the_trace_rides_on_the_status_callback_if_that_is_asked_for(is_asked_for, is_there):
    transport = ScriptedTransport([CREATED])
    config = Config(retry=ONCE, rate_limits=UNLIMITED, trace_callbacks=is_asked_for)

    parts = assembled(transport, config, tracer=RecordingTracer())
    parts.messages.send(**HELLO, status_callback="https://example.com/status?row=3")

    callback = dict(transport.requests[0].form)["StatusCallback"]
    assert callback.startswith("https://example.com/status?row=3")
    assert ("traceparent=" in callback) is is_there


def test_a_send_is_one_tree_of_spans():
    tracer = RecordingTracer()
    parts = assembled(ScriptedTransport([REFUSED, CREATED]), RETRYING, tracer=tracer)

    parts.messages.send(**HELLO)

    attempt = ("twilio.send_sms", "http_request", "twilio.attempt")
    assert [span.path for span in tracer.spans] == [
        ("twilio.send_sms",),
        *(("twilio.send_sms", step) for step in ("validate_phone", "check_opt_out", "rate_limit", "circuit_breaker")),
        attempt[:2],
        attempt,
        (*attempt, "http.send"),
        attempt,
        (*attempt, "http.send"),
    ]
    assert {span.path[-2:] for span in tracer.spans[1:]} == {(over, under) for over in TREE for under in TREE[over]}
    numbers = [span.attributes.get(Attribute.ATTEMPT_NUMBER) for span in tracer.spans if span.path == attempt]
    assert numbers == [1, 2]


@pytest.mark.parametrize(
    ("sender", "shown"), [({"from_": "MyShop"}, "MyShop"), ({"messaging_service_sid": "MG" + "0d" * 16}, "MG0d")]
)
def test_who_watches_is_told_of_sender_recipient_and_message(sender, shown):
    tracer = RecordingTracer()
    parts = assembled(ScriptedTransport([CREATED]), RETRYING, tracer=tracer)

    parts.messages.send(to=RECIPIENT, body="hello", **sender)

    told = tracer.spans[0].attributes
    assert (told[Attribute.MESSAGE_SID], told[Attribute.TO]) == (MESSAGE_SID, "+1555***4567")
    assert told[Attribute.FROM].startswith(shown)


@pytest.mark.parametrize("sender", [{"from_": SENDER}, {"messaging_service_sid": "MG" + "0d" * 16}])
def test_the_limiter_is_asked_for_the_number_or_the_service_that_sends(sender):
    class Asked(RateLimiter):
        def acquire(self, recipient, sender, segments, **terms):
            asked.append((recipient, sender, segments()))
            super().acquire(recipient, sender, segments, **terms)

    asked: list[tuple[str, str, int]] = []
    path = _path(ScriptedTransport([CREATED]), limiter=Asked(UNLIMITED, HandClock()))

    path.send(lambda: Draft.parse(to=RECIPIENT, body="hello", **sender, options={}), Terms(total_seconds=30))

    assert asked == [(RECIPIENT, *sender.values(), 1)]


def _path(transport, clock=None, *, opt_outs=None, limits=UNLIMITED, limiter=None) -> SendPath:
    clock = clock or HandClock()
    return SendPath(
        "/Messages.json",
        gateway(transport, clock=clock, retry=RetryPolicy()),
        opt_outs or OptOuts(MemoryOptOuts(), clock),
        limiter or RateLimiter(limits, clock),
        assembled(transport, clock=clock).observer,
        clock,
    )


@pytest.mark.parametrize("to", ["+525512345678", "+5215512345678", "+525512XXXXXX", "", None])
def test_a_number_may_come_back_written_in_another_way(to):
    parts = assembled(ScriptedTransport([answer(201, message_json(to=to))]))

    assert parts.messages.send(**{**HELLO, "to": "+5215512345678"}).sid == MESSAGE_SID


def test_the_answer_of_a_message_to_another_number_is_not_taken_for_ones_own():
    parts = assembled(ScriptedTransport([answer(201, message_json(to="+15557654321"))]))

    with pytest.raises(AmbiguousSendError, match="the answer is that of a message to another number"):
        parts.messages.send(**HELLO)


def test_a_stop_that_comes_while_the_secret_is_fetched_is_seen():
    opt_outs = OptOuts(MemoryOptOuts(), HandClock())
    transport = ScriptedTransport([CREATED])

    def vault() -> str:
        opt_outs.add(RECIPIENT)
        return AUTH_TOKEN

    parts = assembled(transport, opt_outs=opt_outs, credentials=CallableCredentials(vault, ACCOUNT_SID))

    with pytest.raises(LocalOptOutError):
        parts.messages.send(**HELLO)

    assert transport.requests == []


def test_a_refusal_keeps_its_error_where_neither_the_list_nor_the_log_can_be_written():
    parts = assembled(ScriptedTransport([STOPPED]), opt_outs=LostList(OptOutUnknownError("the disk is full")))

    with broken_log(), pytest.raises(OptedOutError):
        parts.messages.send(**HELLO)


@pytest.mark.parametrize(("rate", "is_sent"), [(Rate(1 / 26, 1), True), (Rate(1 / 28, 1), False)])
def test_the_limits_let_nobody_go_who_has_no_time_left_for_the_answer(rate, is_sent):
    limits = RateLimits(global_rate=rate, recipient_rate=None)
    transport = ScriptedTransport([CREATED, CREATED])
    parts = assembled(transport, Config(retry=ONCE, rate_limits=limits))
    parts.messages.send(**HELLO)

    with nullcontext() if is_sent else pytest.raises(LocalRateLimitError):
        parts.messages.send(**HELLO)

    assert len(transport.requests) == 1 + is_sent


def test_who_is_stopped_while_it_waits_for_a_retry_sends_nothing_more():
    clock, transport = WatchedClock(), ScriptedTransport([answer(429, {"code": 20429}), CREATED])
    stopped: list[bool] = []
    clock.meanwhile = lambda: stopped.append(True)
    parts = assembled(transport, RETRYING, clock)
    terms = Terms(total_seconds=None, should_stop=lambda: bool(stopped))

    with pytest.raises(GateError, match="stopped before the message could leave") as caught:
        parts.messages._send_path.send(lambda: parts.messages.prepare(**HELLO), terms)

    assert (len(transport.requests), caught.value.repeatable) == (1, True)
