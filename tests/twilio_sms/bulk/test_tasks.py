"""Tasks are values that tell no secret when they are printed."""

import pytest

from tests.doubles import RECIPIENT
from tests.twilio_sms.bulk.tasks import accepted, failed, failure, look, lost, send
from twilio_sms.bulk.tasks import Following, Looked, Undone
from twilio_sms.errors import (
    AcceptedWithoutSidError,
    AmbiguousSendError,
    BreakerOpenError,
    ConnectionFailedError,
    InvalidRecipientError,
    LocalOptOutError,
    RateLimitedError,
)
from twilio_sms.verdict import Verdict


@pytest.mark.parametrize(
    "value",
    [
        send(),
        look(error=lost(AmbiguousSendError)),
        accepted(send()),
        failed(send(), lost(AmbiguousSendError)),
        Looked(look=look(), sid=None, is_answered=True, began_at=0.0),
        Undone(send()),
        Following(1.0, look()),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_printed_has_no_number_and_no_text(value):
    assert RECIPIENT not in repr(value)
    assert "hello" not in repr(value)


def test_a_row_is_sent_for_the_first_time_unless_it_is_said_otherwise():
    assert (send().doubtful_since, send().resends) == (None, 0)


@pytest.mark.parametrize(
    ("error", "is_answered"),
    [
        (failure(AcceptedWithoutSidError, verdict=Verdict.ACCEPTED, status=201), True),
        (failure(InvalidRecipientError, verdict=Verdict.REJECTED, status=400), True),
        (failure(RateLimitedError, verdict=Verdict.REJECTED, status=429), False),
        (failure(ConnectionFailedError, verdict=Verdict.NOT_SENT), False),
        (lost(AmbiguousSendError), False),
        (failure(BreakerOpenError), False),
        (failure(LocalOptOutError), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_twilio_has_answered_if_it_judged_the_message(error, is_answered):
    assert failed(send(), error).is_answered is is_answered


def test_a_message_is_an_answer():
    assert accepted(send()).is_answered
