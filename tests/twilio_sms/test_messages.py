"""Messages are sent, read, paged through, canceled, redacted and deleted."""

from datetime import UTC, date, datetime

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
from twilio_sms.credentials import BasicAuth, FixedCredentials, SecretString
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    AnswerError,
    NotFoundError,
    RateLimitedError,
    SchedulingError,
    ValidationError,
)
from twilio_sms.gateway import Gateway
from twilio_sms.messages import Messages
from twilio_sms.transport.wire import LostAnswer, Timeouts
from twilio_sms.verdict import Phase

BASE = "https://api.example"
PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages"
HELLO = {"to": RECIPIENT, "from_": SENDER, "body": "hello"}


def _messages(*script) -> tuple[Messages, ScriptedTransport]:
    transport = ScriptedTransport(script)
    credentials = FixedCredentials(BasicAuth(ACCOUNT_SID, SecretString(AUTH_TOKEN)))
    return Messages(Gateway(BASE, credentials, transport, Timeouts(), HandClock()), ACCOUNT_SID), transport


def _page(*numbers: int, following: object = None):
    entries = [message_json(sid=f"SM{number:032x}") for number in numbers]
    return answer(200, {"messages": entries, "next_page_uri": following})


def _next(token: str) -> str:
    return f"{PATH}.json?To=%2B15551234567&PageSize=2&Page=1&PageToken={token}"


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


@pytest.mark.parametrize(
    ("call", "repeatable"), [(Messages.get, True), (Messages.redact, False)], ids=["a read", "a change"]
)
def test_an_answer_without_a_sid_may_be_asked_for_again_if_nothing_was_changed(call, repeatable):
    messages, _ = _messages(answer(200, {"body": "x"}))

    with pytest.raises(AnswerError, match="cannot be read") as caught:
        call(messages, MESSAGE_SID)

    assert (caught.value.repeatable, caught.value.status) == (repeatable, 200)


def test_nothing_is_asked_before_the_first_message_is_wanted():
    messages, transport = _messages(_page(1))

    listed = messages.list()

    assert transport.requests == []
    assert [message.sid[-1] for message in listed] == ["1"]


def test_a_page_is_fetched_when_it_is_needed():
    messages, transport = _messages(_page(1, 2, following=_next("PASM2")), _page(3))
    listed = messages.list()

    asked = [(next(listed).sid[-1], len(transport.requests)) for _ in range(3)]

    assert asked == [("1", 1), ("2", 1), ("3", 2)]
    assert next(listed, None) is None


def test_the_next_page_is_asked_for_as_the_page_before_says():
    messages, transport = _messages(_page(1, 2, following=_next("PASM2")), _page(following=_next("PASM3")), _page(3))

    listed = list(messages.list(to=RECIPIENT, page_size=2))

    assert [message.sid[-1] for message in listed] == ["1", "2", "3"]
    assert [request.url for request in transport.requests] == [f"{BASE}{PATH}.json"] * 3
    assert transport.requests[0].form == (("To", RECIPIENT), ("PageSize", "2"))
    assert transport.requests[2].form == (("To", RECIPIENT), ("PageSize", "2"), ("Page", "1"), ("PageToken", "PASM3"))


@pytest.mark.parametrize(("limit", "found", "requests"), [(1, 1, 1), (2, 2, 1), (3, 3, 2), (4, 4, 2), (9, 4, 2)])
def test_a_limit_ends_the_list_without_another_request(limit, found, requests):
    messages, transport = _messages(_page(1, 2, following=_next("PASM2")), _page(3, 4))

    listed = list(messages.list(limit=limit))

    assert (len(listed), len(transport.requests)) == (found, requests)


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ({}, "50"),
        ({"page_size": 7}, "7"),
        ({"limit": 7}, "7"),
        ({"limit": 5000}, "1000"),
        ({"page_size": 5000}, "1000"),
        ({"page_size": 7, "limit": 3}, "7"),
    ],
    ids=str,
)
def test_a_page_is_as_large_as_is_wanted_and_allowed(options, size):
    messages, transport = _messages(_page())

    list(messages.list(**options))

    assert transport.requests[0].form == (("PageSize", size),)


@pytest.mark.parametrize(
    ("options", "pair"),
    [
        pytest.param({"to": RECIPIENT}, ("To", RECIPIENT), id="to"),
        pytest.param({"from_": SENDER}, ("From", SENDER), id="from_"),
        pytest.param({"date_sent": date(2026, 1, 2)}, ("DateSent", "2026-01-02"), id="on a day"),
        pytest.param({"date_sent_after": date(2026, 1, 2)}, ("DateSent>", "2026-01-02"), id="from a day"),
        pytest.param(
            {"date_sent_before": datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)},
            ("DateSent<", "2026-01-02T03:04:05Z"),
            id="until a moment",
        ),
    ],
)
def test_a_filter_has_twilios_name_on_the_wire(options, pair):
    messages, transport = _messages(_page())

    list(messages.list(**options))

    assert transport.requests[0].form == (pair, ("PageSize", "50"))


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"limit": 0}, "limit must be at least 1, is 0"),
        ({"page_size": -1}, "page_size must be at least 1, is -1"),
        ({"date_sent": datetime(2026, 1, 2)}, "must have a time zone"),
    ],
    ids=["limit", "page size", "no time zone"],
)
def test_a_list_that_cannot_work_is_refused_at_once(options, complaint):
    messages, _ = _messages()

    with pytest.raises(ValidationError, match=complaint):
        messages.list(**options)


@pytest.mark.parametrize("name", ["date_sent", "date_sent_after", "date_sent_before"])
def test_a_moment_without_a_time_zone_is_refused_by_name(name):
    messages, _ = _messages()

    with pytest.raises(ValidationError, match=f"^{name} "):
        messages.list(**{name: datetime(2026, 1, 2)})


def test_a_next_page_on_another_host_is_asked_for_on_ours():
    messages, transport = _messages(_page(1, following=f"https://evil.example{_next('PASM1')}"), _page(2))

    list(messages.list())

    assert [request.url for request in transport.requests] == [f"{BASE}{PATH}.json"] * 2


@pytest.mark.parametrize(
    "following",
    [
        "/2010-04-01/Accounts/AC" + "ff" * 16 + "/Messages.json?Page=1",
        f"{PATH}/../../Secrets.json",
        f"{PATH}/{MESSAGE_SID}.json",
        "?Page=1",
        "http://[evil",
        5,
        ["x"],
    ],
    ids=["other account", "other resource", "one message", "no path", "no address", "number", "list"],
)
def test_a_next_page_that_is_no_page_of_messages_is_refused(following):
    messages, transport = _messages(_page(1, following=following), _page(2))

    with pytest.raises(AnswerError, match="cannot be read"):
        list(messages.list())

    assert len(transport.requests) == 1


@pytest.mark.parametrize(
    "tree",
    [{}, {"messages": None}, {"messages": {}}, {"messages": ["x"]}, {"messages": [{"body": "no sid"}]}],
    ids=["none", "null", "object", "texts", "a message without a SID"],
)
def test_a_page_that_cannot_be_read_may_be_asked_for_again(tree):
    messages, _ = _messages(answer(200, tree))

    with pytest.raises(AnswerError, match="cannot be read") as caught:
        list(messages.list())

    assert caught.value.repeatable


def test_a_page_that_is_lost_ends_the_list_with_an_error():
    messages, _ = _messages(_page(1, following=_next("PASM1")), answer(429, {}))
    listed = messages.list()

    assert next(listed).sid.endswith("1")
    with pytest.raises(RateLimitedError):
        next(listed)
