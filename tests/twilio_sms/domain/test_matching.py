"""A doubtful draft finds the message that it became, and no message is found twice."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import RECIPIENT, SENDER, message_json
from twilio_sms.domain.draft import Draft
from twilio_sms.domain.matching import DoubtfulRow, assign, find_candidates, is_recognisable
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


def row(index: int, at: datetime = NOON, **changes) -> DoubtfulRow:
    return DoubtfulRow(index=index, draft=draft(**changes), marked_at=at)


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


def test_twins_get_a_message_each():
    found = assign([row(0), row(1)], [message(1), message(2)], owned=set())

    assert found == {0: message(1).sid, 1: message(2).sid}


def test_what_a_row_owns_is_given_to_no_other():
    assert assign([row(0)], [message(1), message(2)], owned={message(1).sid}) == {0: message(2).sid}


def test_an_old_message_goes_to_the_old_row_so_that_the_young_one_gets_its_own():
    rows = [row(0, after(60)), row(1, after(0))]

    found = assign(rows, [message(1, after(70)), message(2, after(5))], owned=set(), skew=SKEW)

    assert found == {1: message(2).sid, 0: message(1).sid}


def test_the_row_that_is_longest_in_doubt_is_served_first():
    found = assign([row(0, after(60)), row(1, after(0))], [message(1, after(70))], owned=set(), skew=SKEW)

    assert found == {1: message(1).sid}


def test_a_message_without_a_date_is_the_last_choice():
    rows = [row(0, after(0)), row(1, after(60))]

    found = assign(rows, [message(1, None), message(2, after(5))], owned=set(), skew=SKEW)

    assert found == {0: message(2).sid, 1: message(1).sid}


def test_the_same_message_on_two_pages_is_one():
    assert len(assign([row(0), row(1)], [message(1), message(1)], owned=set())) == 1


ROWS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40)), max_size=12).map(
    lambda given: [row(index, after(at), body=body) for index, (body, at) in enumerate(given)]
)
MESSAGES = st.lists(st.tuples(st.sampled_from("abcd"), st.none() | st.integers(-30, 40)), max_size=12).map(
    lambda given: [
        message(number, None if at is None else after(at), body=body) for number, (body, at) in enumerate(given)
    ]
)
OWNED = st.sets(st.integers(0, 12)).map(lambda numbers: {message(number).sid for number in numbers})


@given(rows=ROWS, messages=MESSAGES, owned=OWNED)
def test_no_message_is_given_to_two_rows_or_to_one_that_it_does_not_fit(rows, messages, owned):
    found = assign(rows, messages, owned, SKEW)

    assert max(Counter(found.values()).values(), default=1) == 1
    assert not owned & set(found.values())
    by_index = {row.index: row for row in rows}
    for index, sid in found.items():
        wanted = by_index[index]
        assert sid in {each.sid for each in find_candidates(wanted.draft, messages, wanted.marked_at, SKEW)}


@given(rows=ROWS, messages=MESSAGES, data=st.data())
def test_the_order_in_which_they_come_means_nothing(rows, messages, data):
    shuffled = data.draw(st.permutations(rows)), data.draw(st.permutations(messages))

    assert assign(*shuffled, set(), SKEW) == assign(rows, messages, set(), SKEW)


@given(bodies=st.lists(st.sampled_from("abc"), max_size=12), listed=st.lists(st.sampled_from("abcd"), max_size=12))
def test_of_each_kind_as_many_are_found_as_there_are_of_both(bodies, listed):
    rows = [row(index, body=body) for index, body in enumerate(bodies)]
    messages = [message(number, body=body) for number, body in enumerate(listed)]

    found = Counter(bodies[index] for index in assign(rows, messages, set()))

    assert found == Counter(bodies) & Counter(listed)


def most_pairs(choices: dict[int, list[str]]) -> int:
    """Return how many can have one of their choices each: by augmenting paths, the textbook way."""
    owner: dict[str, int] = {}

    def has_one(index: int, seen: set[str]) -> bool:
        for sid in choices[index]:
            if sid not in seen:
                seen.add(sid)
                if sid not in owner or has_one(owner[sid], seen):
                    owner[sid] = index
                    return True
        return False

    return sum(has_one(index, set()) for index in choices)


@given(rows=ROWS, messages=MESSAGES)
def test_no_other_choice_would_find_more(rows, messages):
    choices = {
        each.index: [found.sid for found in find_candidates(each.draft, messages, each.marked_at, SKEW)]
        for each in rows
    }

    assert len(assign(rows, messages, set(), SKEW)) == most_pairs(choices)
