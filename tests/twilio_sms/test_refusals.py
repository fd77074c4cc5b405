"""What failed becomes the right error, with what it proves, and shows nothing private."""

import traceback
from base64 import b64encode
from collections.abc import Callable

import pytest

from tests.doubles import (
    ACCOUNT_SID,
    AUTH_TOKEN,
    RECIPIENT,
    HandClock,
    ScriptedTransport,
    SilentWatch,
    answer,
    message_json,
)
from tests.parts import gateway
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AnswerError,
    AuthenticationError,
    ConflictError,
    ConnectionFailedError,
    NoAnswerError,
    NotFoundError,
    NotProcessedError,
    OptedOutError,
    RateLimitedError,
    RequestError,
    ServerError,
    TwilioError,
)
from twilio_sms.gateway import Dispatch, Gateway
from twilio_sms.refusals import Json
from twilio_sms.transport.wire import LostAnswer
from twilio_sms.verdict import Effect, Phase, Verdict

READ, CHANGE, SEND = Effect.READ, Effect.CHANGE, Effect.SEND
MASKED = "+1555***4567"
FORM = (("To", RECIPIENT), ("Body", "hush"))
DISPATCH = Dispatch(form=FORM, recipient=MASKED, row_key="row 3")


def read_sid(tree: Json) -> str:
    """Read the SID, as a value would be read from the JSON."""
    if not tree.get("sid") or not isinstance(tree["sid"], str):
        raise ValueError("without a sid")
    return tree["sid"]


CALLS: dict[Effect, Callable[[Gateway], object]] = {
    READ: lambda gateway: gateway.get("get_message", "/x.json", read_sid, FORM),
    CHANGE: lambda gateway: gateway.post("cancel_message", "/x.json", FORM, read_sid),
    SEND: lambda gateway: gateway.create_message("/x.json", DISPATCH, read_sid, SilentWatch()),
}
EACH_EFFECT = pytest.mark.parametrize("effect", Effect, ids=lambda effect: effect.name)


def _failure(effect: Effect, outcome) -> TwilioError:
    with pytest.raises(TwilioError) as caught:
        CALLS[effect](gateway(ScriptedTransport([outcome])))
    return caught.value


LOST = [
    (READ, Phase.OPENING, ConnectionFailedError, True),
    (READ, Phase.SENDING, ConnectionFailedError, True),
    (READ, Phase.SENDING_LAST, NoAnswerError, True),
    (READ, Phase.SENT, NoAnswerError, True),
    (CHANGE, Phase.OPENING, ConnectionFailedError, True),
    (CHANGE, Phase.SENDING, ConnectionFailedError, True),
    (CHANGE, Phase.SENDING_LAST, NoAnswerError, False),
    (CHANGE, Phase.SENT, NoAnswerError, False),
    (SEND, Phase.OPENING, ConnectionFailedError, True),
    (SEND, Phase.SENDING, ConnectionFailedError, True),
    (SEND, Phase.SENDING_LAST, AmbiguousSendError, False),
    (SEND, Phase.SENT, AmbiguousSendError, False),
]


@pytest.mark.parametrize(
    ("effect", "phase", "kind", "repeatable"), LOST, ids=[f"{effect.name} {phase.name}" for effect, phase, *_ in LOST]
)
def test_a_lost_answer_becomes_the_error_of_its_phase(effect, phase, kind, repeatable):
    error = _failure(effect, LostAnswer(phase, "reset by peer"))

    assert type(error) is kind
    assert (error.repeatable, error.phase, error.status) == (repeatable, phase, None)
    assert "reset by peer" in str(error)


