"""A status callback is read from what Twilio posts, exactly."""

from datetime import UTC, datetime

import pytest

from tests.doubles import ACCOUNT_SID, MESSAGE_SID, RECIPIENT, SENDER
from tests.webhooks import SERVICE, sid, status_form
from twilio_sms.domain.status import Status
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.parameters import Parameters
from twilio_sms.webhooks.status import read_status_update


def read(status="delivered", **changes):
    return read_status_update(Parameters(status_form(status, **changes)), ACCOUNT_SID)


def test_it_says_what_twilio_said():
    update = read("undelivered", ErrorCode="30034", MessagingServiceSid=SERVICE, RawDlrDoneDate="2307061539", New="x")

    assert (update.message_sid, update.account_sid) == (MESSAGE_SID, ACCOUNT_SID)
    assert (update.status, update.status_text, update.error_code) == (Status.UNDELIVERED, "undelivered", 30034)
    assert (update.to, update.from_, update.messaging_service_sid) == (RECIPIENT, SENDER, SERVICE)
    assert update.carrier_time == datetime(2023, 7, 6, 15, 39, tzinfo=UTC)
    assert update.extra == {"New": "x"}


def test_a_word_that_is_new_is_kept():
    update = read("half_delivered")

    assert (update.status, update.status_text) == (Status.UNKNOWN, "half_delivered")


@pytest.mark.parametrize("sender", [None, ""])
def test_a_message_that_failed_before_it_had_a_sender_has_none(sender):
    assert read("failed", From=sender).from_ == ""


@pytest.mark.parametrize("code", [None, "", "0"])
def test_no_error_is_none(code):
    assert read(ErrorCode=code).error_code is None


@pytest.mark.parametrize("date", ["", "garbage", "2313991539", "20230706153900"])
def test_a_carriers_time_that_cannot_be_read_costs_no_status(date):
    update = read(RawDlrDoneDate=date)

    assert (update.status, update.carrier_time) == (Status.DELIVERED, None)


@pytest.mark.parametrize("name", ["MessageSid", "MessageStatus", "AccountSid", "To"])
def test_what_must_be_there_is_there_exactly_once(name):
    form = status_form()

    for others in (tuple(pair for pair in form if pair[0] != name), (*form, (name, dict(form)[name]))):
        with pytest.raises(ValidationError):
            read_status_update(Parameters(others), ACCOUNT_SID)


@pytest.mark.parametrize(
    "changes",
    [
        {"MessageSid": sid(1)},
        {"SmsSid": sid(1)},
        {"SmsStatus": "sent"},
        {"MessageStatus": "DELIVERED", "SmsStatus": None},
        {"MessageStatus": "", "SmsStatus": None},
        {"AccountSid": "AC" + "1" * 32},
        {"To": ""},
        {"From": "++"},
        {"ErrorCode": "3e4"},
        {"ErrorCode": "\u0663"},
        {"MessagingServiceSid": "MG1"},
        {"ApiVersion": "x"},
    ],
)
def test_what_has_another_shape_is_refused(changes):
    with pytest.raises(ValidationError):
        read(**changes)


def test_of_any_account_if_none_is_ours():
    assert read_status_update(Parameters(status_form(AccountSid="AC" + "1" * 32)), None).account_sid == "AC" + "1" * 32
