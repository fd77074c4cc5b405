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

    assert pauses.note_answer()

    assert pauses.rest_seconds(MINE) == 0.0
    assert not pauses.note_answer()


@pytest.mark.parametrize("who", [Resting.SENDER, Resting.ALL])
def test_an_answer_ends_no_other_pause(who):
    pauses = Pauses(HandClock().monotonic)
    pauses.begin(who, MINE, 60.0)
    pauses.begin(Resting.UNTIL_ANSWERED, MINE, 90.0)

    pauses.note_answer()

    assert pauses.rest_seconds(MINE) == 60.0
