"""Tests of what became of messages, as a scenario can say it."""

import pytest

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.recording.course import Course, Stop, course_of
from fake_twilio.recording.notebook import Moment
from tests.fake_twilio.recording.answers import moments

Q, SENDING, SENT, DELIVERED, CANCELED = (
    *(Status.QUEUED, Status.SENDING, Status.SENT),
    *(Status.DELIVERED, Status.CANCELED),
)


@pytest.mark.parametrize(
    ("pairs", "stops", "delays"),
    [
        ([(Q, 0.0), (SENT, 1.0), (DELIVERED, 3.5)], [SENT, DELIVERED], [1.0, 2.5]),
        ([(Q, 0.0), (DELIVERED, 3.0)], [SENT, DELIVERED], [0.0, 3.0]),
        ([(SENDING, 0.0), (SENT, 1.0)], [SENDING, SENT], [0.0, 1.0]),
        ([(Status.SCHEDULED, 0.0), (Q, 900.0), (SENT, 901.0)], [SENT], [1.0]),
        ([(Q, 0.0), (DELIVERED, 3.0), (SENT, 4.0)], [SENT, DELIVERED], [0.0, 3.0]),
        ([(Status.SCHEDULED, 0.0), (CANCELED, 5.0)], [], []),
        ([(Q, 0.0)], [], []),
    ],
    ids=["seen", "unseen", "late", "scheduled", "disorder", "cannot be", "nothing yet"],
)
def test_statuses_follow_each_other(
    pairs: list[tuple[Status, float]], stops: list[Status], delays: list[float]
) -> None:
    assert course_of(moments(*pairs)) == Course(tuple(map(Stop, stops)), tuple(delays))


@pytest.mark.parametrize(("code", "expected"), [(30007, 30007), (None, 30008), (77777, 30008)])
def test_a_failure_has_a_code_that_there_is(code: int | None, expected: int) -> None:
    course = course_of([Moment(Q, 0.0), Moment(Status.FAILED, 1.0, code)])

    assert course.stops == (Stop(Status.FAILED, expected),)
