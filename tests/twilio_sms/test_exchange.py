"""One call, attempt after attempt: what is repeated, what each attempt gets, and what the breaker learns of it."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest

from tests.doubles import AUTH_TOKEN, MESSAGE_SID, HandClock, ScriptedTransport, SilentWatch, answer, message_json
from tests.parts import exchange_parts
from twilio_sms.credentials.basic import BasicAuth
from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AnswerError,
    BreakerOpenError,
    ConnectionFailedError,
    CredentialsError,
    LocalOptOutError,
    NoAnswerError,
    NotProcessedError,
    RateLimitedError,
    RequestError,
    ServerError,
    TwilioError,
)
from twilio_sms.exchange import Exchange, Parts, Question
from twilio_sms.refusals import ForeignAnswer, json_object
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.breaker_table import State
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.transport.wire import LostAnswer, Response
from twilio_sms.verdict import Effect, Phase, Verdict

RETRY = RetryPolicy(base_seconds=1)
GOOD = answer(200, message_json())
LOST = LostAnswer(Phase.SENT, "reset")
REFUSED = LostAnswer(Phase.OPENING, "refused")
TROUBLE = answer(500, {})
NO_JSON = answer(200, body=b"<html>")


def read_sid(response: Response) -> str:
    return str(json_object(response)["sid"])


def exchange(parts: Parts, effect: Effect = Effect.READ, **given) -> Exchange[str]:
    question = Question(operation="get_message", method="GET", path="/x.json", effect=effect, recipient="+1555***4567")
    return Exchange(parts, question, read_sid, SilentWatch(), **given)


class Rotating:
    """Credentials whose secret is another one each time."""

    def __init__(self) -> None:
        self.times = 0

    def basic_auth(self) -> BasicAuth:
        self.times += 1
        return BasicAuth("me", SecretString(f"secret {self.times}"))


class Broken:
    """Credentials that raise what nobody promised."""

    def basic_auth(self) -> BasicAuth:
        raise KeyError(AUTH_TOKEN)


class Interrupted:
    """A transport in which a signal hits."""

    def send(self, _request):
        raise KeyboardInterrupt

    def close(self) -> None:
        return


class NumberedWatch(SilentWatch):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[int] = []

    def tried(self, attempts: int) -> None:
        self.told.append(attempts)


# How many requests are made if every one of them meets this, for a read, a change and a message.
REPEATED = {
    "refused connection": (REFUSED, (3, 3, 3)),
    "429": (answer(429, {}), (3, 3, 3)),
    "408": (answer(408, {}), (2, 2, 2)),
    "lost": (LOST, (3, 2, 1)),
    "500": (TROUBLE, (3, 2, 1)),
    "unreadable": (NO_JSON, (3, 1, 1)),
    "400": (answer(400, {"code": 21211}), (1, 1, 1)),
    "302": (answer(302, {}), (1, 1, 1)),
}


@pytest.mark.parametrize("effect", list(Effect))
@pytest.mark.parametrize("failure", REPEATED)
def test_a_call_is_repeated_as_often_as_its_effect_allows(failure, effect):
    met, times = REPEATED[failure]
    transport = ScriptedTransport([met] * 4)

    with pytest.raises(TwilioError) as caught:
        exchange(exchange_parts(transport, retry=RETRY), effect).run()

    assert len(transport.requests) == dict(zip(Effect, times, strict=True))[effect]
    assert caught.value.attempts == len(transport.requests)


@pytest.mark.parametrize(
    ("failure", "effect", "error"),
    [
        (LOST, Effect.READ, NoAnswerError),
        (LOST, Effect.CHANGE, NoAnswerError),
        (LOST, Effect.SEND, AmbiguousSendError),
        (TROUBLE, Effect.READ, ServerError),
        (TROUBLE, Effect.SEND, AmbiguousSendError),
        (NO_JSON, Effect.READ, AnswerError),
        (NO_JSON, Effect.SEND, AcceptedWithoutSidError),
        (answer(408, {}), Effect.SEND, NotProcessedError),
        (answer(429, {}), Effect.SEND, RateLimitedError),
        (answer(302, {}), Effect.SEND, RequestError),
    ],
    ids=str,
)
def test_a_failure_is_told_by_what_it_means_for_the_call(failure, effect, error):
    with pytest.raises(error) as caught:
        exchange(exchange_parts(ScriptedTransport([failure])), effect).run()

    assert type(caught.value) is error


@pytest.mark.parametrize("failure", [LOST, TROUBLE, NO_JSON], ids=["lost", "500", "unreadable"])
def test_a_read_that_failed_once_is_read_in_the_end(failure):
    transport = ScriptedTransport([failure, GOOD])

    assert exchange(exchange_parts(transport, retry=RETRY)).run() == MESSAGE_SID


@pytest.mark.parametrize(
    ("failure", "is_doubtful"),
    [(LOST, True), (TROUBLE, True), (NO_JSON, True), (REFUSED, False), (answer(429, {}), False)],
    ids=["lost", "500", "unreadable", "refused connection", "429"],
)
def test_a_call_knows_whether_it_may_have_worked(failure, is_doubtful):
    call = exchange(exchange_parts(ScriptedTransport([failure, GOOD]), retry=RETRY))

    call.run()

    assert call.may_have_worked is is_doubtful


@pytest.mark.parametrize(
    ("refusal", "wanted"),
    [(408, True), (421, True), (425, True), (429, False)],
)
def test_what_a_connection_did_not_process_goes_over_a_new_one(refusal, wanted):
    transport = ScriptedTransport([answer(refusal, {}), GOOD])

    exchange(exchange_parts(transport, retry=RETRY)).run()

    assert [request.on_new_connection for request in transport.requests] == [False, wanted]


def test_a_rotated_secret_is_used_by_the_next_attempt():
    transport = ScriptedTransport([REFUSED, GOOD])

    exchange(exchange_parts(transport, retry=RETRY, credentials=Rotating())).run()

    first, second = (request.authorization for request in transport.requests)
    assert first == BasicAuth("me", SecretString("secret 1")).header()
    assert second == BasicAuth("me", SecretString("secret 2")).header()
    assert AUTH_TOKEN not in first


def test_all_attempts_have_the_deadline_of_the_call():
    transport = ScriptedTransport([REFUSED, GOOD])
    parts = exchange_parts(transport, retry=RETRY)

    exchange(parts, deadline=17.0).run()

    assert [request.deadline for request in transport.requests] == [17.0, 17.0]


def test_without_a_deadline_it_is_the_total_timeout_from_now_on():
    clock, transport = HandClock(), ScriptedTransport([GOOD])
    clock.sleep(5)

    exchange(exchange_parts(transport, clock=clock)).run()

    assert transport.requests[0].deadline == 35.0


def test_a_retry_that_would_come_too_late_is_not_waited_for():
    clock, transport = HandClock(), ScriptedTransport([answer(429, {}, retry_after="10"), GOOD])

    with pytest.raises(RateLimitedError):
        exchange(exchange_parts(transport, retry=RETRY, clock=clock), deadline=10.0).run()

    assert (clock.monotonic(), len(transport.requests)) == (0.0, 1)


def test_an_error_tells_when_the_first_attempt_began():
    clock, transport = HandClock(), ScriptedTransport([REFUSED, LOST])
    clock.sleep(4)

    with pytest.raises(AmbiguousSendError) as caught:
        exchange(exchange_parts(transport, retry=RETRY, clock=clock), Effect.SEND, deadline=100.0).run()

    assert caught.value.started_at == datetime(2026, 1, 1, 0, 0, 4, tzinfo=UTC)


def test_a_last_look_is_had_before_each_request_and_may_refuse():
    looks: list[int] = []

    def look() -> None:
        looks.append(len(transport.requests))
        if len(looks) == 2:
            raise LocalOptOutError("said STOP")

    transport = ScriptedTransport([REFUSED, GOOD])

    with pytest.raises(LocalOptOutError):
        exchange(exchange_parts(transport, retry=RETRY), Effect.SEND, last_look=look).run()

    assert (looks, len(transport.requests)) == ([0, 1], 1)


def test_who_watches_is_told_of_each_attempt():
    watch = NumberedWatch()
    question = Question(operation="get_message", method="GET", path="/x.json", effect=Effect.READ)
    parts = exchange_parts(ScriptedTransport([LOST, LOST, GOOD]), retry=RETRY)

    Exchange(parts, question, read_sid, watch).run()

    assert watch.told == [1, 2, 3]


# What one call makes of a breaker that opens at the first failure, and of one that is half-open.
LEARNED = {
    "success": (GOOD, State.CLOSED, State.CLOSED),
    "unreadable success": (NO_JSON, State.CLOSED, State.CLOSED),
    "lost": (LOST, State.OPEN, State.OPEN),
    "refused connection": (REFUSED, State.OPEN, State.OPEN),
    "500": (TROUBLE, State.OPEN, State.OPEN),
    "400": (answer(400, {}), State.CLOSED, State.CLOSED),
    "429": (answer(429, {}), State.CLOSED, State.HALF_OPEN),
    "408": (answer(408, {}), State.CLOSED, State.HALF_OPEN),
    "307": (answer(307, {}), State.CLOSED, State.HALF_OPEN),
}


@pytest.mark.parametrize("met", LEARNED)
def test_a_closed_breaker_learns_from_a_call(met):
    response, closed_becomes, _ = LEARNED[met]
    parts = exchange_parts(ScriptedTransport([response]), breaker=BreakerPolicy(failures=1))

    _try(parts)

    assert parts.breaker.state is closed_becomes


@pytest.mark.parametrize("met", LEARNED)
def test_a_half_open_breaker_learns_from_its_trial(met):
    response, _, half_open_becomes = LEARNED[met]
    clock = HandClock()
    parts = exchange_parts(ScriptedTransport([LOST, response]), breaker=BreakerPolicy(failures=1), clock=clock)
    _try(parts)
    clock.sleep(30)

    _try(parts)

    assert parts.breaker.state is half_open_becomes


def test_an_open_breaker_lets_no_request_out():
    transport = ScriptedTransport([LOST])
    parts = exchange_parts(transport, breaker=BreakerPolicy(failures=1))
    _try(parts)

    with pytest.raises(BreakerOpenError) as caught:
        exchange(parts).run()

    assert (len(transport.requests), caught.value.attempts, caught.value.retry_after_seconds) == (1, 0, 30.0)


def test_a_breaker_that_opens_between_two_attempts_leaves_the_error_of_the_first():
    transport = ScriptedTransport([REFUSED, GOOD])
    parts = exchange_parts(transport, retry=RETRY, breaker=BreakerPolicy(failures=1))

    with pytest.raises(ConnectionFailedError) as caught:
        exchange(parts).run()

    assert (caught.value.verdict, len(transport.requests)) == (Verdict.NOT_SENT, 1)


def test_an_error_of_the_connection_names_the_address():
    parts = exchange_parts(ScriptedTransport([REFUSED]))

    with pytest.raises(ConnectionFailedError, match=rf"^nothing was sent to {parts.base_url}: "):
        exchange(parts).run()


@pytest.mark.parametrize("ends", ["an interrupt", "a last look"])
def test_a_trial_that_is_broken_off_is_free_for_the_next(ends):
    clock = HandClock()
    parts = exchange_parts(ScriptedTransport([LOST]), breaker=BreakerPolicy(failures=1), clock=clock)
    _try(parts)
    clock.sleep(30)
    given = {"transport": Interrupted()} if ends == "an interrupt" else {}

    with pytest.raises((KeyboardInterrupt, LocalOptOutError)):
        exchange(parts._replace(**given), last_look=_refuse if ends == "a last look" else lambda: None).run()

    assert exchange(parts._replace(transport=ScriptedTransport([GOOD]))).run() == MESSAGE_SID


def _refuse() -> None:
    raise LocalOptOutError("said STOP")


def _try(parts: Parts) -> None:
    with suppress(TwilioError):
        exchange(parts).run()


def test_the_last_look_comes_after_the_secret_which_may_take_long():
    order: list[str] = []

    class Slow(Rotating):
        def basic_auth(self) -> BasicAuth:
            order.append("secret")
            return super().basic_auth()

    parts = exchange_parts(ScriptedTransport([REFUSED, GOOD]), retry=RETRY, credentials=Slow())

    exchange(parts, Effect.SEND, last_look=lambda: order.append("look")).run()

    assert order == ["secret", "look"] * 2


def test_the_answer_of_another_request_leaves_this_one_in_doubt():
    def read(_response: Response) -> str:
        raise ForeignAnswer("that of another message")

    question = Question(operation="send_sms", method="POST", path="/x.json", effect=Effect.SEND)
    parts = exchange_parts(ScriptedTransport([GOOD, GOOD]), retry=RETRY)

    with pytest.raises(AmbiguousSendError, match="that of another message") as caught:
        Exchange(parts, question, read, SilentWatch()).run()

    assert (caught.value.verdict, caught.value.status) == (Verdict.UNKNOWN, None)


def test_an_answer_that_is_too_deep_to_read_was_still_carried_out():
    def read(_response: Response) -> str:
        raise RecursionError("too deep")

    question = Question(operation="send_sms", method="POST", path="/x.json", effect=Effect.SEND)

    with pytest.raises(AcceptedWithoutSidError):
        Exchange(exchange_parts(ScriptedTransport([GOOD])), question, read, SilentWatch()).run()


@pytest.mark.parametrize(("asked", "requests"), [("26", 2), ("27", 1)])
def test_a_retry_that_would_leave_no_time_for_its_answer_is_not_made(asked, requests):
    transport = ScriptedTransport([answer(429, {}, Retry_After=asked), GOOD])

    with suppress(RateLimitedError):
        exchange(exchange_parts(transport, retry=RETRY), Effect.SEND).run()

    assert len(transport.requests) == requests


def test_time_that_was_used_up_on_this_side_sends_nothing_and_is_no_trouble_of_twilios():
    clock, transport = HandClock(), ScriptedTransport([])
    parts = exchange_parts(transport, clock=clock, breaker=BreakerPolicy(failures=1))

    with pytest.raises(ConnectionFailedError, match="the time was used up") as caught:
        exchange(parts, Effect.SEND, last_look=lambda: clock.sleep(30)).run()

    assert (caught.value.repeatable, caught.value.verdict, parts.breaker.state) == (True, None, State.CLOSED)


def test_credentials_of_a_program_s_own_that_break_send_nothing_and_show_nothing():
    transport = ScriptedTransport([GOOD])

    with pytest.raises(CredentialsError, match="the credentials raised KeyError") as caught:
        exchange(exchange_parts(transport, credentials=Broken())).run()

    assert (transport.requests, caught.value.__context__, AUTH_TOKEN in str(caught.value)) == ([], None, False)
