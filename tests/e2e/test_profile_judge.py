"""The judge of the profiles misses nothing by one: neither a message, nor the moment."""

from math import inf
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.records.request_log import MAX_REQUESTS
from loadtests.bench.profile_judge import Seen, acts_again, acts_missed, busiest_second, rate, seconds_to_rate, seen_by
from tests.doubles import RECIPIENT, SENDER

WANTED = ["+15550000001", "+15550000002"]
BOTH = {"SM1": WANTED[0], "SM2": WANTED[1]}
MOMENTS = st.lists(st.integers(0, 40), max_size=40).map(lambda halves: sorted(half / 8 for half in halves))


def seen(messages: dict[str, str]) -> Seen:
    return Seen(requests=(), asked=(), made=(), messages=messages)


@pytest.mark.parametrize(
    ("messages", "lost", "doubled"),
    [
        (BOTH, 0, 0),
        ({"SM1": WANTED[0]}, 1, 0),
        ({}, 2, 0),
        ({**BOTH, "SM3": WANTED[0]}, 0, 1),
        ({"SM1": WANTED[0], "SM2": WANTED[0]}, 1, 1),  # as many messages as were wanted
        ({**BOTH, "SM3": WANTED[0], "SM4": WANTED[0]}, 0, 2),
    ],
)
def test_each_message_that_is_missing_and_each_that_is_too_much_is_counted(messages, lost, doubled):
    assert (seen(messages).lost(WANTED), seen(messages).doubled()) == (lost, doubled)


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({WANTED[0]: "SM1", WANTED[1]: "SM2"}, 0),
        ({WANTED[0]: "SM1", WANTED[1]: None}, 1),
        ({WANTED[0]: "SM1"}, 1),
        ({WANTED[0]: "SM2", WANTED[1]: "SM1"}, 2),
        ({WANTED[0]: "SM1", WANTED[1]: "SM9"}, 1),
    ],
)
def test_a_sid_counts_as_right_if_it_is_that_of_a_message_to_its_recipient(told, wrong):
    assert seen(BOTH).told_wrong(WANTED, told) == wrong


@pytest.mark.parametrize(
    ("acts", "missed", "again"),
    [
        ({("SM1", "sent"): 1, ("SM1", "delivered"): 1, ("SM2", "sent"): 1, ("SM2", "delivered"): 1}, 0, 0),
        ({("SM1", "sent"): 1, ("SM1", "delivered"): 2, ("SM2", "sent"): 1}, 1, 1),  # as many as were wanted
        ({}, 4, 0),
        ({("SM1", "sent"): 20}, 3, 19),
        ({("SM9", "sent"): 1}, 4, 0),
    ],
)
def test_each_status_that_was_missed_and_each_act_too_many_is_counted(acts, missed, again):
    assert (acts_missed(BOTH, ("sent", "delivered"), acts), acts_again(acts)) == (missed, again)


def test_a_rate_counts_its_beginning_and_not_its_end():
    assert rate([1.0, 1.5, 2.9, 3.0], 1.0, 3.0) == 1.5


@given(MOMENTS)
def test_the_busiest_second_is_the_busiest_of_all_that_begin_with_a_moment(moments):
    counts = [sum(begins <= moment < begins + 1 for moment in moments) for begins in moments]

    assert busiest_second(moments) == max(counts, default=0)


@given(MOMENTS, st.integers(0, 4), st.integers(1, 8))
def test_the_first_second_with_enough_in_it_is_found_wherever_it_begins(moments, since, enough):
    later = [moment for moment in moments if moment >= since]
    full = [at for at in later if sum(at <= moment <= at + 1 for moment in later) >= enough]

    assert seconds_to_rate(moments, since, enough) == min((at - since for at in full), default=inf)


@pytest.mark.fake_twilio(scenario="stored_but_500")
def test_what_was_taken_in_silence_is_seen(fake_twilio: FakeTwilioFixture) -> None:
    sdk = fake_twilio.sdk()
    with pytest.raises(Exception, match="500"):
        sdk.messages.create(to=RECIPIENT, from_=SENDER, body="hello")
    fake_twilio.advance("2s")
    sdk.messages.create(to=RECIPIENT, from_=SENDER, body="hello")

    found = seen_by(fake_twilio)

    assert (found.asked, found.made, found.doubled()) == ([0, 2], [0, 2], 1)
    assert list(found.requests) == list(found.asked)


def test_a_log_that_may_have_lost_requests_is_no_evidence() -> None:
    full = SimpleNamespace(requests=(None,) * MAX_REQUESTS)

    with pytest.raises(OverflowError, match="10000 requests"):
        seen_by(full)  # type: ignore[arg-type] # a fake that is full is asked for nothing else
