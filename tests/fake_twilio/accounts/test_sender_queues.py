"""Tests of the queue of each sender, and its laws."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.accounts.sender_queues import QueueFill, SenderQueues, fills
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.limits import Limits, SenderLimit
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.values.patterns import Glob
from tests.fake_twilio.doubles import SENDER, SERVICE_SID, START, make_message

AT_ONCE = (Step(Status.SENT, 0.0),)
TABLE = Limits(paces_senders=True)
OTHER = "+15005550010"


def limited(rate: str, queue_seconds: float = 36_000) -> Limits:
    return Limits(paces_senders=True, senders=(SenderLimit((Glob("*"),), Fraction(rate), queue_seconds),))


def queued(segments: int = 1, *, after: float = 0.0, **changes: object) -> Message:
    return make_message(plan=AT_ONCE, segments=segments, updated_at=START + after, **changes)


def wait(queues: SenderQueues, message: Message, limits: Limits = TABLE) -> float:
    return queues.line_up(message, limits).plan[0].after_seconds


def test_each_waits_until_all_before_it_are_sent() -> None:
    queues = SenderQueues()

    assert [wait(queues, queued(segments)) for segments in (1, 3, 2)] == [0, 1, 4]
    assert wait(queues, queued(after=2.5)) == 3.5
    assert wait(queues, queued(after=60)) == 0


def test_each_sender_has_its_own_queue() -> None:
    queues = SenderQueues()
    queues.line_up(queued(9), TABLE)

    assert wait(queues, queued(sender=OTHER)) == 0
    assert wait(queues, queued()) == 9


def test_a_sender_is_as_fast_as_the_destination_of_each_message_allows() -> None:
    queues = SenderQueues()

    waits = [wait(queues, queued(10, to=to)) for to in ("+14165550199", "+4915112345678", "+14165550199")]

    assert waits == [0, 10, 11]


def test_a_queue_is_full_once_it_holds_ten_hours_of_traffic() -> None:
    # Source: Twilio's page about 21611.
    queues = SenderQueues()
    queues.line_up(queued(35_999), TABLE)
    assert wait(queues, queued()) == 35_999

    with pytest.raises(Refusal) as refused:
        queues.line_up(queued(), TABLE)

    assert (refused.value.status, refused.value.code, refused.value.message) == (400, 21611, "SMS queue is full.")
    assert wait(queues, queued(after=1)) == 35_999


@pytest.mark.parametrize("sender", [SENDER, OTHER], ids=["of the queue that is full", "of another queue"])
def test_a_message_of_a_service_fails_where_another_would_be_refused(sender: str) -> None:
    # Source: Twilio's page about 21611: "messages will instead fail after creation with error 30001".
    queues = SenderQueues()
    queues.line_up(queued(5), limited("1", 5))

    lined_up = queues.line_up(queued(service_sid=SERVICE_SID, sender=sender), limited("1", 5))

    assert lined_up.plan == ((Step(Status.FAILED, 0.0, 30001),) if sender == SENDER else AT_ONCE)
    assert wait(queues, queued(after=1), limited("1", 5)) == 4


def test_what_will_expire_takes_no_time_and_no_room() -> None:
    queues = SenderQueues()
    queues.line_up(queued(10), TABLE)

    expiring = queues.line_up(queued(validity_seconds=9), TABLE)

    assert expiring.plan == (Step(Status.FAILED, 9.0, 30036),)
    assert wait(queues, queued(validity_seconds=10)) == 10


def test_other_limits_count_from_then_on_and_the_sender_stays_as_busy_as_it_is() -> None:
    queues = SenderQueues()
    queues.line_up(queued(10), TABLE)

    assert [wait(queues, queued(10), limited("100")) for _ in range(2)] == [10, 10.1]


def test_senders_that_are_free_are_forgotten_when_there_are_many() -> None:
    queues = SenderQueues(many=10)
    for number in range(100):
        queues.line_up(queued(sender=f"+1500555{number:04}", after=number), TABLE)

    assert queues.known() <= 10


def test_senders_that_are_busy_are_never_forgotten() -> None:
    queues = SenderQueues(many=10)
    senders = [f"+1500555{number:04}" for number in range(100)]
    for sender in senders:
        queues.line_up(queued(7, sender=sender), TABLE)

    assert [wait(queues, queued(sender=sender)) for sender in senders] == [7] * 100


def fill(queues: SenderQueues, limits: Limits, after: float = 0.0) -> list[QueueFill]:
    return list(fills(queues.free_at(), limits, START + after))


def test_a_queue_is_seen_to_fill_and_to_drain() -> None:
    queues, limits = SenderQueues(), limited("0.5", 60)
    for _ in range(3):
        queues.line_up(queued(5), limits)

    assert fill(queues, limits) == [QueueFill(SENDER, 30.0, 60.0, 0.5)]
    assert [fill(queues, limits, after)[0].waiting_seconds for after in (12.5, 30, 31)] == [17.5, 0, 0]


def test_what_was_seen_stays_as_it_was() -> None:
    queues = SenderQueues()
    queues.line_up(queued(9), TABLE)
    seen = queues.free_at()

    queues.line_up(queued(9, sender=OTHER), TABLE)

    assert list(seen) == [SENDER]


def test_a_queue_is_full_when_the_next_message_is_turned_away() -> None:
    queues, limits = SenderQueues(), limited("1", 5)
    queues.line_up(queued(4), limits)
    assert not fill(queues, limits)[0].is_full

    queues.line_up(queued(1), limits)

    assert fill(queues, limits)[0].is_full
    with pytest.raises(Refusal):
        queues.line_up(queued(), limits)


def test_a_rate_of_twilios_table_is_left_open_and_numbers_stay_masked() -> None:
    queues = SenderQueues()
    queues.line_up(queued(9), TABLE)

    (seen,) = fill(queues, TABLE)

    assert (seen.segments_per_second, seen.queue_seconds) == (None, 36_000)
    assert repr(seen) == "<QueueFill of +1500***0006: 9 of 36000 seconds>"


# Laws. A message's segments and the seconds since the one before it, at any rate.
BATCHES = st.lists(st.tuples(st.integers(1, 10), st.sampled_from((0.0, 0.1, 1.0, 7.25))), min_size=1, max_size=40)
RATES = st.sampled_from(("0.1", "1", "3", "7", "10", "100"))
GRAIN = 1e-6  # seconds: a moment is a float of seconds since 1970


def played(batch: list[tuple[int, float]], rate: str) -> list[tuple[float, int]]:
    """Return when each message leaves, in the order in which they were taken, and its segments."""
    queues, limits, at, departures = SenderQueues(), limited(rate, 1e9), 0.0, []
    for segments, pause in batch:
        at += pause
        departures.append((at + wait(queues, queued(segments, after=at, validity_seconds=10**9), limits), segments))
    return departures


@given(BATCHES, RATES)
def test_messages_leave_in_the_order_in_which_they_were_taken(batch: list[tuple[int, float]], rate: str) -> None:
    moments = [moment for moment, _ in played(batch, rate)]

    assert all(later >= earlier - GRAIN for earlier, later in pairwise(moments))


@given(BATCHES, RATES)
def test_no_sender_sends_more_than_its_rate_and_one_message(batch: list[tuple[int, float]], rate: str) -> None:
    departures = played(batch, rate)

    for first, (began, _) in enumerate(departures):
        sent = 0
        for ended, segments in departures[first:]:
            assert sent <= float(rate) * (ended - began) + GRAIN * float(rate)
            sent += segments


@given(st.lists(st.integers(1, 10), min_size=1, max_size=40), RATES)
def test_a_batch_takes_its_segments_by_the_rate(batch: list[int], rate: str) -> None:
    queues, limits = SenderQueues(), limited(rate, 1e9)
    for segments in batch:
        queues.line_up(queued(segments, validity_seconds=10**9), limits)

    assert wait(queues, queued(validity_seconds=10**9), limits) == float(sum(batch) / Fraction(rate))


@given(BATCHES, RATES)
def test_what_waits_in_a_queue_is_what_the_next_message_will_wait(batch: list[tuple[int, float]], rate: str) -> None:
    queues, limits, at = SenderQueues(), limited(rate, 1e9), 0.0
    for segments, pause in batch:
        at += pause
        queues.line_up(queued(segments, after=at, validity_seconds=10**9), limits)

    seen = fill(queues, limits, at)

    assert seen[0].waiting_seconds == wait(queues, queued(after=at, validity_seconds=10**9), limits)
