"""Tests of what is said of an app's behaviour."""

import pytest

from fake_twilio.kit.conduct import Conduct
from fake_twilio.kit.habits import Mark, habits

RETRY, TWICE, TIME, TAKEN, FORGED, STOPS = range(6)


def test_nothing_seen_is_said_as_such() -> None:
    assert {habit.mark for habit in habits(Conduct())} == {Mark.NOT_SEEN}
    assert all(habit.name and habit.told and habit.advice for habit in habits(Conduct()))


@pytest.mark.parametrize(
    ("place", "conduct", "mark"),
    [
        (RETRY, Conduct(told_to_wait=1), Mark.NOT_SEEN),
        (RETRY, Conduct(told_to_wait=1, came_back=1), Mark.PASS),
        (RETRY, Conduct(told_to_wait=2, came_back=2, came_too_early=1), Mark.FAIL),
        (TWICE, Conduct(lost_answers=1), Mark.PASS),
        (TWICE, Conduct(lost_answers=1, sent_again=1), Mark.FAIL),
        (TIME, Conduct(callbacks=1), Mark.PASS),
        (TIME, Conduct(callbacks=2, late=1), Mark.FAIL),
        (TAKEN, Conduct(callbacks=1, taken=1), Mark.PASS),
        (TAKEN, Conduct(callbacks=2, taken=1), Mark.WARN),
        (FORGED, Conduct(forged=1, forged_refused=1), Mark.PASS),
        (FORGED, Conduct(forged=2, forged_refused=1), Mark.WARN),
        (FORGED, Conduct(forged=2, forged_refused=1, forged_taken=1), Mark.FAIL),
        (STOPS, Conduct(stops=1), Mark.PASS),
        (STOPS, Conduct(stops=1, sent_after_stop=1), Mark.FAIL),
    ],
)
def test_a_habit_has_its_mark(place: int, conduct: Conduct, mark: Mark) -> None:
    assert habits(conduct)[place].mark is mark
