"""Processes share one breaker, hear of its changes in order, and have their own without Redis."""

import os

import pytest

from tests.redis_doubles import server_on
from twilio_sms.errors import BreakerOpenError
from twilio_sms.resilience.breaker import BreakerPolicy, Change
from twilio_sms.resilience.breaker_table import Outcome, State
from twilio_sms.stores.redis_breaker import RedisBreaker, SharedPermit
from twilio_sms.stores.redis_keys import Keys

CLOSED, OPEN, HALF_OPEN = State
SUCCESS, FAILURE, NEUTRAL, REFUSED, ABANDONED = Outcome
POLICY = BreakerPolicy(failures=3)


class Process:
    """One of the processes that share the breaker."""

    def __init__(self, connection, clock, policy=POLICY):
        self.changes = []
        self.server = server_on(connection, clock)
        keys = Keys("test", "scope")
        self.breaker = RedisBreaker(policy, server=self.server, keys=keys, clock=clock, listeners=[self.hear])

    def hear(self, change: Change):
        assert self.breaker.state is change.after  # which it may ask, so no lock is held
        self.changes.append((change.before, change.after))

    def note(self, *outcomes):
        for outcome in outcomes:
            self.breaker.note(self.breaker.admit(), outcome)

    def refusal(self):
        with pytest.raises(BreakerOpenError) as refused:
            self.breaker.admit()
        return refused.value


@pytest.fixture
def process(connection, clock):
    return Process(connection, clock)


@pytest.fixture
def other(connection, clock):
    return Process(connection, clock)


def test_failures_of_all_processes_open_it_for_all(process, other):
    process.note(FAILURE, FAILURE)
    other.note(FAILURE)

    refused = process.refusal()

    assert (refused.retry_after_seconds, refused.repeatable, refused.attempts) == (30, True, 0)
    assert (process.breaker.state, other.breaker.state) == (OPEN, OPEN)


def test_a_success_of_another_process_resets_the_failures(process, other):
    process.note(FAILURE, FAILURE)
    other.note(SUCCESS)
    process.note(FAILURE)

    assert process.breaker.state is CLOSED


def test_one_process_makes_the_trial_and_its_pass_closes_it_for_all(process, other, clock):
    process.note(FAILURE, FAILURE, FAILURE)
    clock.sleep(30)

    trial = other.breaker.admit()
    refused = process.refusal()
    other.breaker.note(trial, SUCCESS)
    process.breaker.admit()

    assert refused.retry_after_seconds == 1
    assert (process.breaker.state, other.breaker.state) == (CLOSED, CLOSED)


def test_each_process_hears_of_what_it_sees_change(process, other, clock):
    process.note(FAILURE, FAILURE, FAILURE)
    clock.sleep(30)
    other.note(SUCCESS)
    process.breaker.admit()

    assert process.changes == [(CLOSED, OPEN), (OPEN, CLOSED)]
    assert other.changes == [(CLOSED, HALF_OPEN), (HALF_OPEN, CLOSED)]


def test_an_answer_that_comes_after_a_newer_one_is_left_out(process):
    early = process.breaker._server.run
    process.note(FAILURE, FAILURE)
    permit = process.breaker.admit()
    overtaken = []

    def slow(*question):
        told = early(*question)
        if not overtaken:
            overtaken.append(told)
            process.breaker.note(permit, FAILURE)
        return told

    process.breaker._server.run = slow
    process.breaker.admit()

    assert (overtaken[0].state, process.breaker.state, process.changes) == (CLOSED, OPEN, [(CLOSED, OPEN)])


def test_a_late_result_changes_nothing_and_is_counted(process):
    late = process.breaker.admit()
    process.note(FAILURE, FAILURE, FAILURE)

    process.breaker.note(late, SUCCESS)

    assert (process.breaker.state, process.breaker.late_results) == (OPEN, 1)


def test_another_policy_is_another_breaker(process, connection, clock):
    process.note(FAILURE, FAILURE, FAILURE)

    assert Process(connection, clock, BreakerPolicy(failures=4)).breaker.admit()


def test_without_redis_a_process_has_a_breaker_of_its_own(process, other, connection):
    connection.is_gone = True
    process.note(FAILURE, FAILURE, FAILURE)

    assert process.refusal().retry_after_seconds == 30
    assert process.changes == [(CLOSED, OPEN)]
    assert not isinstance(other.breaker.admit(), SharedPermit)


def test_one_that_was_not_closed_when_redis_was_lost_begins_open(process, connection, clock):
    process.note(FAILURE, FAILURE, FAILURE)
    clock.sleep(10)
    connection.is_gone = True

    refused = process.refusal()
    clock.sleep(30)
    process.note(SUCCESS)

    assert refused.retry_after_seconds == 30
    assert process.changes == [(CLOSED, OPEN), (OPEN, HALF_OPEN), (HALF_OPEN, CLOSED)]


def test_what_was_learned_alone_ends_with_the_outage(process, connection, clock):
    connection.is_gone = True
    process.note(FAILURE, FAILURE, FAILURE)
    connection.is_gone = False
    clock.sleep(1)

    permit = process.breaker.admit()

    assert isinstance(permit, SharedPermit)
    assert process.changes == [(CLOSED, OPEN), (OPEN, CLOSED)]


def test_an_own_breaker_that_is_still_open_says_so_in_the_next_outage(process, connection, clock):
    connection.is_gone = True
    process.note(FAILURE, FAILURE, FAILURE)
    connection.is_gone = False
    clock.sleep(1)
    process.breaker.admit()
    connection.is_gone = True

    process.refusal()

    assert process.breaker.state is OPEN
    assert process.changes[-1] == (CLOSED, OPEN)


def test_a_result_that_redis_cannot_take_is_lost_and_raises_nothing(process, connection, clock):
    permit = process.breaker.admit()
    connection.is_gone = True

    process.breaker.note(permit, FAILURE)

    assert process.breaker.state is CLOSED


def test_an_own_permit_is_noted_with_the_own_breaker_also_when_redis_is_back(process, connection, clock):
    connection.is_gone = True
    permits = [process.breaker.admit() for _ in range(3)]
    connection.is_gone = False
    clock.sleep(1)
    process.breaker.admit()

    for permit in permits:
        process.breaker.note(permit, FAILURE)

    assert isinstance(process.breaker.admit(), SharedPermit)


def test_a_forked_child_has_a_lock_of_its_own(process):
    with process.breaker._lock:
        child = os.fork()
        if not child:
            process.note(SUCCESS)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 0
