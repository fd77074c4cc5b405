"""What one callback says, and why a message was not delivered."""

from tests.callbacks import told
from tests.doubles import MESSAGE_SID, RECIPIENT
from twilio_sms.domain.delivery_error import UnreachableNumber


def test_another_status_or_another_code_is_another_event():
    keys = {told("failed").key, told("failed", 30003).key, told("failed", 30008).key, told("sent").key}

    assert len(keys) == 4
    assert told("failed", 30003).key == f"{MESSAGE_SID}:failed:30003"


def test_it_says_why_a_message_was_not_delivered():
    assert told("undelivered", 30003).error == UnreachableNumber(30003)
    assert told("delivered").error is None


def test_it_shows_no_whole_number():
    shown = repr(told("sent"))

    assert RECIPIENT not in shown
    assert "sent" in shown
