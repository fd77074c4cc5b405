"""Webhooks in memory: what is too old goes, a few at a time."""

from datetime import timedelta

import pytest

from tests.callbacks import told
from tests.doubles import TurnedClock
from twilio_sms.domain.claim import Claimed
from twilio_sms.stores.webhooks_memory import MemoryWebhooks

WEEK_SECONDS = 7 * 86400


@pytest.fixture
def store(clock):
    return MemoryWebhooks(clock=clock)


def fill(store, count):
    for number in range(count):
        store.claim(f"key {number}", 30)
        store.finish(f"key {number}", "")
        store.record(told("sent", sid=f"SM{number}"))


def test_what_is_older_than_it_is_kept_for_goes(store, clock):
    fill(store, 5)
    clock.sleep(WEEK_SECONDS + 1)
    store.claim("new", 30)
    store.record(told("sent", sid="new"))

    assert store.claim("key 0", 30).state is Claimed.MINE
    assert (len(store._leases), list(store._tracks)) == (2, ["new"])


def test_it_is_kept_for_the_whole_time_since_it_was_touched(store, clock):
    fill(store, 1)
    clock.sleep(WEEK_SECONDS - 1)
    store.record(told("delivered", sid="SM0"))
    clock.sleep(1)
    fill(store, 2)

    assert store.claim("key 0", 30).state is Claimed.DONE
    assert len(store.find("SM0").events) == 2


def test_what_a_clock_dated_ahead_before_it_was_set_right_is_kept_from_then_on_and_goes():
    clock = TurnedClock()
    store = MemoryWebhooks(clock)
    clock.ahead = timedelta(days=1000)
    fill(store, 3)
    clock.ahead = timedelta(0)
    store.claim("notices it", 30)
    clock.sleep(WEEK_SECONDS)
    assert store.claim("key 2", 30).state is Claimed.DONE
    clock.sleep(1)

    store.claim("new", 30)

    assert list(store._leases) == ["new"]


def test_nobody_waits_for_the_purge_of_many(store, clock):
    fill(store, 100)
    clock.sleep(WEEK_SECONDS + 1)

    store.claim("new", 30)

    assert len(store._leases) == 81


def test_what_a_forked_process_held_is_let_go(store):
    store._lock.acquire()
    store.begin_anew()

    assert store.claim("key", 30).state is Claimed.MINE
