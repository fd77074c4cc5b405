"""Who has to rest rests, and nobody else."""

import pytest

from tests.doubles import HandClock
from tests.twilio_sms.bulk.tasks import draft
from twilio_sms.bulk.pauses import Pauses
from twilio_sms.bulk.row_fates import Resting
from twilio_sms.domain.draft import Draft

MINE, OTHER = draft(), draft(from_="+15005550009")
SERVICE = "MG" + "0f" * 16
BY_SERVICE = Draft.parse(to="+15551234567", messaging_service_sid=SERVICE, body="hello", options={})


@pytest.mark.parametrize(
    ("who", "mine", "other"),
    [
        (Resting.ROW, 0.0, 0.0),
        (Resting.SENDER, 60.0, 0.0),
        (Resting.ALL, 60.0, 60.0),
        (Resting.UNTIL_ANSWERED, 60.0, 60.0),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_pause_is_for_whom_it_says(who, mine, other):
    pauses = Pauses(HandClock().monotonic)

    pauses.begin(who, MINE, 60.0)

    assert (pauses.rest_seconds(MINE), pauses.rest_seconds(OTHER)) == (mine, other)
    assert pauses.is_for_all == (who in (Resting.ALL, Resting.UNTIL_ANSWERED))


def test_a_messaging_service_is_a_sender():
    pauses = Pauses(HandClock().monotonic)

    pauses.begin(Resting.SENDER, BY_SERVICE, 60.0)

    assert pauses.rest_seconds(BY_SERVICE) == 60.0
    assert pauses.rest_seconds(MINE) == 0.0


@pytest.mark.parametrize("who", [Resting.SENDER, Resting.ALL, Resting.UNTIL_ANSWERED])
def test_a_pause_ends(who):
    clock = HandClock()
    pauses = Pauses(clock.monotonic)
    pauses.begin(who, MINE, 60.0)

    clock.sleep(59)
    assert pauses.rest_seconds(MINE) == pytest.approx(1.0)
    clock.sleep(1)
    assert pauses.rest_seconds(MINE) == 0.0
    assert not pauses.is_for_all


def test_of_two_pauses_the_longer_one_counts():
    pauses = Pauses(HandClock().monotonic)

    pauses.begin(Resting.ALL, MINE, 60.0)
    pauses.begin(Resting.ALL, MINE, 1.0)
    pauses.begin(Resting.SENDER, MINE, 90.0)

    assert pauses.rest_seconds(MINE) == 90.0
    assert pauses.rest_seconds(OTHER) == 60.0


def test_an_answer_ends_the_pause_that_waits_for_one():
    pauses = Pauses(HandClock().monotonic)
    pauses.begin(Resting.UNTIL_ANSWERED, MINE, 60.0)

    assert pauses.note_back(is_answered=True)

    assert pauses.rest_seconds(MINE) == 0.0
    assert not pauses.note_back(is_answered=True)


@pytest.mark.parametrize("who", [Resting.SENDER, Resting.ALL])
def test_an_answer_ends_no_other_pause(who):
    pauses = Pauses(HandClock().monotonic)
    pauses.begin(who, MINE, 60.0)
    pauses.begin(Resting.UNTIL_ANSWERED, MINE, 90.0)

    pauses.note_back(is_answered=True)

    assert pauses.rest_seconds(MINE) == 60.0


def test_what_comes_back_from_before_ends_no_pause():
    pauses = Pauses(HandClock().monotonic)
    pauses.begin(Resting.UNTIL_ANSWERED, MINE, 60.0)

    assert not pauses.note_back(is_answered=False)

    assert pauses.rest_seconds(MINE) == 60.0


@pytest.mark.parametrize(("told_seconds", "wait_seconds"), [(0.5, 0.125), (2.0, 0.5), (30.0, 1.0)])
def test_when_the_pause_is_over_one_row_goes_ahead_and_all_others_wait_for_it(told_seconds, wait_seconds):
    clock = HandClock()
    pauses = Pauses(clock.monotonic)
    pauses.begin(Resting.UNTIL_ANSWERED, MINE, told_seconds)
    clock.sleep(told_seconds)
    assert pauses.rest_seconds(MINE) == 0.0

    pauses.note_going()

    assert pauses.rest_seconds(OTHER) == pytest.approx(wait_seconds)


def test_what_comes_of_the_row_that_went_ahead_lets_another_one_go():
    clock = HandClock()
    pauses = Pauses(clock.monotonic)
    pauses.begin(Resting.UNTIL_ANSWERED, MINE, 2.0)
    clock.sleep(2)
    pauses.note_going()

    assert pauses.note_back(is_answered=False)

    assert pauses.rest_seconds(OTHER) == 0.0
    pauses.note_going()
    assert pauses.rest_seconds(OTHER) > 0.0


def test_a_row_that_goes_while_all_is_well_is_waited_for_by_nobody():
    pauses = Pauses(HandClock().monotonic)
    pauses.begin(Resting.UNTIL_ANSWERED, MINE, 2.0)
    pauses.note_back(is_answered=True)

    pauses.note_going()

    assert pauses.rest_seconds(OTHER) == 0.0
