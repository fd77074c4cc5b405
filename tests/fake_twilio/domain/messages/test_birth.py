"""Tests of how a message begins."""

import pytest

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.messages.birth import Fate, Occasion, new_message, received_message
from fake_twilio.domain.messages.creation import AnySenders, read_submission
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.twilio.form import Form
from tests.fake_twilio.doubles import (
    ACCOUNT_SID,
    MESSAGE_SID,
    ON_ITS_WAY,
    RECIPIENT,
    SENDER,
    START,
    create_form,
    service_form,
)

FATE = Fate(steps=ON_ITS_WAY, rule="a rule", intended_sender=SENDER)
IN_AN_HOUR = {"ScheduleType": "fixed", "SendAt": "2026-01-01T01:00:00Z"}


def born(form: Form) -> Message:
    wanted = read_submission(form, AnySenders(), START)
    return new_message(wanted, FATE, sid=MESSAGE_SID, account_sid=ACCOUNT_SID, now=START)


BEGINNINGS = [
    (create_form(), "queued", [1.0, 2.0, 3.0]),
    (service_form(), "accepted", [0.0, 1.0, 2.0, 3.0]),
    (service_form(**IN_AN_HOUR), "scheduled", [3600.0, 1.0, 2.0, 3.0]),
]


@pytest.mark.parametrize(("form", "status", "waits"), BEGINNINGS, ids=[status for _, status, _ in BEGINNINGS])
def test_the_kind_of_send_says_the_first_status_and_what_comes_before_the_rest(
    form: Form, status: str, waits: list[float]
) -> None:
    message = born(form)

    assert (message.status, [step.after_seconds for step in message.plan]) == (status, waits)
    assert [change.status for change in message.timeline] == [status]
    assert (message.rule, message.intended_sender, message.created_at) == ("a rule", SENDER, START)


def test_the_text_is_counted_as_it_is_sent() -> None:
    plain, smart = (born(create_form(Body="“" * 71, SmartEncoded=value)) for value in ("false", "true"))

    assert (plain.body, plain.segments) == ("“" * 71, 2)
    assert (smart.body, smart.segments) == ('"' * 71, 1)


def test_what_would_wait_for_too_long_ends_then() -> None:
    message = born(create_form(ValidityPeriod="1"))
    impatient = new_message(
        read_submission(create_form(ValidityPeriod="1"), AnySenders(), START),
        Fate(steps=(ON_ITS_WAY[1], ON_ITS_WAY[2])),
        sid=MESSAGE_SID,
        account_sid=ACCOUNT_SID,
        now=START,
    )

    assert message.plan == ON_ITS_WAY
    assert [(step.status, step.after_seconds, step.error_code) for step in impatient.plan] == [("failed", 1.0, 30036)]


def test_an_occasion_says_the_direction_and_what_a_message_fails_with() -> None:
    wanted = read_submission(create_form(), AnySenders(), START)
    reply = Occasion(direction="outbound-reply", callback_method="GET", error_code=14107)

    made = new_message(wanted, FATE, sid=MESSAGE_SID, account_sid=ACCOUNT_SID, now=START, occasion=reply)

    assert (made.direction, made.callback_method, made.status) == ("outbound-reply", "GET", Status.QUEUED)
    assert made.plan == (Step(Status.FAILED, 0.0, 14107),)


def test_unknown_parameters_are_noted() -> None:
    assert born((*create_form(), ("Bdoy", "x"))).notes == ("unknown parameter Bdoy was ignored",)


def test_a_message_that_comes_in_is_received_at_once() -> None:
    message = received_message(
        sid=MESSAGE_SID,
        account_sid=ACCOUNT_SID,
        service_sid=None,
        sender=RECIPIENT,
        to=SENDER,
        body="x" * 161,
        media_urls=(),
        now=START,
    )

    assert (message.direction, message.status, message.segments) == ("inbound", Status.RECEIVING, 2)
    assert message.plan == (Step(Status.RECEIVED, 0.0),)
    assert message.moved(START, message.plan[0], message.sender).sent_at == START
