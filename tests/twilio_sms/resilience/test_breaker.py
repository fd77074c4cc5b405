"""A breaker opens on failures in a row, rests, tries, and closes when the trials pass."""

import os
import signal
from threading import Thread

import pytest

from tests.doubles import HandClock
from twilio_sms.errors import BreakerOpenError, ValidationError
from twilio_sms.resilience.breaker import Breaker, BreakerPolicy, Change
from twilio_sms.resilience.breaker_table import Outcome, State

CLOSED, OPEN, HALF_OPEN = State
SUCCESS, FAILURE, NEUTRAL, REFUSED, ABANDONED = Outcome
SILENT = [NEUTRAL, REFUSED, ABANDONED]


class Scene:
    """A breaker, the clock that moves it and the changes it tells."""

    def __init__(self, **settings):
        self.clock, self.changes = HandClock(), []
        self.breaker = Breaker(BreakerPolicy(**settings), self.clock, [self.changes.append])

    def note(self, *outcomes):
        for outcome in outcomes:
            self.breaker.note(self.breaker.admit(), outcome)

    def open(self):
        self.note(*[FAILURE] * 5)

    def rest(self):
        self.open()
        self.clock.sleep(30)

    def try_out(self):
        self.rest()
        return self.breaker.admit()

    def refusal(self):
        with pytest.raises(BreakerOpenError) as refused:
            self.breaker.admit()
        return refused.value


@pytest.fixture
def scene():
    return Scene()


def ids(value):
    return str(value)


def test_a_closed_breaker_admits_everything(scene):
    permits = {scene.breaker.admit() for _ in range(100)}

    assert scene.breaker.state is CLOSED
    assert {permit.trial for permit in permits} == {None}
    assert scene.breaker.retry_after_seconds == 0


def test_five_failures_in_a_row_open_it_and_four_do_not(scene):
    scene.note(*[FAILURE] * 4)
    state_before = scene.breaker.state

    scene.note(FAILURE)

    assert (state_before, scene.breaker.state) == (CLOSED, OPEN)


def test_a_success_resets_the_failures(scene):
    scene.note(*[FAILURE] * 4, SUCCESS, *[FAILURE] * 4)
    state_before = scene.breaker.state

    scene.note(FAILURE)

    assert (state_before, scene.breaker.state) == (CLOSED, OPEN)


@pytest.mark.parametrize("outcome", SILENT, ids=ids)
def test_what_is_no_success_and_no_failure_leaves_the_count_as_it_is(scene, outcome):
    scene.note(*[FAILURE] * 4, *[outcome] * 10)
    state_before = scene.breaker.state

    scene.note(FAILURE)

    assert (state_before, scene.breaker.state) == (CLOSED, OPEN)


def test_an_open_breaker_turns_away_and_says_for_how_long(scene):
    scene.open()
    scene.clock.sleep(10)

    refused = scene.refusal()

    assert refused.retry_after_seconds == scene.breaker.retry_after_seconds == 20
    assert (refused.repeatable, refused.attempts) == (True, 0)
    assert str(refused) == "Twilio is in trouble, so nothing was sent: try again in 20 seconds"


def test_it_is_open_until_the_last_nanosecond(scene):
    scene.open()
    scene.clock.sleep(30 - 1e-9)

    assert scene.refusal().retry_after_seconds == 1e-9


def test_nobody_waits_for_one_that_has_rested(scene):
    scene.rest()
    scene.clock.sleep(1)

    assert (scene.breaker.state, scene.breaker.retry_after_seconds) == (OPEN, 0)


def test_one_that_has_rested_gives_leave_for_one_trial(scene):
    scene.rest()
    state_before = scene.breaker.state

    permit = scene.breaker.admit()

    assert (state_before, scene.breaker.state) == (OPEN, HALF_OPEN)
    assert permit.trial == 1
    assert scene.refusal().retry_after_seconds == scene.breaker.retry_after_seconds == 1


@pytest.mark.parametrize("outcome", [SUCCESS, REFUSED], ids=ids)
def test_a_trial_that_shows_that_twilio_works_closes_it(scene, outcome):
    scene.breaker.note(scene.try_out(), outcome)

    scene.note(*[FAILURE] * 4)
    assert scene.breaker.state is CLOSED


def test_a_trial_that_fails_opens_it_for_another_rest(scene):
    scene.breaker.note(scene.try_out(), FAILURE)

    assert scene.breaker.state is OPEN
    assert scene.refusal().retry_after_seconds == 30


