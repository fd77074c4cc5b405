"""Tests of the table of checks."""

import pytest

from fake_twilio.checkup.checks import CHECKS, Stage, stage_of
from fake_twilio.delivery.webhook import Answer, Kind
from fake_twilio.domain.webhooks.retries import Failure


def test_each_check_has_a_name_of_its_own() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)


@pytest.mark.parametrize(
    ("answer", "stage"),
    [
        (Answer(failure=Failure.REFUSED), Stage.SENT),
        (Answer(failure=Failure.SILENT), Stage.CONNECTED),
        (Answer(status=308), Stage.REDIRECTED),
        (Answer(status=403), Stage.ANSWERED),
        (Answer(status=204), Stage.ACCEPTED),
    ],
)
def test_an_answer_tells_how_far_a_request_came(answer: Answer, stage: Stage) -> None:
    assert stage_of(answer) is stage


def test_who_comes_further_is_asked_more() -> None:
    asked = [sum(check.applies(Kind.INBOUND, stage) for check in CHECKS) for stage in Stage]

    assert asked == [1, 2, 3, 6, 9]
