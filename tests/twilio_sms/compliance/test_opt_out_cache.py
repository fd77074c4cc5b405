"""The cache makes answers faster, and never makes one up."""

import math
import os
import sqlite3
from threading import Event, Thread

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.doubles import RECIPIENT, HandClock
from tests.opt_outs import BrittleStore, opted_out
from twilio_sms.compliance.opt_out_cache import OptOutCache
from twilio_sms.domain.opt_out import OptOutEvent
from twilio_sms.errors import OptOutUnknownError
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts

OTHER = "+15559876543"


@pytest.fixture
def cache(store, clock):
    return OptOutCache(store, clock, rest_seconds=1.0, max_numbers=2)


def test_within_its_time_the_store_is_asked_once(store, clock, cache):
    cache.current(RECIPIENT)
    clock.sleep(0.999)
    cache.current(RECIPIENT)

    assert store.readings == 1


def test_after_its_time_the_store_is_asked_again(store, clock, cache):
    cache.current(RECIPIENT)
    store.append(opted_out())
    clock.sleep(1)

    assert cache.current(RECIPIENT) == (opted_out(),)


class StrangersStore(MemoryOptOuts):
    """A list of somebody's own, which raises what it likes."""

    def current(self, number: str) -> tuple[OptOutEvent, ...]:
        raise sqlite3.OperationalError(f"no such table: {number}")


def test_whatever_a_store_raises_says_that_nothing_is_known_and_tells_no_number(clock):
    cache = OptOutCache(StrangersStore(), clock, rest_seconds=1.0, max_numbers=2)

    with pytest.raises(OptOutUnknownError, match=r"the opt-out list raised sqlite3\.OperationalError") as caught:
        cache.current(RECIPIENT)

    assert RECIPIENT not in str(caught.value)
    assert isinstance(caught.value.__cause__, sqlite3.OperationalError)


def test_an_evicted_number_is_asked_for_again(store, cache):
    for number in (RECIPIENT, OTHER, "+15550000000", RECIPIENT):
        cache.current(number)

    assert store.readings == 4


def test_zero_seconds_switch_it_off(store, clock):
    cache = OptOutCache(store, clock, rest_seconds=0, max_numbers=2)

    cache.current(RECIPIENT)
    cache.current(RECIPIENT)

    assert store.readings == 2
    assert cache.last_known(RECIPIENT) == ()


def test_asking_goes_past_it_and_refreshes_it(store, cache):
    cache.current(RECIPIENT)
    store.append(opted_out())

    assert cache.ask(RECIPIENT) == (opted_out(),)
    assert cache.current(RECIPIENT) == (opted_out(),)


def test_what_is_forgotten_is_asked_for_again_and_nothing_else(store, cache):
    cache.current(RECIPIENT)
    cache.current(OTHER)

    cache.forget(RECIPIENT)
    cache.current(RECIPIENT)
    cache.current(OTHER)

    assert store.readings == 3


def test_an_expired_answer_is_no_answer_while_the_store_is_broken(store, clock, cache):
    cache.current(RECIPIENT)
    store.is_broken = True
    clock.sleep(1)

    with pytest.raises(OptOutUnknownError):
        cache.current(RECIPIENT)


def test_what_was_known_last_can_be_asked_for_by_name(store, clock, cache):
    store.append(opted_out())
    cache.current(RECIPIENT)
    clock.sleep(3600)

    assert cache.last_known(RECIPIENT) == (opted_out(),)
    assert cache.last_known(OTHER) == ()


def test_its_time_begins_before_the_reading(clock):
    class SlowStore(MemoryOptOuts):
        def events(self, number):
            events = super().events(number)
            clock.sleep(1)
            return events

    store = SlowStore()
    cache = OptOutCache(store, clock, rest_seconds=1.0, max_numbers=2)
    cache.current(RECIPIENT)
    store.append(opted_out())

    assert cache.current(RECIPIENT) == (opted_out(),)


class HeldStore(MemoryOptOuts):
    """A list whose first reader is held after it has read."""

    def __init__(self) -> None:
        super().__init__()
        self.has_read, self.go = Event(), Event()

    def events(self, number):
        events = super().events(number)
        if not self.has_read.is_set():
            self.has_read.set()
            self.go.wait(10)
        return events


def test_an_answer_from_before_a_write_does_not_stay_after_it(clock):
    store = HeldStore()
    cache = OptOutCache(store, clock, rest_seconds=3600, max_numbers=2)
    reader = Thread(target=cache.current, args=(RECIPIENT,))
    reader.start()
    store.has_read.wait(10)

    store.append(opted_out())
    cache.forget(RECIPIENT)
    store.go.set()
    reader.join()

    assert cache.current(RECIPIENT) == (opted_out(),)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_that_was_forked_while_it_was_busy_can_ask(cache):
    with cache._lock:
        child = os.fork()
        if child == 0:
            os._exit(len(cache.current(RECIPIENT)))

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


class CacheMachine(RuleBasedStateMachine):
    """No answer is older than its time, and a broken store is never taken for an empty one."""

    def __init__(self) -> None:
        super().__init__()
        self.clock, self.store = HandClock(), BrittleStore()
        self.cache = OptOutCache(self.store, self.clock, rest_seconds=10, max_numbers=2)
        self.first_written: dict[str, float] = {}

    numbers = st.sampled_from([RECIPIENT, OTHER, "+15550000000"])

    @rule(number=numbers)
    def another_process_writes(self, number: str) -> None:
        if self.store.is_broken:
            return
        self.store.append(opted_out(number=number))
        self.first_written.setdefault(number, self.clock.monotonic())

    @rule(seconds=st.integers(0, 12))
    def time_passes(self, seconds: int) -> None:
        self.clock.sleep(seconds)

    @rule()
    def the_store_breaks_or_heals(self) -> None:
        self.store.is_broken = not self.store.is_broken

    @rule(number=numbers)
    def a_number_is_asked_for(self, number: str) -> None:
        must_be_seen = self.first_written.get(number, math.inf) <= self.clock.monotonic() - 10
        try:
            answer = self.cache.current(number)
        except OptOutUnknownError:
            assert self.store.is_broken
        else:
            assert answer or not must_be_seen


TestCacheMachine = CacheMachine.TestCase
TestCacheMachine.settings = settings(max_examples=50, stateful_step_count=30)
