"""Who waits is told why, once, and that it is over, once."""

import pytest

from twilio_sms.commands.trouble import Trouble
from twilio_sms.errors import ConnectionFailedError
from twilio_sms.resilience.breaker import Change
from twilio_sms.resilience.breaker_table import State
from twilio_sms.resilience.retrier import RetryDetails

OPENED = Change(State.CLOSED, State.OPEN, 30.0, 5)
TRIED = Change(State.OPEN, State.HALF_OPEN, 0.0, 5)
FAILED_AGAIN = Change(State.HALF_OPEN, State.OPEN, 30.0, 6)
CLOSED = Change(State.HALF_OPEN, State.CLOSED, 0.0, 0)
BEGUN = "nothing was sent to http://127.0.0.1:1: refused; rows wait until Twilio answers"
OVER = "Twilio answers again"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param([OPENED], [BEGUN], id="it begins"),
        pytest.param([OPENED, TRIED, FAILED_AGAIN, TRIED], [BEGUN], id="it goes on"),
        pytest.param([OPENED, TRIED, FAILED_AGAIN, TRIED, CLOSED], [BEGUN, OVER], id="it ends"),
        pytest.param([OPENED, TRIED, CLOSED, OPENED], [BEGUN, OVER, BEGUN], id="it comes back"),
        pytest.param([CLOSED], [], id="there was none"),
    ],
)
def test_the_reason_is_told_once_and_the_end_once(changes, told):
    lines = []
    trouble = Trouble(lines.append)
    trouble.on_retry(
        RetryDetails("send_sms", 1, 0.5, ConnectionFailedError("nothing was sent to http://127.0.0.1:1: refused"), 9.0)
    )

    for change in changes:
        trouble.on_breaker_change(change)

    assert lines == told


def test_what_is_not_tried_again_has_no_reason_but_is_told():
    lines = []

    Trouble(lines.append).on_breaker_change(OPENED)

    assert lines == ["Twilio gives no answer; rows wait until Twilio answers"]
