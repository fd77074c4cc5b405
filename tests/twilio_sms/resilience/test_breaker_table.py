"""Every pair of state and event is in the table, or cannot come about."""

import pytest

from twilio_sms.resilience.breaker_table import FOLLOWS, Deed, Moment, Outcome, State, Step

CLOSED, OPEN, HALF_OPEN = State
SUCCESS, FAILURE, NEUTRAL, REFUSED, ABANDONED = Outcome
ASKED, FAILED_IN_A_ROW, RESTED, TRIALS_PASSED = Moment

# What issue 6 and rules 17 to 19 say, pair by pair; ``None`` cannot come about.
SAID = {
    (CLOSED, ASKED): Step(CLOSED, Deed.ADMIT),
    (CLOSED, SUCCESS): Step(CLOSED, Deed.FORGET_FAILURES),
    (CLOSED, FAILURE): Step(CLOSED, Deed.COUNT_FAILURE),
    (CLOSED, NEUTRAL): Step(CLOSED, Deed.NOTHING),
    (CLOSED, REFUSED): Step(CLOSED, Deed.NOTHING),
    (CLOSED, ABANDONED): Step(CLOSED, Deed.NOTHING),
    (CLOSED, FAILED_IN_A_ROW): Step(OPEN, Deed.NOTHING),
    (CLOSED, RESTED): None,
    (CLOSED, TRIALS_PASSED): None,
    (OPEN, ASKED): Step(OPEN, Deed.REJECT),
    (OPEN, SUCCESS): None,
    (OPEN, FAILURE): None,
    (OPEN, NEUTRAL): None,
    (OPEN, REFUSED): None,
    (OPEN, ABANDONED): None,
    (OPEN, FAILED_IN_A_ROW): None,
    (OPEN, RESTED): Step(HALF_OPEN, Deed.NOTHING),
    (OPEN, TRIALS_PASSED): None,
    (HALF_OPEN, ASKED): Step(HALF_OPEN, Deed.ADMIT_TRIAL),
    (HALF_OPEN, SUCCESS): Step(HALF_OPEN, Deed.COUNT_TRIAL),
    (HALF_OPEN, FAILURE): Step(OPEN, Deed.NOTHING),
    (HALF_OPEN, NEUTRAL): Step(HALF_OPEN, Deed.FREE_TRIAL),
    (HALF_OPEN, REFUSED): Step(HALF_OPEN, Deed.COUNT_TRIAL),
    (HALF_OPEN, ABANDONED): Step(HALF_OPEN, Deed.FREE_TRIAL),
    (HALF_OPEN, FAILED_IN_A_ROW): None,
    (HALF_OPEN, RESTED): None,
    (HALF_OPEN, TRIALS_PASSED): Step(CLOSED, Deed.NOTHING),
}


@pytest.mark.parametrize("event", [*Outcome, *Moment], ids=lambda event: event.name)
@pytest.mark.parametrize("state", State, ids=lambda state: state.name)
def test_what_follows_is_what_was_said(state, event):
    assert FOLLOWS.get((state, event)) == SAID[state, event]


def test_every_state_is_left_and_reached():
    ways = {(state, step.state) for (state, _event), step in FOLLOWS.items() if step.state is not state}

    assert ways == {(CLOSED, OPEN), (OPEN, HALF_OPEN), (HALF_OPEN, OPEN), (HALF_OPEN, CLOSED)}


def test_no_outcome_has_the_name_of_a_moment():
    assert not {str(outcome) for outcome in Outcome} & {str(moment) for moment in Moment}
