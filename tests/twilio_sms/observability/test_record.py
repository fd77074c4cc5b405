"""A record shows no number, though it holds one."""

from tests.doubles import RECIPIENT
from twilio_sms.observability.outcomes import Outcome
from twilio_sms.observability.record import CallRecord


def test_a_record_shows_what_became_of_the_call_and_nobody():
    record = CallRecord(operation="send_sms", outcome=Outcome.REJECTED, seconds=0.1, recipient=RECIPIENT)

    assert repr(record) == "CallRecord(send_sms, rejected)"
