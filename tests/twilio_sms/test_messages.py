"""Messages are sent, read, paged through, canceled, redacted and deleted."""

import pytest

from tests.doubles import (
    ACCOUNT_SID,
    MESSAGE_SID,
    RECIPIENT,
    SENDER,
    HandClock,
    ScriptedTransport,
    answer,
    message_json,
)
from tests.parts import BASE, assembled
from twilio_sms.config import Config
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AnswerError,
    NotFoundError,
    RateLimitedError,
    SchedulingError,
    ValidationError,
)
from twilio_sms.messages import Messages
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.transport.wire import LostAnswer
from twilio_sms.verdict import Phase

PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages"
HELLO = {"to": RECIPIENT, "from_": SENDER, "body": "hello"}


RETRYING = Config(retry=RetryPolicy())


def _messages(*script) -> tuple[Messages, ScriptedTransport]:
    transport = ScriptedTransport(script)
    return assembled(transport).messages, transport


def test_a_send_is_one_request_and_returns_the_message():
    messages, transport = _messages(answer(201, message_json()))

    message = messages.send(**HELLO, smart_encoded=True)

    [request] = transport.requests
    assert (request.method, request.url) == ("POST", f"{BASE}{PATH}.json")
    assert request.form == (("To", RECIPIENT), ("From", SENDER), ("Body", "hello"), ("SmartEncoded", "true"))
    assert message.sid == MESSAGE_SID


def test_all_that_a_send_takes_goes_out():
    service = "MG" + "0f" * 16
    messages, transport = _messages(answer(201, message_json()))

    messages.send(to=RECIPIENT, messaging_service_sid=service, media_url=["https://a.b/1", "https://a.b/2"])

    assert transport.requests[0].form == (
        ("To", RECIPIENT),
        ("MessagingServiceSid", service),
        ("MediaUrl", "https://a.b/1"),
        ("MediaUrl", "https://a.b/2"),
    )


@pytest.mark.parametrize(
    "changes", [{"to": "5"}, {"body": "x" * 1601}, {"sendat": 1}], ids=["recipient", "body", "unknown option"]
)
def test_what_cannot_be_sent_does_not_leave_the_process(changes):
    messages, transport = _messages()

    with pytest.raises(ValidationError):
        messages.send(**{**HELLO, **changes})

    assert transport.requests == []


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        pytest.param(LostAnswer(Phase.SENT, "reset"), AmbiguousSendError, id="lost answer"),
        pytest.param(answer(503, {}), AmbiguousSendError, id="server error"),
        pytest.param(answer(429, {}), RateLimitedError, id="rate limited"),
        pytest.param(answer(201, {}), AcceptedWithoutSidError, id="no SID"),
        pytest.param(answer(201, message_json(sid="")), AcceptedWithoutSidError, id="empty SID"),
    ],
)
def test_a_send_that_failed_is_not_repeated(outcome, kind):
    messages, transport = _messages(outcome, answer(201, message_json()))

    with pytest.raises(kind):
        messages.send(**HELLO)

    assert len(transport.requests) == 1


@pytest.mark.parametrize(
    "changes",
    [{"num_segments": float("inf")}, {"date_created": "Thu, 24 Aug 99999999999999999999 05:01:45 +0000"}],
    ids=["segments without end", "date too far away"],
)
def test_a_message_that_was_sent_is_returned_whatever_its_fields_say(changes):
    messages, _ = _messages(answer(201, message_json(**changes)))

    assert messages.send(**HELLO).sid == MESSAGE_SID


@pytest.mark.parametrize(
    ("call", "method", "form"),
    [
        pytest.param(Messages.get, "GET", (), id="get"),
        pytest.param(Messages.cancel, "POST", (("Status", "canceled"),), id="cancel"),
        pytest.param(Messages.redact, "POST", (("Body", ""),), id="redact"),
        pytest.param(Messages.delete, "DELETE", (), id="delete"),
    ],
)
def test_a_message_is_asked_for_by_its_sid(call, method, form):
    messages, transport = _messages(answer(200, message_json()))

    call(messages, MESSAGE_SID)

    [request] = transport.requests
    assert (request.method, request.url, request.form) == (method, f"{BASE}{PATH}/{MESSAGE_SID}.json", form)