@pytest.mark.parametrize("outcome", [NEUTRAL, ABANDONED], ids=ids)
def test_a_trial_that_says_nothing_gives_its_place_to_the_next_call(scene, outcome):
    scene.breaker.note(scene.try_out(), outcome)

    state, following = scene.breaker.state, scene.breaker.admit()

    assert (state, following.trial) == (HALF_OPEN, 2)
    scene.refusal()


def test_as_many_trials_as_asked_for_must_pass():
    scene = Scene(trials=3)
    first, second, third = scene.try_out(), scene.breaker.admit(), scene.breaker.admit()
    scene.refusal()

    states = []
    for permit in (second, third, first):
        scene.breaker.note(permit, SUCCESS)
        states.append(scene.breaker.state)

    assert states == [HALF_OPEN, HALF_OPEN, CLOSED]


def test_one_of_many_trials_that_fails_opens_it():
    scene = Scene(trials=3)
    first, second = scene.try_out(), scene.breaker.admit()
    scene.breaker.note(first, SUCCESS)

    scene.breaker.note(second, FAILURE)

    assert scene.breaker.state is OPEN


def test_a_trial_that_never_reports_is_given_up(scene):
    scene.try_out()
    scene.clock.sleep(60 - 1e-9)
    scene.refusal()

    scene.clock.sleep(1e-9)

    assert scene.breaker.admit().trial == 2


def test_the_watchdog_waits_for_as_long_as_it_is_told():
    scene = Scene(max_half_open_seconds=7)
    scene.try_out()

    scene.clock.sleep(7)

    assert scene.breaker.admit().trial == 2


@pytest.mark.parametrize("outcome", Outcome, ids=ids)
def test_the_result_of_a_call_from_before_it_opened_changes_nothing(scene, outcome):
    early = scene.breaker.admit()
    trial = scene.try_out()

    scene.breaker.note(early, outcome)

    assert (scene.breaker.state, scene.breaker.late_results) == (HALF_OPEN, 1)
    scene.breaker.note(trial, SUCCESS)
    assert (scene.breaker.state, scene.breaker.late_results) == (CLOSED, 1)


def test_late_failures_do_not_open_it_again_when_it_has_closed(scene):
    early = [scene.breaker.admit() for _ in range(9)]
    scene.breaker.note(scene.try_out(), SUCCESS)

    for permit in early:
        scene.breaker.note(permit, FAILURE)

    assert (scene.breaker.state, scene.breaker.late_results) == (CLOSED, 9)


def test_a_late_result_does_not_prolong_the_rest(scene):
    early = scene.breaker.admit()
    scene.open()
    scene.clock.sleep(10)

    scene.breaker.note(early, FAILURE)

    assert scene.breaker.retry_after_seconds == 20


@pytest.mark.parametrize("outcome", Outcome, ids=ids)
def test_a_trial_that_was_given_up_is_late(scene, outcome):
    silent = scene.try_out()
    scene.clock.sleep(60)
    scene.breaker.admit()

    scene.breaker.note(silent, outcome)

    assert (scene.breaker.state, scene.breaker.late_results) == (HALF_OPEN, 1)
    scene.refusal()


def test_a_trial_that_is_noted_twice_counts_once():
    scene = Scene(trials=2)
    permit = scene.try_out()

    scene.breaker.note(permit, SUCCESS)
    scene.breaker.note(permit, SUCCESS)

    assert (scene.breaker.state, scene.breaker.late_results) == (HALF_OPEN, 1)


def test_every_change_is_told(scene):
    scene.breaker.note(scene.try_out(), FAILURE)
    scene.clock.sleep(30)
    scene.note(SUCCESS)

    assert scene.changes == [
        Change(before=CLOSED, after=OPEN, retry_after_seconds=30, failures=5),
        Change(before=OPEN, after=HALF_OPEN, retry_after_seconds=0, failures=5),
        Change(before=HALF_OPEN, after=OPEN, retry_after_seconds=30, failures=5),
        Change(before=OPEN, after=HALF_OPEN, retry_after_seconds=0, failures=5),
        Change(before=HALF_OPEN, after=CLOSED, retry_after_seconds=0, failures=0),
    ]


def test_a_call_that_changes_nothing_tells_nothing(scene):
    scene.note(SUCCESS, FAILURE, NEUTRAL, REFUSED, ABANDONED)

    assert scene.changes == []


