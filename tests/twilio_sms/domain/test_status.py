"""Twilio's words for a status are known, a new one is no trouble, and what may follow what is a table."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate import lifecycle as fake
from twilio_sms.domain.status import FINAL, FOLLOWS, RANK, Status

# Twilio's OpenAPI file, `message_enum_status`.
WORDS = [
    "queued",
    "sending",
    "sent",
    "failed",
    "delivered",
    "undelivered",
    "receiving",
    "received",
    "accepted",
    "scheduled",
    "read",
    "partially_delivered",
    "canceled",
]


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_twilio_has_its_status(word):
    assert Status.parse(word) == word
    assert Status.parse(word) is not Status.UNKNOWN


def test_there_is_no_status_that_twilio_does_not_have():
    assert set(Status) - {Status.UNKNOWN} == set(WORDS)


@given(text=st.text().filter(lambda text: text not in WORDS))
def test_a_word_that_is_new_becomes_unknown(text):
    assert Status.parse(text) is Status.UNKNOWN


def test_every_status_has_its_place_in_the_tables():
    assert set(FOLLOWS) == set(RANK) == set(Status)


@pytest.mark.parametrize("status", fake.Status, ids=str)
def test_what_may_follow_is_what_the_fake_does(status):
    ours = {following.value for following in FOLLOWS[Status(status)]}

    assert ours - {"partially_delivered"} == {following.value for following in fake.FOLLOWS[status]}


def test_what_the_fake_does_not_know_lies_between_sent_and_the_ends_or_nowhere():
    assert FOLLOWS[Status.PARTIALLY_DELIVERED] == {Status.DELIVERED, Status.UNDELIVERED}
    assert [status for status in Status if Status.PARTIALLY_DELIVERED in FOLLOWS[status]] == [Status.SENT]
    assert FOLLOWS[Status.UNKNOWN] == frozenset()
    assert [status for status in Status if Status.UNKNOWN in FOLLOWS[status]] == []


# Twilio, "Outbound message status in status callbacks": the lives of a message, as it draws them.
@pytest.mark.parametrize(
    "life",
    [
        "queued sending sent delivered",
        "queued sent undelivered",
        "queued failed",
        "accepted queued sending sent delivered read",
        "accepted failed",
        "scheduled queued sent delivered",
        "scheduled canceled",
        "receiving received",
    ],
)
def test_a_life_goes_forward_and_ends(life):
    statuses = [Status(word) for word in life.split()]

    assert all(after in FOLLOWS[before] for before, after in pairwise(statuses))
    assert all(not status.is_final for status in statuses[:-1] if status is not Status.DELIVERED)
    assert statuses[-1].is_final


@pytest.mark.parametrize(
    ("before", "after"), [(before, after) for before in FOLLOWS for after in sorted(FOLLOWS[before])]
)
def test_what_follows_is_never_further_back(before, after):
    assert RANK[after] > RANK[before] or (before.is_final and after is Status.READ)


def test_the_ends_are_those_that_twilio_names():
    assert {status for status in Status if status.is_final} == FINAL
    assert set(FINAL) == {"delivered", "undelivered", "failed", "canceled", "received", "read"}


def test_sent_may_be_the_last_word():
    assert {status for status in Status if status.is_possibly_last} - FINAL == {Status.SENT}


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        ("accepted", "delivered", True),
        ("queued", "read", True),
        ("sent", "queued", False),
        ("sent", "sent", False),
        ("failed", "delivered", False),
        ("scheduled", "canceled", True),
        ("queued", "canceled", False),
        ("unknown", "delivered", False),
    ],
)
def test_a_message_may_become_what_lies_ahead(before, after, may):
    assert Status(before).may_become(Status(after)) is may
