"""Who may go out half-open: so many, and no more than so many for so long."""

import pytest

from twilio_sms.resilience.trials import NS, Permit, Trials, ask_again_seconds

EPOCH = 7


def make_trials(places: int = 1) -> Trials:
    return Trials(EPOCH, places, max_out_seconds=60, ask_again_seconds=1.0)


@pytest.mark.parametrize("places", [1, 3])
def test_there_are_as_many_trials_as_places(places):
    trials = make_trials(places)

    begun = [trials.begin(0) for _ in range(5)]

    assert begun == [*(Permit(EPOCH, number + 1) for number in range(places)), *[None] * (5 - places)]


def test_a_freed_place_goes_to_another_trial():
    trials = make_trials()
    first = trials.begin(0)

    trials.free(first)

    assert not trials.is_out(first)
    assert trials.begin(0) == Permit(EPOCH, 2)
    assert trials.begin(0) is None


def test_a_place_that_is_used_up_stays_so():
    trials = make_trials(2)
    first = trials.begin(0)

    assert trials.use_up(first) is False

    assert not trials.is_out(first)
    assert trials.begin(0) is not None
    assert trials.begin(0) is None


def test_the_last_trial_that_passes_is_told_apart():
    trials = make_trials(2)
    first, second = trials.begin(0), trials.begin(0)

    assert [trials.use_up(second), trials.use_up(first)] == [False, True]


def test_when_all_have_passed_and_the_breaker_is_still_half_open_all_places_are_free_again():
    trials = make_trials(2)
    for trial in (trials.begin(0), trials.begin(0)):
        trials.use_up(trial)  # and a signal hits before the breaker closes

    again = [trials.begin(0) for _ in range(3)]

    assert [trial is not None for trial in again] == [True, True, False]
    assert [trials.use_up(trial) for trial in again[:2]] == [False, True]


def test_a_trial_that_passes_is_not_the_last_while_a_place_is_free():
    trials = make_trials(2)

    assert trials.use_up(trials.begin(0)) is False


def test_a_trial_keeps_its_place_until_it_is_overdue():
    trials = make_trials()
    silent = trials.begin(5 * NS)

    assert trials.begin(65 * NS - 1) is None
    assert trials.is_out(silent)


def test_an_overdue_trial_loses_its_place():
    trials = make_trials()
    silent = trials.begin(5 * NS)

    following = trials.begin(65 * NS)

    assert following == Permit(EPOCH, 2)
    assert not trials.is_out(silent)


def test_only_overdue_trials_lose_their_places():
    trials = make_trials(2)
    trials.begin(0)
    younger = trials.begin(1)

    assert trials.begin(60 * NS) == Permit(EPOCH, 3)
    assert trials.is_out(younger)
    assert trials.begin(60 * NS) is None


def test_nobody_waits_while_a_place_is_free():
    trials = make_trials(2)
    trials.begin(0)

    assert trials.wait_seconds(0) == 0


@pytest.mark.parametrize(
    ("now_seconds", "wait_seconds"),
    [
        pytest.param(0, 1.0, id="the trial may answer soon"),
        pytest.param(59.5, 0.5, id="the trial is soon given up"),
        pytest.param(61, 0, id="the trial is overdue"),
    ],
)
def test_who_finds_no_place_waits_for_the_first_that_can_be_free(now_seconds, wait_seconds):
    trials = make_trials(2)
    trials.begin(0)
    trials.begin(10 * NS)

    assert trials.wait_seconds(int(now_seconds * NS)) == wait_seconds


@pytest.mark.parametrize(("open_seconds", "seconds"), [(0.2, 0.05), (2, 0.5), (4, 1.0), (30, 1.0)])
def test_a_wait_for_trials_is_short_beside_the_open_time(open_seconds, seconds):
    assert ask_again_seconds(open_seconds) == seconds