def test_a_listener_may_call_the_breaker():
    clock, heard = HandClock(), []

    def listen(change):
        heard.append((change.after, breaker.state))
        if change.after is HALF_OPEN:
            with pytest.raises(BreakerOpenError):  # its place is taken by the call that made the change
                breaker.admit()
        if change.after is CLOSED:
            breaker.note(breaker.admit(), FAILURE)

    breaker = Breaker(BreakerPolicy(failures=1), clock, [listen])
    breaker.note(breaker.admit(), FAILURE)
    clock.sleep(30)

    breaker.note(breaker.admit(), SUCCESS)

    assert heard == [(OPEN, OPEN), (HALF_OPEN, HALF_OPEN), (CLOSED, CLOSED), (OPEN, OPEN)]


def test_a_listener_that_fails_harms_no_call(caplog):
    def fail(_change):
        raise ZeroDivisionError

    breaker = Breaker(BreakerPolicy(failures=1), HandClock(), [fail])

    breaker.note(breaker.admit(), FAILURE)

    assert breaker.state is OPEN
    assert "a listener failed" in caplog.text


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda breaker, permit: breaker.admit(), id="admit"),
        pytest.param(lambda breaker, permit: breaker.note(permit, FAILURE), id="note"),
        pytest.param(lambda breaker, permit: breaker.retry_after_seconds, id="retry after"),
    ],
)
def test_check_and_change_are_one_step_for_all_threads(scene, ask):
    thread = Thread(target=ask, args=(scene.breaker, scene.breaker.admit()))

    with scene.breaker._lock:  # as by a thread that is between the two
        thread.start()
        thread.join(0.05)
        is_waiting = thread.is_alive()
    thread.join(10)

    assert (is_waiting, thread.is_alive()) == (True, False)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_child_process_begins_closed_though_the_lock_was_held(scene):
    scene.open()

    with scene.breaker._lock:  # as by another thread
        child = os.fork()
        if child == 0:
            signal.alarm(5)  # ends it if it waits for the lock
            scene.note(SUCCESS)
            os._exit(0 if scene.breaker.state is CLOSED else 1)
        status = os.waitpid(child, 0)[1]

    assert os.waitstatus_to_exitcode(status) == 0
    assert scene.breaker.state is OPEN


@pytest.mark.parametrize("prepare", [lambda scene: scene.breaker.admit(), Scene.try_out], ids=["closed", "half-open"])
def test_a_permit_of_the_parent_counts_nothing_in_the_child(prepare):
    scene = Scene(failures=5)
    permit = prepare(scene)

    scene.breaker.begin_anew()
    for _ in range(5):
        scene.breaker.note(permit, FAILURE)

    assert (scene.breaker.state, scene.breaker.late_results) == (CLOSED, 5)


def test_the_late_results_of_the_parent_are_not_those_of_the_child(scene):
    early = scene.breaker.admit()
    scene.open()
    scene.breaker.note(early, FAILURE)

    scene.breaker.begin_anew()

    assert scene.breaker.late_results == 0


def test_the_failures_of_the_parent_do_not_count_in_the_child(scene):
    scene.note(*[FAILURE] * 4)

    scene.breaker.begin_anew()
    scene.note(*[FAILURE] * 4)

    assert scene.breaker.state is CLOSED


def test_a_child_that_a_listener_forked_tells_its_own_changes():
    heard, heard_in_child = [], []

    def fork_once(change):
        heard.append(change)
        if len(heard) == 1:
            breaker.begin_anew()
            breaker.note(breaker.admit(), FAILURE)
            heard_in_child.extend(heard[1:])

    breaker = Breaker(BreakerPolicy(failures=1), HandClock(), [fork_once])

    breaker.note(breaker.admit(), FAILURE)

    assert [change.after for change in heard_in_child] == [OPEN]


def test_the_defaults_are_those_that_are_explained():
    policy = BreakerPolicy()

    assert (policy.failures, policy.open_seconds, policy.trials, policy.max_half_open_seconds) == (5, 30, 1, 60)


@pytest.mark.parametrize("name", ["failures", "open_seconds", "trials", "max_half_open_seconds"])
def test_a_setting_that_cannot_work_is_refused_by_name(name):
    with pytest.raises(ValidationError, match=f"^{name} must be "):
        BreakerPolicy(**{name: 0})
