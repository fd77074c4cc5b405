"""A doubtful draft finds the message that it became, and leaves the most for others like it."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import RECIPIENT, SENDER, message_json
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.matching import find_candidates, is_recognisable
from twilio_sms.domain.message import Message

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
SKEW = timedelta(seconds=10)
SERVICE = "MG" + "0f" * 16
OTHER = "+15559990000"
MEDIA = "https://example.com/cat.png"


def draft(options: dict[str, object] | None = None, **changes) -> Draft:
    return Draft.parse(**{"to": RECIPIENT, "from_": SENDER, "body": "hello", **changes}, options=options or {})


def message(number: int = 1, at: datetime | None = NOON, **changes) -> Message:
    date = format_datetime(at) if at else None
    return Message.from_json(message_json(sid=f"SM{number:032x}", date_created=date, **changes))


class Doubt(NamedTuple):
    """A draft that may have been sent, and since when."""

    draft: Draft
    since: datetime


def is_found(wanted: Draft, listed: Message) -> bool:
    return find_candidates(wanted, [listed], NOON, SKEW) == (listed,)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("wanted", "listed", "found"),
    [
        ({}, {}, True),
        ({}, {"to": OTHER}, False),
        ({}, {"from": OTHER}, False),
        ({}, {"from": None}, False),
        ({}, {"body": "hell"}, False),
        ({"body": "hello \n"}, {"body": "hello"}, True),
        ({"body": " hello"}, {"body": "hello"}, False),
        ({}, {"body": "Sent from your Twilio trial account - hello"}, True),
        ({"body": "“hello”"}, {"body": '"hello"'}, False),
        ({}, {"direction": "inbound"}, False),
        ({}, {"direction": "outbound-reply"}, False),
        ({}, {"num_media": "1"}, False),
        ({}, {"num_media": None}, True),
        ({"media_url": MEDIA}, {"num_media": "1"}, True),
        ({"body": None, "media_url": MEDIA}, {"num_media": "1", "body": None}, True),
        ({"options": {"fallback_from": OTHER}}, {"from": OTHER}, True),
    ],
    ids=str,
)
def test_a_message_is_the_drafts_if_it_looks_like_it(wanted, listed, found):
    assert is_found(draft(**wanted), message(**listed)) is found


@pytest.mark.parametrize(
    ("wanted", "listed", "found"),
    [
        ({"from_": None}, {"from": None}, True),
        ({"from_": None}, {"from": OTHER}, True),
        ({}, {"from": None}, True),
        ({}, {"from": SENDER}, True),
        ({}, {"from": OTHER}, False),
        ({}, {"messaging_service_sid": None}, False),
        ({}, {"messaging_service_sid": "MG" + "1" * 32}, False),
        ({"body": "“hello”"}, {"body": '"hello"'}, True),
    ],
    ids=str,
)
def test_a_messaging_service_chooses_the_sender_later_and_may_encode(wanted, listed, found):
    wanted = draft(**{"messaging_service_sid": SERVICE, **wanted})

    assert is_found(wanted, message(**{"messaging_service_sid": SERVICE, **listed})) is found


@pytest.mark.parametrize(
    ("at", "found"),
    [(after(-10), True), (after(-11), False), (after(86_400), True), (None, True)],
    ids=["within the skew", "too old", "a day later", "no date"],
)
def test_a_message_is_not_older_than_the_mark_but_for_the_skew(at, found):
    assert is_found(draft(), message(at=at)) is found


def test_twilio_dates_by_the_second():
    assert find_candidates(draft(), [message(at=after(-10))], after(0.9), SKEW)


def test_candidates_come_oldest_first_and_without_a_date_last():
    listed = [message(1, None), message(2, after(5)), message(3, after(1))]

    assert [each.sid[-1] for each in find_candidates(draft(), listed, NOON, SKEW)] == ["3", "2", "1"]


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ({}, True),
        ({"content_retention": "discard"}, False),
        ({"content_retention": "retain"}, True),
        ({"address_retention": "obfuscate"}, False),
        ({"shorten_urls": True}, False),
        ({"shorten_urls": False}, True),
        ({"smart_encoded": True}, False),
        ({"smart_encoded": False}, True),
        ({"content_sid": "HX1"}, False),
        ({"validity_period": 60}, True),
    ],
    ids=str,
)
def test_some_options_make_a_message_look_like_another(options, answer):
    wanted = draft(options)

    assert is_recognisable(wanted) is answer
    assert is_found(wanted, message()) is answer


def taken(drafts: list[tuple[int, Doubt]], messages: list[Message]) -> dict[int, str]:
    """Have each draft, one after the other, take the first candidate that none before it took."""
    found: dict[int, str] = {}
    for number, doubt in drafts:
        candidates = find_candidates(doubt.draft, messages, doubt.since, SKEW)
        sid = next((each.sid for each in candidates if each.sid not in found.values()), None)
        if sid:
            found[number] = sid
    return found


def test_an_old_message_goes_to_the_old_draft_so_that_the_young_one_gets_its_own():
    drafts = [(0, Doubt(draft(), after(60))), (1, Doubt(draft(), after(0)))]
    messages = [message(1, after(70)), message(2, after(5))]

    assert taken(drafts, messages) == taken(drafts[::-1], messages) == {0: message(1).sid, 1: message(2).sid}


def test_a_message_without_a_date_is_the_last_choice():
    drafts = [(0, Doubt(draft(), after(0))), (1, Doubt(draft(), after(60)))]

    assert taken(drafts, [message(1, None), message(2, after(5))]) == {0: message(2).sid, 1: message(1).sid}


DOUBTS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40)), max_size=12).map(
    lambda given: [(number, Doubt(draft(body=body), after(at))) for number, (body, at) in enumerate(given)]
)
MESSAGES = st.lists(st.tuples(st.sampled_from("abcd"), st.none() | st.integers(-30, 40)), max_size=12).map(
    lambda given: [
        message(number, None if at is None else after(at), body=body) for number, (body, at) in enumerate(given)
    ]
)


def most_pairs(choices: dict[int, list[str]]) -> int:
    """Return how many can have one of their choices each: by augmenting paths, the textbook way."""
    owner: dict[str, int] = {}

    def has_one(number: int, seen: set[str]) -> bool:
        for sid in choices[number]:
            if sid not in seen:
                seen.add(sid)
                if sid not in owner or has_one(owner[sid], seen):
                    owner[sid] = number
                    return True
        return False

    return sum(has_one(number, set()) for number in choices)


@given(doubts=DOUBTS, messages=MESSAGES, data=st.data())
def test_whoever_looks_first_no_other_choice_would_find_more(doubts, messages, data):
    choices = {
        number: [found.sid for found in find_candidates(doubt.draft, messages, doubt.since, SKEW)]
        for number, doubt in doubts
    }

    found = taken(data.draw(st.permutations(doubts)), data.draw(st.permutations(messages)))

    assert len(found) == most_pairs(choices)
