"""Tests of the numbers behind the charts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.delivery.webhook import Answer, Delivery
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Change
from fake_twilio.inspector.measures import MOST_SPANS, Measures, Spans, measure
from tests.fake_twilio.doubles import START, make_message, make_webhook

DAY = 86_400.0


def measured(*arguments: object) -> Measures:
    found = measure(*arguments)  # type: ignore[arg-type] # the tests' tuples are what it takes
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("length_seconds", "span_seconds"), [(0, 1), (30, 1), (118, 2), (3_600, 120), (DAY, 1_800), (400 * DAY, 7 * DAY)]
)
def test_the_spans_follow_the_length_of_the_run(length_seconds: float, span_seconds: int) -> None:
    assert Spans.over(START, START + length_seconds).seconds == span_seconds


@given(st.floats(0, 4e9), st.floats(-10, 4e9), st.floats(0, 1))
def test_there_are_sixty_spans_at_most_and_every_moment_lies_in_one(begin: float, length: float, share: float) -> None:
    spans = Spans.over(begin, begin + length)
    at = begin + max(length, 0.0) * share
    place = spans.place(at)

    assert 1 <= spans.number <= MOST_SPANS + 1
    assert spans.begins[place] <= at + 1e-3
    assert at <= spans.begins[place] + spans.seconds + 1e-3


def test_without_a_message_there_is_nothing_to_draw() -> None:
    assert measure((), (), START) is None


def test_messages_and_callbacks_are_counted_in_their_spans() -> None:
    messages = tuple(make_message(sid=f"SM{number:032x}", created_at=START + number // 2) for number in range(4))
    callback = Delivery(webhook=make_webhook(), answer=Answer(status=204), ended_at=START + 2.5)
    unnoted = Delivery(webhook=make_webhook(), answer=Answer(status=204))

    traffic = measured(messages, (callback, unnoted), START + 2.9).traffic

    assert [(series.name, series.values) for series in traffic] == [
        ("messages", (2, 2, 0)),
        ("callbacks", (0, 0, 1)),
    ]


def test_the_lag_is_from_the_status_to_the_end_of_its_webhook() -> None:
    message = make_message(timeline=(Change(START, Status.QUEUED), Change(START + 1, Status.SENT)))
    ends = (START + 1.25, START + 1.75, START + 1.5)
    callbacks = tuple(Delivery(webhook=make_webhook(), answer=Answer(status=204), ended_at=at) for at in ends)

    lags = measured((message,), callbacks, START + 1.9).lags

    assert [series.values for series in lags] == [(None, 0.5), (None, 0.75)]


def test_statuses_come_in_the_order_of_their_lives() -> None:
    timeline = tuple(Change(START, status) for status in (Status.QUEUED, Status.SENDING, Status.SENT, Status.DELIVERED))

    statuses = measured((make_message(timeline=timeline),), (), START).statuses

    assert [series.name for series in statuses] == ["queued", "sending", "sent", "delivered"]


def test_each_message_has_one_status_at_the_end_of_each_span() -> None:
    timeline = (Change(START, Status.QUEUED), Change(START + 0.5, Status.SENDING), Change(START + 2, Status.SENT))
    messages = (make_message(timeline=timeline), make_message(sid="SM" + "1" * 32))

    statuses = {series.name: series.values for series in measured(messages, (), START + 2.5).statuses}

    assert statuses == {"queued": (1, 1, 1), "sending": (1, 1, 0), "sent": (0, 0, 1)}
