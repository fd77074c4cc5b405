"""Tests of what a message is expected to be like."""

import pytest

from twilio_sms.simulation.expectations import Wanted
from twilio_sms.simulation.sent_message import SentMessage

TO, SENDER = "+15551234567", "+15005550006"
SENT = SentMessage(to=TO, from_=SENDER, body="Your code is 1234")


@pytest.mark.parametrize(
    ("wanted", "is_met"),
    [
        (Wanted(TO), True),
        (Wanted("+15550000000"), False),
        (Wanted(TO, SENDER), True),
        (Wanted(TO, "SHOP"), False),
        (Wanted(TO, body="Your code is 1234"), True),
        (Wanted(TO, body="Your code"), False),
        (Wanted(TO, body_contains="code is"), True),
        (Wanted(TO, body_contains="parcel"), False),
    ],
)
def test_every_field_that_is_given_must_fit(wanted: Wanted, is_met: bool) -> None:
    assert wanted.is_met_by(SENT) is is_met


def test_a_messaging_service_is_a_sender() -> None:
    service = "MG" + "0" * 32

    assert Wanted(TO, service).is_met_by(SentMessage(to=TO, messaging_service_sid=service, body="x"))


def test_a_gate_knows_recipient_and_sender_alone() -> None:
    assert Wanted(TO, body="x").may_be_met(TO, None)
    assert not Wanted(TO, SENDER).may_be_met(TO, "SHOP")
    assert not Wanted(TO).may_be_met("+15550000000", None)


def test_it_is_told_as_it_was_written() -> None:
    assert str(Wanted(TO, SENDER, body_contains="x", times=2)) == (
        "expect_send('+15551234567', from_='+15005550006', body_contains='x', times=2)"
    )
