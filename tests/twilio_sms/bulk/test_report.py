"""What a bulk tells says whether somebody has to look at it."""

import pytest

from twilio_sms.bulk.report import BulkReport, Progress
from twilio_sms.bulk.states import State


def counts(**rows: int) -> dict[State, int]:
    return {state: rows.get(state, 0) for state in State}


@pytest.mark.parametrize(
    ("state", "is_complete"),
    [
        (State.PENDING, False),
        (State.INFLIGHT, False),
        (State.UNKNOWN, False),
        (State.ACCEPTED, True),
        (State.REJECTED, True),
        (State.SKIPPED, True),
    ],
)
def test_a_bulk_is_complete_when_every_row_has_ended(state, is_complete):
    report = BulkReport(counts=counts(ACCEPTED=5) | {state: 1}, segments=0, cost=None)

    assert report.is_complete == is_complete


def test_a_bulk_that_was_stopped_is_not_complete():
    assert not BulkReport(counts=counts(ACCEPTED=5), segments=5, cost=None, stopped="the budget").is_complete


def test_rows_that_need_nothing_more_have_ended():
    progress = Progress(
        counts=counts(PENDING=1, INFLIGHT=2, UNKNOWN=4, ACCEPTED=8, REJECTED=16, SKIPPED=32), segments=0, seconds=0.0
    )

    assert progress.ended == 8 + 16 + 32


def test_two_reports_that_say_the_same_are_equal_however_long_it_took():
    one, other = (BulkReport(counts=counts(), segments=0, cost=None, seconds=seconds) for seconds in (1.0, 2.0))

    assert one == other


def test_a_state_reads_as_its_name():
    assert f"{State.ACCEPTED}" == "ACCEPTED"


def test_a_bulk_that_was_not_given_all_open_rows_is_not_complete():
    assert not BulkReport(counts=dict.fromkeys(State, 0), segments=0, cost=None, missing_rows=1).is_complete
