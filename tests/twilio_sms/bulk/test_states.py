"""What may become of a row is a table; here it stands again, in the words of the specification."""

from itertools import product

import pytest

from twilio_sms.bulk.states import FOLLOWS, State

# Reliability, "Crash in the middle of send_bulk"; issue 6, send_bulk.
ALLOWED = {
    "PENDING INFLIGHT",
    "PENDING REJECTED",
    "PENDING SKIPPED",
    "INFLIGHT ACCEPTED",
    "INFLIGHT REJECTED",
    "INFLIGHT UNKNOWN",
    "INFLIGHT SKIPPED",
    "INFLIGHT PENDING",
    "UNKNOWN ACCEPTED",
    "UNKNOWN PENDING",
    "ACCEPTED ACCEPTED",
    "ACCEPTED UNKNOWN",
}


@pytest.mark.parametrize(("before", "after"), list(product(State, State)), ids=lambda state: state.name)
def test_every_pair_is_as_specified(before: State, after: State):
    assert (after in FOLLOWS[before]) == (f"{before.name} {after.name}" in ALLOWED)


def test_nothing_is_sent_that_was_not_marked():
    before_accepted = {state for state in State if State.ACCEPTED in FOLLOWS[state]}

    assert State.PENDING not in before_accepted


def test_what_was_refused_or_skipped_stays_so():
    assert not FOLLOWS[State.REJECTED]
    assert not FOLLOWS[State.SKIPPED]