# status: (error of a read or a change, error of a send, which effects may be repeated)
REFUSALS = {
    100: (RequestError, AmbiguousSendError, {READ}),
    302: (RequestError, RequestError, set()),
    304: (RequestError, RequestError, set()),
    400: (RequestError, RequestError, set()),
    401: (AuthenticationError, AuthenticationError, set()),
    403: (AuthenticationError, AuthenticationError, set()),
    404: (NotFoundError, NotFoundError, set()),
    405: (RequestError, RequestError, set()),
    408: (NotProcessedError, NotProcessedError, {READ, CHANGE, SEND}),
    409: (ConflictError, ConflictError, set()),
    410: (NotFoundError, NotFoundError, set()),
    421: (NotProcessedError, NotProcessedError, {READ, CHANGE, SEND}),
    425: (NotProcessedError, NotProcessedError, {READ, CHANGE, SEND}),
    429: (RateLimitedError, RateLimitedError, {READ, CHANGE, SEND}),
    499: (RequestError, RequestError, set()),
    500: (ServerError, AmbiguousSendError, {READ}),
    502: (ServerError, AmbiguousSendError, {READ}),
    503: (ServerError, AmbiguousSendError, {READ}),
    504: (ServerError, AmbiguousSendError, {READ}),
    599: (ServerError, AmbiguousSendError, {READ}),
}


@EACH_EFFECT
@pytest.mark.parametrize("status", REFUSALS)
def test_a_refusal_becomes_the_error_of_its_status(effect, status):
    kind, kind_of_send, repeatable = REFUSALS[status]

    error = _failure(effect, answer(status, body=b"<html>"))

    assert type(error) is (kind_of_send if effect is SEND else kind)
    assert error.repeatable is (effect in repeatable)
    assert error.status == status


def test_a_code_goes_before_the_status():
    error = _failure(SEND, answer(400, {"code": 21610, "message": "unsubscribed"}))

    assert type(error) is OptedOutError
    assert not error.repeatable


def test_a_code_does_not_make_a_server_error_of_a_send_certain():
    error = _failure(SEND, answer(500, {"code": 21610, "message": "unsubscribed"}))

    assert type(error) is AmbiguousSendError
    assert error.code == 21610


def test_a_refusal_tells_what_twilio_told():
    tree = {"code": 21211, "message": "Invalid 'To' Phone Number: +1555123XXXX", "more_info": "https://t.example/21211"}

    error = _failure(SEND, answer(400, tree, twilio_request_id="RQ1"))

    assert str(error) == "HTTP 400, code 21211: Invalid 'To' Phone Number: +1555123XXXX"
    assert (error.code, error.more_info, error.request_id) == (21211, "https://t.example/21211", "RQ1")
    assert error.verdict is Verdict.REJECTED
    assert error.headers == {"twilio-request-id": "RQ1"}


@pytest.mark.parametrize(
    ("tree", "code"),
    [
        pytest.param(["a list"], None, id="list"),
        pytest.param({}, None, id="nothing"),
        pytest.param({"code": None, "message": None}, None, id="nulls"),
        pytest.param({"code": {}, "message": [], "more_info": 5}, None, id="other types"),
        pytest.param({"code": True}, None, id="code that is a truth value"),
        pytest.param({"code": 10**30}, None, id="code that is too large for one"),
    ],
)
def test_a_refusal_without_a_reason_is_told_by_its_status(tree, code):
    error = _failure(READ, answer(400, tree))

    assert str(error) == "HTTP 400: no reason given"
    assert (error.code, error.more_info) == (code, None)


UNREADABLE = {
    "empty": answer(201, body=b""),
    "HTML": answer(201, body=b"<html>"),
    "list": answer(201, [message_json()]),
    "not UTF-8": answer(201, body=b'{"sid": "\xff"}'),
    "too deep": answer(201, body=b"[" * 100_000),
    "damaged": answer(201, message_json(), damage="cut off"),
}