@pytest.mark.parametrize("call", [Messages.get, Messages.cancel, Messages.redact])
def test_the_message_is_returned_as_it_is_now(call):
    messages, _ = _messages(answer(200, message_json(status="canceled", body="")))

    message = call(messages, MESSAGE_SID)

    assert (message.status, message.body) == ("canceled", "")


def test_a_picture_message_has_a_sid_too():
    messages, _ = _messages(answer(200, message_json(sid="MM" + "0C" * 16)))

    assert messages.get("MM" + "0C" * 16).sid == "MM" + "0C" * 16


@pytest.mark.parametrize("call", [Messages.get, Messages.cancel, Messages.redact, Messages.delete])
@pytest.mark.parametrize(
    "sid",
    [
        "",
        "SM1",
        "AC" + "0a" * 16,
        MESSAGE_SID + "/../x",
        MESSAGE_SID + "\n",
        "SM" + "0g" * 16,
        "SM" + "\u0660" * 32,
        None,
        5,
    ],
    ids=["empty", "short", "account", "path", "line feed", "not hexadecimal", "not ASCII", "None", "int"],
)
def test_what_is_no_message_sid_does_not_leave_the_process(call, sid):
    messages, transport = _messages()

    with pytest.raises(ValidationError, match="a message SID has SM or MM and 32 hexadecimal digits"):
        call(messages, sid)

    assert transport.requests == []


def test_a_message_that_is_not_there_is_an_error():
    messages, _ = _messages(answer(404, {"code": 20404, "message": "not found"}))

    with pytest.raises(NotFoundError):
        messages.get(MESSAGE_SID)


def test_a_message_that_is_not_waiting_cannot_be_canceled():
    messages, _ = _messages(answer(409, {"code": 30409, "message": "cannot be canceled"}))

    with pytest.raises(SchedulingError):
        messages.cancel(MESSAGE_SID)


REFUSED = answer(409, {"code": 30409, "message": "cannot be canceled"})


def test_a_cancel_whose_answer_got_lost_has_worked_if_the_message_is_canceled():
    transport = ScriptedTransport(
        [LostAnswer(Phase.SENT, "reset"), REFUSED, answer(200, message_json(status="canceled"))]
    )

    message = assembled(transport, RETRYING).messages.cancel(MESSAGE_SID)

    assert (message.status, [request.method for request in transport.requests]) == ("canceled", ["POST", "POST", "GET"])


def test_a_cancel_that_came_too_late_is_refused_whatever_got_lost_before():
    transport = ScriptedTransport([LostAnswer(Phase.SENT, "reset"), REFUSED, answer(200, message_json(status="sent"))])

    with pytest.raises(SchedulingError):
        assembled(transport, RETRYING).messages.cancel(MESSAGE_SID)


@pytest.mark.parametrize(
    ("call", "repeatable"), [(Messages.get, True), (Messages.redact, False)], ids=["a read", "a change"]
)
def test_an_answer_without_a_sid_may_be_asked_for_again_if_nothing_was_changed(call, repeatable):
    messages, _ = _messages(answer(200, {"body": "x"}))

    with pytest.raises(AnswerError, match="cannot be read") as caught:
        call(messages, MESSAGE_SID)

    assert (caught.value.repeatable, caught.value.status) == (repeatable, 200)


def test_a_message_is_looked_at_until_it_ended():
    transport = ScriptedTransport([answer(200, message_json(status=word)) for word in ("queued", "sent", "delivered")])
    clock = HandClock()

    message = assembled(transport, clock=clock).messages.wait_until(MESSAGE_SID)

    assert (message.status, len(transport.requests), clock.monotonic()) == ("delivered", 3, 2.5)
    assert {request.url for request in transport.requests} == {f"{BASE}{PATH}/{MESSAGE_SID}.json"}


