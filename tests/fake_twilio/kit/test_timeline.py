"""Tests of what happened to one message."""

from dataclasses import replace

import pytest

from fake_twilio.accounts.opt_out_book import OptOut
from fake_twilio.delivery.webhook import Answer, Delivery
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.inbound.alert import Alert
from fake_twilio.domain.messages.message import Change
from fake_twilio.domain.webhooks.retries import Failure
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.kit.timeline import timeline_of
from tests.fake_twilio.doubles import CALLBACK, MESSAGE_SID, RECIPIENT, SENDER, START, make_message, make_webhook

FILTERED = make_message(
    rule="prizes",
    status=Status.UNDELIVERED,
    error_code=30007,
    updated_at=START + 2,
    timeline=(
        Change(START, Status.QUEUED),
        Change(START + 0.5, Status.SENT),
        Change(START + 2, Status.UNDELIVERED, 30007),
    ),
)


def test_all_that_happened_is_drawn_in_order() -> None:
    deliveries = [
        Delivery(webhook=make_webhook("SM1"), answer=Answer(status=200)),
        Delivery(webhook=make_webhook(), answer=Answer(status=503, seconds=0.25)),
        Delivery(webhook=make_webhook(), answer=Answer(error="no luck", failure=Failure.SILENT), attempt=2),
    ]
    alerts = [
        Alert(at=START + 1, code=11200, title="HTTP retrieval failure", message_sid=MESSAGE_SID, url=CALLBACK),
        Alert(at=START + 1, code=11200, title="HTTP retrieval failure", message_sid="SM1", url=CALLBACK),
    ]
    opt_outs = [OptOut(RECIPIENT, SENDER, START - 9), OptOut(RECIPIENT, "+1", START), OptOut("+1", SENDER, START)]

    assert str(timeline_of(FILTERED, deliveries, alerts, opt_outs)).splitlines() == [
        f"{MESSAGE_SID}  {SENDER} -> {RECIPIENT}  'hello'",
        f"        -9.000 s  opt-out      {RECIPIENT} hears nothing from {SENDER}",
        "        +0.000 s  queued       created, rule 'prizes'",
        "        +0.500 s  sent",
        f"                  webhook      1. sent: POST {CALLBACK} -> 503 in 0.250 s",
        f"                  webhook      2. sent: POST {CALLBACK} -> silent: no luck in 0.000 s, attempt 2",
        f"        +1.000 s  alert        11200 HTTP retrieval failure, {CALLBACK}",
        "        +2.000 s  undelivered  30007 Message filtered",
    ]


def test_disorder_is_seen_in_the_numbers_of_the_webhooks() -> None:
    deliveries = [
        Delivery(webhook=replace(make_webhook(), status=status), answer=Answer(status=204))
        for status in (Status.UNDELIVERED, Status.SENT, Status.SENT)
    ]

    told = [entry.detail.split(":")[0] for entry in timeline_of(FILTERED, deliveries, (), ()).entries if not entry.at]

    assert told == ["2. sent", "3. sent", "1. undelivered"]


def test_what_is_to_come_is_told_and_a_long_text_is_cut() -> None:
    message = make_message(body="x" * 61, plan=(Step(Status.SENT, 1.0), Step(Status.DELIVERED, 1.0)))

    head, created, to_come = str(timeline_of(message, (), (), ())).splitlines()

    assert head.endswith(f"'{'x' * 60}...'")
    assert created.endswith("created, no rule matched")
    assert to_come.split() == ["to", "come", "sent,", "delivered"]


def test_an_opt_out_of_later_is_not_of_this_message() -> None:
    later = OptOut(RECIPIENT, SENDER, FILTERED.updated_at + 1)

    assert [entry.what for entry in timeline_of(FILTERED, (), (), [later]).entries] == ["queued", "sent", "undelivered"]


def test_no_password_is_shown() -> None:
    webhook = replace(make_webhook(url="https://user:secret@app.test/status"), status=Status.SENT)

    shown = str(timeline_of(FILTERED, [Delivery(webhook=webhook, answer=Answer(status=204))], (), ()))

    assert "https://app.test/status" in shown
    assert "secret" not in shown


def test_a_code_that_nobody_knows_is_a_number() -> None:
    odd = make_message(timeline=(Change(START, Status.QUEUED), Change(START, Status.FAILED, 39999)))

    assert timeline_of(odd, (), (), ()).entries[-1].detail == "39999"


@pytest.mark.fake_twilio(start=1000)
def test_a_message_that_came_in_shows_what_it_was_answered(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.mount("https://app.test", lambda environ, start: start("204 No Content", []) and [])
    with fake_twilio.client() as client:
        sid = client.messages.send(to=RECIPIENT, from_=SENDER, body="x", status_callback="https://app.test/status").sid
    fake_twilio.settle()
    received = fake_twilio.receive(RECIPIENT, SENDER, "hello")
    assert received is not None

    whats = [entry.what for entry in fake_twilio.timeline(sid).entries]

    assert whats == ["queued", "sending", "sent", "webhook", "delivered", "webhook"]
    assert fake_twilio.timeline(received.sid).entries[0].detail == "created"
