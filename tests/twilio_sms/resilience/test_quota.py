"""Retries cost tokens, successes earn them, and there are never more or fewer than there may be."""

import os
import signal
import time
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.errors import ValidationError
from twilio_sms.resilience.quota import RetryQuota


def test_a_full_quota_pays_for_a_hundred_retries():
    quota = RetryQuota()

    taken = [quota.take() for _ in range(101)]

    assert taken == [True] * 100 + [False]
    assert quota.tokens == 0


def test_a_refused_retry_costs_nothing():
    quota = RetryQuota(capacity=7)
    quota.take()

    assert (quota.take(), quota.tokens) == (False, 2)


def test_five_successes_earn_one_retry():
    quota = RetryQuota(capacity=5)
    quota.take()

    taken = []
    for _ in range(5):
        taken.append(quota.take())
        quota.on_success()

    assert (taken, quota.take()) == ([False] * 5, True)


def test_success_earns_as_much_as_it_is_told():
    quota = RetryQuota(success_gain=3)
    quota.take()

    quota.on_success()

    assert quota.tokens == 498


@given(capacity=st.integers(1, 30), cost=st.integers(1, 30), gain=st.integers(1, 30), moves=st.lists(st.booleans()))
def test_tokens_stay_between_nothing_and_the_capacity(capacity, cost, gain, moves):
    quota = RetryQuota(capacity, min(cost, capacity), gain)

    for is_retry in moves:
        before, is_taken = quota.tokens, quota.take() if is_retry else quota.on_success()
        assert 0 <= quota.tokens <= capacity
        assert is_taken is None or is_taken == (before >= quota.retry_cost)


class SlowToCompare(int):
    """A cost that lets other threads run while a quota looks whether it can pay it."""

    def __gt__(self, tokens):
        time.sleep(0)
        return int(self) > tokens


class NaiveQuota(RetryQuota):
    """Looks, and then takes, without a lock."""

    def take(self):
        if self._tokens < self.retry_cost:
            return False
        self._tokens -= self.retry_cost
        return True


def retries_of_ten_threads(quota: RetryQuota) -> int:
    """Return how many retries ten threads get together, when each takes all it gets."""
    start, taken = Barrier(10), []

    def spend():
        start.wait(10)
        while quota.take():
            taken.append(1)

    threads = [Thread(target=spend) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    return len(taken)


def test_threads_together_make_no_more_retries_than_there_is_quota_for():
    quota = RetryQuota(capacity=500, retry_cost=SlowToCompare(5))

    assert (retries_of_ten_threads(quota), quota.tokens) == (100, 0)


def test_threads_make_more_where_nothing_is_locked():
    quota = NaiveQuota(capacity=500, retry_cost=SlowToCompare(5))

    assert retries_of_ten_threads(quota) > 100


def test_who_begins_anew_earns_before_it_retries():
    quota = RetryQuota(retry_cost=1)

    quota.begin_anew()

    assert [quota.take(), quota.on_success(), quota.take()] == [False, None, True]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_process_begins_empty_though_the_lock_was_held():
    quota = RetryQuota()

    with quota._lock:  # as by another thread
        child = os.fork()
        if child == 0:
            signal.alarm(5)  # ends it if it waits for the lock
            os._exit(1 if quota.take() else 0)
        status = os.waitpid(child, 0)[1]

    assert os.waitstatus_to_exitcode(status) == 0
    assert quota.tokens == 500


@pytest.mark.parametrize("name", ["capacity", "retry_cost", "success_gain"])
def test_a_number_that_cannot_work_is_refused_by_name(name):
    with pytest.raises(ValidationError, match=f"^{name} must be "):
        RetryQuota(**{name: 0})


def test_a_retry_that_could_never_be_paid_is_refused():
    with pytest.raises(ValidationError, match=r"^retry_cost must be at most capacity \(4\), is 5"):
        RetryQuota(capacity=4)