def test_a_look_is_repeated_as_every_read_is_and_ends_with_the_wait():
    transport = ScriptedTransport([answer(503, {}), answer(200, message_json(status="delivered"))])
    clock = HandClock()

    assembled(transport, Config(retry=RetryPolicy()), clock).messages.wait_until(MESSAGE_SID, timeout=8)

    assert [request.deadline for request in transport.requests] == [8, 8]


@pytest.mark.parametrize("given", [{"sid": "5"}, {"status": "gone"}, {"timeout": -1}, {"final": False}])
def test_a_wait_that_cannot_be_is_refused_before_anything_is_asked(given):
    messages, transport = _messages()

    with pytest.raises(ValidationError):
        messages.wait_until(**{"sid": MESSAGE_SID, **given})

    assert transport.requests == []


def test_a_template_makes_the_body():
    parts = assembled(transport := ScriptedTransport([answer(201, message_json())]))
    parts.templates().register("welcome", "Hi $name!")

    parts.messages.send(to=RECIPIENT, from_=SENDER, template="welcome", values={"name": "Zoë"})
    draft = parts.messages.prepare(to=RECIPIENT, from_=SENDER, template="welcome", values={"name": "Ann"})

    assert transport.requests[0].form == (("To", RECIPIENT), ("From", SENDER), ("Body", "Hi Zoë!"))
    assert draft.body == "Hi Ann!"


def test_a_template_without_placeholders_needs_no_values():
    parts = assembled(ScriptedTransport([]))
    parts.templates().register("bye", "Good bye")

    assert parts.messages.prepare(to=RECIPIENT, from_=SENDER, template="bye").body == "Good bye"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"template": "welcome", "body": "hello"}, "template: makes the body: give template or body, not both"),
        ({"values": {"name": "x"}, "body": "hello"}, "template: is missing: values are for the placeholders of one"),
        ({"values": {}}, "template: is missing"),
        ({"template": "welcmoe"}, "did you mean welcome?"),
        ({"template": "welcome"}, "the template needs name"),
        ({"template": "welcome", "values": {"name": "x", "age": 1}}, "the template has no $age"),
        ({"template": "welcome", "values": "Zoe"}, "values must be a mapping by name"),
        ({"template": "welcome", "values": {"name": "x" * 1600}}, "must have 1 to 1600 characters, has 1604"),
        ({"template": "welcome", "to": "5"}, "the template needs name"),
    ],
)
@pytest.mark.parametrize("call", ["send", "prepare"])
def test_a_template_that_makes_no_body_is_refused(call, given, told):
    parts = assembled(transport := ScriptedTransport([]))
    parts.templates().register("welcome", "Hi $name!")

    with pytest.raises(ValidationError) as caught:
        getattr(parts.messages, call)(**{"to": RECIPIENT, "from_": SENDER, **given})

    assert told in str(caught.value)
    assert ("to must be an E.164 number" in str(caught.value)) == ("to" in given)
    assert "content is missing" not in str(caught.value)
    assert transport.requests == []


def test_no_template_is_the_same_as_none():
    messages, _ = _messages()

    assert messages.prepare(**HELLO, template=None, values=None).body == "hello"


def test_a_bulk_takes_a_template_by_name_and_its_rows_have_other_columns_too():
    parts = assembled(transport := ScriptedTransport([answer(201, message_json())]))
    parts.templates().register("welcome", "Hi $name!")

    parts.messages.send_bulk([{"to": RECIPIENT, "name": "Zoë", "age": 7}], template="welcome", from_=SENDER)

    assert ("Body", "Hi Zoë!") in transport.requests[0].form


def test_a_bulk_takes_a_template_or_a_text():
    messages, _ = _messages()

    with pytest.raises(ValidationError, match="give template, the name of one, or body_template"):
        messages.send_bulk([], template="welcome", body_template="Hi")
