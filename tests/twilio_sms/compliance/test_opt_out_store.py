"""What every opt-out list does, wherever it is kept."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from tests.doubles import RECIPIENT, SENDER
from tests.opt_outs import NOON, at, opted_in, opted_out
from twilio_sms.compliance.opt_out_store import OptOutStore
from twilio_sms.domain.review import Reason, Review
from twilio_sms.domain.scope import Scope
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts
from twilio_sms.stores.opt_outs_sqlite import SqliteOptOuts

STORES: dict[str, Callable[[Path], OptOutStore]] = {
    "memory": lambda _folder: MemoryOptOuts(),
    "sqlite": lambda folder: SqliteOptOuts(folder / "opt-outs.db"),
}
OTHER = "+15559876543"


@pytest.fixture(params=STORES)
def store(request, tmp_path):
    store = STORES[request.param](tmp_path)
    yield store
    if isinstance(store, SqliteOptOuts):
        store.close()


def review(sid: str, second: float = 0) -> Review:
    return Review(
        sid=sid, number=RECIPIENT, to=SENDER, body="stop by", reason=Reason.DOUBTFUL, received_time=at(second)
    )


def test_nothing_is_known_of_a_number_at_first(store):
    assert store.current(RECIPIENT) == ()
    assert store.events(RECIPIENT) == ()


def test_an_event_is_given_back_as_it_was_recorded(store):
    event = opted_out(
        0, evidence="SM1", conversation=Scope.of_sender(SENDER), actor="Ann", note="said so, «twice»\n=1+1"
    )

    assert store.append(event) == 1

    assert store.events(RECIPIENT) == (event,)


def test_events_are_kept_apart_by_number_and_in_order(store):
    store.append(opted_out(5), opted_out(0, number=OTHER), opted_in(1))

    assert store.events(RECIPIENT) == (opted_out(5), opted_in(1))
    assert list(store.all()) == [opted_out(5), opted_out(0, number=OTHER), opted_in(1)]


def test_the_current_events_are_the_newest_of_each_scope_and_conversation(store):
    narrow = opted_out(0, scope=Scope.of_sender(SENDER))
    store.append(opted_in(3), opted_out(2), narrow)

    assert set(store.current(RECIPIENT)) == {opted_in(3), narrow}


def test_the_same_event_is_recorded_once(store):
    store.append(opted_out(0, evidence="SM1"))

    assert store.append(opted_out(7, evidence="SM1")) == 0
    assert store.append(opted_out(8, evidence="SM2"), opted_out(8, evidence="SM2")) == 1
    assert len(store.events(RECIPIENT)) == 2


def test_the_list_is_whole_as_it_grows(store):
    heads = {store.head()}
    for second in range(3):
        store.append(opted_out(second))
        heads.add(store.head())

    assert store.verify() is None
    assert len(heads) == 4


def test_two_lists_with_the_same_events_have_the_same_head(store):
    other = MemoryOptOuts()
    for each in (store, other):
        each.append(opted_out(0), opted_in(1, number=OTHER))

    assert store.head() == other.head()


def test_many_threads_record_into_one_chain(store):
    threads = [
        Thread(target=lambda n=n: [store.append(opted_out(i, evidence=f"SM{n}-{i}")) for i in range(10)])
        for n in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.verify() is None
    assert len(store.events(RECIPIENT)) == 40


def test_a_text_waits_for_a_person_once(store):
    assert store.add_review(review("SM1")) is True
    assert store.add_review(review("SM1", 9)) is False

    assert store.reviews() == (review("SM1"),)


def test_reviews_come_oldest_first(store):
    for sid, second in (("SM3", 1), ("SM1", 2), ("SM2", 0)):
        store.add_review(review(sid, second))

    assert [waiting.sid for waiting in store.reviews()] == ["SM2", "SM3", "SM1"]


def test_a_review_is_settled_once_and_does_not_come_again(store):
    store.add_review(review("SM1"))

    assert store.settle_review("SM1", NOON, "Ann", "a visit") is True
    assert store.settle_review("SM1", at(9), "Bob", None) is False
    assert store.add_review(review("SM1")) is False
    (settled,) = store.reviews()
    assert (settled.settled_time, settled.actor, settled.note) == (NOON, "Ann", "a visit")


def test_a_review_that_is_not_there_cannot_be_settled(store):
    assert store.settle_review("SM1", NOON, None, None) is False
