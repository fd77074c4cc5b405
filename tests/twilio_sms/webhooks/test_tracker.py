"""A tracker takes callbacks late, twice and out of order, and tells each event once, after it is recorded."""

import logging
from typing import Any

import pytest

from tests.callbacks import told
from tests.doubles import MESSAGE_SID, RECIPIENT, HandClock
from twilio_sms.domain.status import Status
from twilio_sms.errors import ValidationError, WebhookStoreError
from twilio_sms.observability.counting import CountingMetrics
from twilio_sms.observability.metrics import Metric
from twilio_sms.stores.webhooks_memory import MemoryWebhooks
from twilio_sms.webhooks.tracker import StatusTracker


@pytest.fixture
def store():
    return MemoryWebhooks(clock=HandClock())


@pytest.fixture
def heard():
    return []


@pytest.fixture
def tracker(store, heard):
    return StatusTracker(store, listeners=[heard.append])


def test_it_says_what_became_of_a_callback(tracker):
    first = tracker.take(told("sent"))
    second = tracker.take(told("undelivered", 30003))

    assert first[:5] == (MESSAGE_SID, None, Status.SENT, True, True)
    assert second[:5] == (MESSAGE_SID, Status.SENT, Status.UNDELIVERED, True, True)
    assert second.update == told("undelivered", 30003)


def test_what_comes_late_is_an_event_and_moves_nothing(tracker):
    tracker.take(told("delivered"))
    late = tracker.take(told("sent"))

    assert late[:5] == (MESSAGE_SID, Status.DELIVERED, Status.DELIVERED, True, False)
    assert [event.status_text for event in tracker.history(MESSAGE_SID)] == ["delivered", "sent"]


def test_what_comes_twice_is_told_once(tracker, heard):
    first, again = (tracker.take(told("sent")) for _ in range(2))

    assert again == first._replace(before=Status.SENT, is_new=False, moved=False)
    assert heard == [first]


def test_a_word_that_is_new_is_an_event(tracker, heard):
    tracker.take(told("teleported"))

    assert (tracker.status_of(MESSAGE_SID), heard[0].moved) == (Status.UNKNOWN, False)


def test_it_tells_how_far_a_message_is(tracker):
    tracker.take(told("failed", 30008))

    assert tracker.status_of(MESSAGE_SID) is Status.FAILED
    assert tracker.find(MESSAGE_SID).error_code == 30008


def test_of_a_message_that_nobody_heard_of_it_knows_nothing(tracker):
    assert (tracker.status_of("SM0"), tracker.find("SM0"), tracker.history("SM0")) == (None, None, ())


def test_who_listens_finds_it_recorded(store):
    tracker = StatusTracker(store)
    found = []

    @tracker.on_update
    def look(updated):
        found.append(tracker.status_of(updated.message_sid))

    tracker.take(told("sent"))

    assert found == [Status.SENT]


def test_a_listener_that_fails_harms_neither_the_callback_nor_the_others(store, heard, caplog):
    def fail(updated):
        raise RuntimeError("broken")

    tracker = StatusTracker(store, listeners=[fail, heard.append])
    with caplog.at_level(logging.ERROR, "twilio_sms"):
        updated = tracker.take(told("sent"))

    assert heard == [updated]
    assert [record.message for record in caplog.records] == ["a listener to status updates failed; it is ignored"]


def test_its_log_may_be_another_one(store, caplog):
    tracker = StatusTracker(store, listeners=[lambda updated: 1 / 0], logger=logging.getLogger("shop"))
    tracker.take(told("sent"))

    assert [record.name for record in caplog.records] == ["shop"]


def test_a_listener_that_ends_the_program_ends_it(store):
    def leave(updated):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        StatusTracker(store, listeners=[leave]).take(told("sent"))


def test_what_cannot_be_recorded_is_told_to_nobody(heard):
    class Broken(MemoryWebhooks):
        def record(self, update):
            raise WebhookStoreError("the disk is full")

    with pytest.raises(WebhookStoreError):
        StatusTracker(Broken(), listeners=[heard.append]).take(told("sent"))

    assert heard == []


def test_each_event_is_counted_once(store):
    metrics = CountingMetrics()
    tracker = StatusTracker(store, metrics=metrics)

    for update in (told("sent"), told("sent"), told("undelivered", 30003), told("teleported")):
        tracker.take(update)

    labels = [("sent", "none"), ("undelivered", "30003"), ("unknown", "none")]
    assert [metrics.value(Metric.DELIVERY_STATUS, *each) for each in labels] == [1, 1, 1]


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ({"store": "webhooks.db"}, r"store must be a store such as SqliteWebhooks\(path\), is str"),
        ({"store": None}, "store must be .*, is NoneType"),
        ({"metrics": {}}, r"metrics must be metrics such as PrometheusMetrics\(registry\), is dict"),
        ({"logger": "shop"}, "logger must be a logger .*, is str"),
    ],
    ids=["a store", "no store", "metrics", "a logger"],
)
def test_a_part_that_cannot_do_its_work_is_refused_by_name(store, parts, wanted):
    with pytest.raises(ValidationError, match=wanted):
        StatusTracker(**{"store": store, **parts})


@pytest.mark.parametrize("wrong", [None, {"MessageSid": MESSAGE_SID}, "sent"])
def test_what_is_no_callback_is_refused(tracker, wrong):
    with pytest.raises(ValidationError, match="takes a StatusUpdate"):
        tracker.take(wrong)


def test_what_is_no_sid_or_no_listener_is_refused(tracker):
    with pytest.raises(ValidationError, match="SID is a text"):
        tracker.find(None)
    with pytest.raises(ValidationError, match="must be callable"):
        tracker.on_update("print")


def test_it_shows_no_whole_number(tracker):
    assert RECIPIENT not in repr(tracker.take(told("sent")))


@pytest.mark.parametrize("listeners", [None, 5, True])
def test_listeners_that_are_no_list_are_refused(listeners: Any) -> None:
    with pytest.raises(ValidationError, match="listeners must be a list of functions"):
        StatusTracker(MemoryWebhooks(), listeners=listeners)
