"""Tests of how long a message may wait in the queue."""

import pytest

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.timeline import Step, Timeline
from fake_twilio.domain.messages.validity import expires, within_validity
from fake_twilio.scenario_files.finding import bundled
from fake_twilio.scenario_files.load import load_scenario

STEPS = (Step(Status.SENDING, 60.0), Step(Status.SENT, 600.0))


@pytest.mark.parametrize("seconds", [60, 61, 36_000])
def test_a_message_that_goes_out_in_time_lives_on(seconds: int) -> None:
    assert within_validity(STEPS, seconds) is STEPS


def test_a_message_that_would_wait_too_long_ends_at_that_moment() -> None:
    assert within_validity(STEPS, 59) == (Step(Status.FAILED, 59.0, 30036),)


def test_a_message_that_stays_queued_by_its_scenario_does_so() -> None:
    assert within_validity((), 1) == ()


@pytest.mark.parametrize("name", sorted(bundled()))
def test_no_bundled_scenario_runs_into_the_longest_validity(name: str) -> None:
    scenario = load_scenario(name)
    outcomes = [scenario.otherwise, *(rule.then for rule in scenario.rules)]

    for outcome in outcomes:
        if isinstance(outcome, Timeline):
            assert within_validity(outcome.steps, 36_000) is outcome.steps


def test_the_first_step_comes_after_the_wait_for_the_sender_and_the_others_as_before() -> None:
    assert within_validity(STEPS, 70, 10.0) == (Step(Status.SENDING, 70.0), STEPS[1])
    assert within_validity((), 1, 10.0) == ()


def test_the_wait_for_the_sender_counts_too() -> None:
    expired = (Step(Status.FAILED, 69.0, 30036),)

    assert within_validity(STEPS, 69, 10.0) == expired
    assert within_validity(expired, 69, 10.0) == expired


def test_what_ends_in_the_queue_is_known_by_its_code() -> None:
    assert expires(within_validity(STEPS, 59))
    assert not expires(within_validity(STEPS, 60))
    assert not expires(())
