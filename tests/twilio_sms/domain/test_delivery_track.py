"""However callbacks are shuffled and repeated, a message only moves forward."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.callbacks import told
from tests.doubles import MESSAGE_SID
from twilio_sms.domain.delivery_track import DeliveryTrack
from twilio_sms.domain.status import RANK, Status

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = [*(status.value for status in Status if status is not Status.UNKNOWN), "teleported", "pending"]
CALLBACKS = st.lists(st.builds(told, st.sampled_from(WORDS), st.sampled_from([None, 30003, 30008])), max_size=8)

# The oracle, written another way: how far each word is, as a text of ranks, and what may be left though it is an end.
LADDER = ["scheduled accepted receiving", "queued", "sending", "sent", "partially_delivered"]
ENDS = "delivered undelivered failed canceled received read"


def followed(updates, sid=MESSAGE_SID):
    track = DeliveryTrack(sid)
    for second, update in enumerate(updates):
        track = track.after(update, NOW + timedelta(seconds=second)).after
    return track


def oracle(words):
    """Return the status after *words*: the first end, or read if that was delivered; without an end the furthest."""
    ends = [word for word in words if word in ENDS.split()]
    if ends:
        return "read" if ends[0] == "delivered" and "read" in ends else ends[0]
    rungs = [next((rung for rung, row in enumerate(LADDER) if word in row.split()), -1) for word in words]
    return words[rungs.index(max(rungs))] if max(rungs, default=-1) >= 0 else "unknown"


@given(CALLBACKS)
def test_a_message_is_where_the_oracle_says(updates):
    assert followed(updates).status == oracle([update.status_text for update in updates])


@given(CALLBACKS.flatmap(lambda updates: st.tuples(st.just(updates), st.permutations(updates * 2))))
def test_order_and_repetition_change_neither_how_far_it_is_nor_its_events(both):
    one, other = map(followed, both)

    assert RANK[one.status] == RANK[other.status]
    assert {event[:2] for event in one.events} == {event[:2] for event in other.events}
    assert len(one.events) == len(other.events)
    assert (one.error_code is None) == (other.error_code is None)


def test_it_stays_the_track_of_its_message():
    assert followed([told("sent"), told("delivered")]).message_sid == MESSAGE_SID


@given(CALLBACKS)
def test_it_never_moves_back(updates):
    ranks = [RANK[followed(updates[:count]).status] for count in range(len(updates) + 1)]

    assert ranks == sorted(ranks)


@given(CALLBACKS, CALLBACKS)
def test_what_is_delivered_stays_delivered_or_is_read(before, after):
    if followed(before).status is Status.DELIVERED:
        assert followed([*before, *after]).status in (Status.DELIVERED, Status.READ)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("delivered sent queued", "delivered"),
        ("undelivered delivered", "undelivered"),
        ("delivered undelivered", "delivered"),
        ("delivered read", "read"),
        ("read delivered", "read"),
        ("undelivered read", "undelivered"),
        ("scheduled accepted", "scheduled"),
        ("sent teleported", "sent"),
        ("teleported sent", "sent"),
        ("teleported", "unknown"),
    ],
)
def test_an_event_moves_a_message_only_forward(words, status):
    track = followed([told(word) for word in words.split()])

    assert track.status == status
    assert [event.status_text for event in track.events] == words.split()


def test_the_same_twice_is_one_and_changes_nothing():
    track = followed([told("sent")])

    recorded = track.after(told("sent"), NOW + timedelta(hours=1))

    assert not recorded.is_new
    assert recorded.after == recorded.before == track


def test_another_code_of_the_same_status_is_another_event_and_the_first_code_stays():
    track = followed([told("failed"), told("failed", 30003), told("failed", 30008)])

    assert (len(track.events), track.error_code, track.status) == (3, 30003, Status.FAILED)


def test_what_it_says_of_an_event_is_what_came():
    track = followed([told("sent"), told("delivered", carrier_time=NOW)])

    assert [event.seen_time - NOW for event in track.events] == [timedelta(0), timedelta(seconds=1)]
    assert [event.carrier_time for event in track.events] == [None, NOW]
    assert [event.status for event in track.events] == [Status.SENT, Status.DELIVERED]


def test_its_word_is_twilios_also_a_new_one():
    assert DeliveryTrack(MESSAGE_SID).status_text == ""
    assert followed([told("teleported"), told("pending")]).status_text == "teleported"
    assert followed([told("teleported"), told("sent")]).status_text == "sent"