@pytest.mark.parametrize("response", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize(
    ("effect", "kind", "repeatable"),
    [(READ, AnswerError, True), (CHANGE, AnswerError, False), (SEND, AcceptedWithoutSidError, False)],
    ids=["READ", "CHANGE", "SEND"],
)
def test_an_unreadable_answer_was_still_carried_out(effect, kind, repeatable, response):
    error = _failure(effect, response)

    assert type(error) is kind
    assert (error.repeatable, error.status, error.verdict) == (repeatable, 201, Verdict.ACCEPTED)


@pytest.mark.parametrize("sid", [None, 5, ""], ids=repr)
def test_a_send_that_was_accepted_without_a_sid_says_so(sid):
    error = _failure(SEND, answer(201, message_json(sid=sid), twilio_request_id="RQ1"))

    assert type(error) is AcceptedWithoutSidError
    assert (error.recipient, error.request_id, error.repeatable) == (MASKED, "RQ1", False)


def test_the_reason_of_a_damage_is_told():
    assert "cut off" in str(_failure(READ, answer(200, {}, damage="cut off")))


@pytest.mark.parametrize(
    "outcome",
    [LostAnswer(Phase.SENT, "reset"), answer(500, {}), answer(201, body=b"")],
    ids=["lost", "500", "unreadable"],
)
def test_an_unclear_send_names_its_recipient_masked(outcome):
    error = _failure(SEND, outcome)

    assert error.recipient == MASKED
    assert MASKED in str(error)
    assert (error.row_key, error.started_at, error.attempts) == ("row 3", HandClock().now(), 1)


# The clock stands at 2026-01-01 00:00:00 UTC.
@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        pytest.param("5", 5.0, id="seconds"),
        pytest.param(" 0 ", 0.0, id="zero with spaces"),
        pytest.param("Thu, 01 Jan 2026 00:01:30 GMT", 90.0, id="HTTP date"),
        pytest.param("Thursday, 01-Jan-26 00:01:30 GMT", 90.0, id="RFC 850 date"),
        pytest.param("Thu Jan  1 00:01:30 2026", 90.0, id="asctime date"),
        pytest.param("Wed, 31 Dec 2025 23:59:00 GMT", 0.0, id="HTTP date in the past"),
        pytest.param("-5", None, id="negative"),
        pytest.param("1.5", None, id="fraction"),
        pytest.param("²", None, id="superscript"),
        pytest.param("soon", None, id="garbage"),
        pytest.param("", None, id="empty"),
        pytest.param("Thu, 01 Jan 99999999999999999999 00:00:00 GMT", None, id="year too far away"),
        pytest.param("Thu, 01 Jan 2026 00:00:00 +99999999999999", None, id="zone too far away"),
        pytest.param("9" * 400, None, id="more seconds than a number holds"),
    ],
)
def test_retry_after_is_read_or_counts_as_absent(value, seconds):
    error = _failure(SEND, answer(429, {}, retry_after=value))

    assert type(error) is RateLimitedError
    assert error.retry_after_seconds == seconds


def test_without_retry_after_there_is_no_time_to_wait():
    assert _failure(SEND, answer(429, {})).retry_after_seconds is None


OUTCOMES = {
    "nothing sent": LostAnswer(Phase.OPENING, f"cannot reach {RECIPIENT}"),
    "answer lost": LostAnswer(Phase.SENT, f"no answer for {RECIPIENT}"),
    "refused": answer(400, {"code": 21211, "message": f"invalid {RECIPIENT}"}),
    "server error": answer(503, {"message": f"trouble with {RECIPIENT}"}),
    "unreadable": answer(201, body=f"{RECIPIENT} hush".encode()),
}


@EACH_EFFECT
@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES)
def test_no_error_shows_a_secret_a_body_or_a_whole_number(effect, outcome):
    error = _failure(effect, outcome)

    shown = f"{error!s} {error!r} {error.args} {error.evidence}"
    secret = b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode()
    assert not [private for private in (AUTH_TOKEN, secret, "hush", RECIPIENT) if private in shown]


@EACH_EFFECT
def test_the_trace_of_a_refusal_shows_no_whole_number(effect):
    error = _failure(effect, OUTCOMES["refused"])

    assert RECIPIENT not in "".join(traceback.format_exception(error))


def test_the_cause_of_a_lost_answer_is_kept():
    lost = LostAnswer(Phase.SENT, "reset")

    assert _failure(READ, lost).__cause__ is lost
