"""What phases and status lines prove."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.verdict import LOST, Phase, Verdict, verdict_of_status


@pytest.mark.parametrize(
    ("phase", "verdict"),
    [
        pytest.param(Phase.OPENING, Verdict.NOT_SENT, id="no byte left"),
        pytest.param(Phase.SENDING, Verdict.NOT_SENT, id="a part was refused"),
        pytest.param(Phase.SENDING_LAST, Verdict.UNKNOWN, id="some bytes left"),
        pytest.param(Phase.SENT, Verdict.UNKNOWN, id="all bytes left"),
    ],
)
def test_a_lost_answer_proves_what_its_phase_proves(phase, verdict):
    assert LOST[phase] is verdict


def test_every_phase_without_an_answer_has_a_verdict():
    assert set(LOST) == set(Phase) - {Phase.ANSWERED}


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        pytest.param(100, Verdict.UNKNOWN, id="100 continue"),
        pytest.param(199, Verdict.UNKNOWN, id="199 last informational"),
        pytest.param(200, Verdict.ACCEPTED, id="200 ok"),
        pytest.param(201, Verdict.ACCEPTED, id="201 created"),
        pytest.param(204, Verdict.ACCEPTED, id="204 no content"),
        pytest.param(299, Verdict.ACCEPTED, id="299 last success"),
        pytest.param(300, Verdict.REJECTED, id="300 first redirect"),
        pytest.param(307, Verdict.REJECTED, id="307 redirect"),
        pytest.param(400, Verdict.REJECTED, id="400 bad request"),
        pytest.param(404, Verdict.REJECTED, id="404 not found"),
        pytest.param(408, Verdict.NOT_SENT, id="408 request timeout"),
        pytest.param(409, Verdict.REJECTED, id="409 conflict"),
        pytest.param(421, Verdict.NOT_SENT, id="421 misdirected"),
        pytest.param(425, Verdict.NOT_SENT, id="425 too early"),
        pytest.param(429, Verdict.NOT_SENT, id="429 too many"),
        pytest.param(499, Verdict.REJECTED, id="499 last refusal"),
        pytest.param(600, Verdict.UNKNOWN, id="600 no such status"),
    ],
)
def test_a_status_line_proves_what_its_definition_says(status, verdict):
    assert verdict_of_status(status) is verdict


@given(status=st.integers(500, 599))
def test_no_server_error_proves_a_thing(status):
    assert verdict_of_status(status) is Verdict.UNKNOWN
