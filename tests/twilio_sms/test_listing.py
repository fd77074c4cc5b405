"""Pages are fetched when they are needed, as the page before says, and from nowhere else."""

from datetime import UTC, date, datetime

import pytest

from tests.doubles import ACCOUNT_SID, MESSAGE_SID, RECIPIENT, SENDER, ScriptedTransport, answer, message_json
from tests.parts import BASE, gateway
from twilio_sms.errors import AnswerError, RateLimitedError, ValidationError
from twilio_sms.listing import Listing

PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages"


def _messages(*script):
    transport = ScriptedTransport(script)
    return Listing(gateway(transport), f"{PATH}.json"), transport


def _page(*numbers: int, following: object = None):
    entries = [message_json(sid=f"SM{number:032x}") for number in numbers]
    return answer(200, {"messages": entries, "next_page_uri": following})


def _next(token: str) -> str:
    return f"{PATH}.json?To=%2B15551234567&PageSize=2&Page=1&PageToken={token}"


def test_nothing_is_asked_before_the_first_message_is_wanted():
    messages, transport = _messages(_page(1))

    listed = messages.messages()

    assert transport.requests == []
    assert [message.sid[-1] for message in listed] == ["1"]


def test_a_page_is_fetched_when_it_is_needed():
    messages, transport = _messages(_page(1, 2, following=_next("PASM2")), _page(3))
    listed = messages.messages()

    asked = [(next(listed).sid[-1], len(transport.requests)) for _ in range(3)]

    assert asked == [("1", 1), ("2", 1), ("3", 2)]
    assert next(listed, None) is None


def test_the_next_page_is_asked_for_as_the_page_before_says():
    messages, transport = _messages(_page(1, 2, following=_next("PASM2")), _page(following=_next("PASM3")), _page(3))

    listed = list(messages.messages(to=RECIPIENT, page_size=2))

    assert [message.sid[-1] for message in listed] == ["1", "2", "3"]
    assert [request.url for request in transport.requests] == [f"{BASE}{PATH}.json"] * 3
    assert transport.requests[0].form == (("To", RECIPIENT), ("PageSize", "2"))
    assert transport.requests[2].form == (("To", RECIPIENT), ("PageSize", "2"), ("Page", "1"), ("PageToken", "PASM3"))


@pytest.mark.parametrize(("limit", "found", "requests"), [(1, 1, 1), (2, 2, 1), (3, 3, 2), (4, 4, 2), (9, 4, 2)])
def test_a_limit_ends_the_list_without_another_request(limit, found, requests):
    messages, transport = _messages(_page(1, 2, following=_next("PASM2")), _page(3, 4))

    listed = list(messages.messages(limit=limit))

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

    list(messages.messages(**options))

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

    list(messages.messages(**options))

    assert transport.requests[0].form == (pair, ("PageSize", "50"))


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"limit": 0}, "limit must be a whole number from 1 on, is 0"),
        ({"limit": "5"}, "limit must be a whole number from 1 on, is '5'"),
        ({"limit": True}, "limit must be a whole number from 1 on, is True"),
        ({"page_size": -1}, "page_size must be a whole number from 1 on, is -1"),
        ({"date_sent": datetime(2026, 1, 2)}, "must have a time zone"),
    ],
    ids=["limit", "a text", "a truth value", "page size", "no time zone"],
)
def test_a_list_that_cannot_work_is_refused_at_once(options, complaint):
    messages, _ = _messages()

    with pytest.raises(ValidationError, match=complaint):
        messages.messages(**options)


@pytest.mark.parametrize("name", ["date_sent", "date_sent_after", "date_sent_before"])
def test_a_moment_without_a_time_zone_is_refused_by_name(name):
    messages, _ = _messages()

    with pytest.raises(ValidationError, match=f"^{name} "):
        messages.messages(**{name: datetime(2026, 1, 2)})


def test_a_next_page_on_another_host_is_asked_for_on_ours():
    messages, transport = _messages(_page(1, following=f"https://evil.example{_next('PASM1')}"), _page(2))

    list(messages.messages())

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
        list(messages.messages())

    assert len(transport.requests) == 1


@pytest.mark.parametrize(
    "tree",
    [{}, {"messages": None}, {"messages": {}}, {"messages": ["x"]}, {"messages": [{"body": "no sid"}]}],
    ids=["none", "null", "object", "texts", "a message without a SID"],
)
def test_a_page_that_cannot_be_read_may_be_asked_for_again(tree):
    messages, _ = _messages(answer(200, tree))

    with pytest.raises(AnswerError, match="cannot be read") as caught:
        list(messages.messages())

    assert caught.value.repeatable


def test_a_page_that_is_lost_ends_the_list_with_an_error():
    messages, _ = _messages(_page(1, following=_next("PASM1")), answer(429, {}))
    listed = messages.messages()

    assert next(listed).sid.endswith("1")
    with pytest.raises(RateLimitedError):
        next(listed)


def test_a_list_of_empty_pages_without_end_is_given_up():
    pages = [_page(following=_next(f"PASM{number}")) for number in range(20)]
    messages, transport = _messages(_page(1, following=_next("PASM")), *pages)

    with pytest.raises(AnswerError, match="more than 10 pages in a row have no message"):
        list(messages.messages())

    assert len(transport.requests) == 12


def test_a_few_empty_pages_are_gone_past():
    empty = [_page(following=_next(f"PASM{number}")) for number in range(10)]
    messages, _ = _messages(*empty, _page(1, following=_next("PASM10")), *[_page(following=_next("PASM11"))], _page())

    assert len(list(messages.messages())) == 1


def test_pages_in_a_circle_are_given_up():
    messages, transport = _messages(*[_page(number, following=_next(f"PASM{number % 2}")) for number in range(9)])

    with pytest.raises(AnswerError, match="its next page was read before"):
        list(messages.messages())

    assert len(transport.requests) == 3
