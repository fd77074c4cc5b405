"""Tests of a webhook that is recognised."""

from dataclasses import replace

import pytest

from fake_twilio.delivery.webhook import Answer, Delivery, Webhook
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.twilio.form import Form
from fake_twilio.domain.webhooks.signer import AuthToken
from fake_twilio.domain.webhooks.workbench.guess import Guess
from fake_twilio.inspector.recognised import Recognised, form_sent, recognise
from tests.fake_twilio.doubles import AUTH_TOKEN, CALLBACK, MESSAGE_SID, make_webhook


def delivered(status: Status, **changes: object) -> Delivery:
    form = (("MessageSid", MESSAGE_SID), ("MessageStatus", status.value), ("To", "+15551234567"))
    webhook = replace(make_webhook(), status=status, form=form, **changes).signed_by(AuthToken(AUTH_TOKEN))
    return Delivery(webhook=webhook, answer=Answer(status=403))


SENT, DELIVERED = delivered(Status.SENT), delivered(Status.DELIVERED)


def recognised(signature: str, url: str = CALLBACK, form: Form = ()) -> Recognised | None:
    return recognise((SENT, DELIVERED), [Guess("x"), Guess(signature)], url, form)


def test_a_webhook_is_known_by_its_signature() -> None:
    found = recognised(SENT.signature, form=SENT.webhook.form)

    assert found
    assert (found.delivery, found.is_signed, found.is_same, found.same) == (SENT, True, True, 3)


def test_where_it_differs_is_told() -> None:
    found = recognised(SENT.signature, "http://127.0.0.1:9/", (*SENT.webhook.form[:2], ("To", " 15551234567")))

    assert found
    assert [row.name for row in found.url_rows + found.form_rows] == ["path", "To"]
    assert (found.is_same, found.same) == (False, 2)


def test_without_its_signature_a_webhook_is_known_by_what_it_tells_of() -> None:
    by_status = recognised("?", form=SENT.webhook.form)
    by_message = recognised("?", form=(("SmsSid", MESSAGE_SID), ("SmsStatus", "read")))

    assert by_status
    assert by_message
    assert (by_status.delivery, by_status.is_signed) == (SENT, False)
    assert by_message.delivery == DELIVERED


def test_what_was_never_sent_is_not_known() -> None:
    assert recognised("?", form=(("MessageSid", "SM0"),)) is None
    assert recognise((SENT,), [Guess(" ")], CALLBACK, ()) is None


def test_an_empty_signature_is_that_of_nothing() -> None:
    unsigned = Delivery(webhook=replace(SENT.webhook, signature=""), answer=Answer())

    assert recognise((unsigned,), [Guess("")], CALLBACK, ()) is None


def test_the_parameters_of_a_get_stand_in_its_url() -> None:
    get = delivered(Status.SENT, method="GET")

    found = recognise((get,), [Guess(get.signature)], get.url, get.webhook.form)

    assert form_sent(get) == ()
    assert found
    assert found.is_same


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_what_was_requested_counts_where_the_webhook_was_redirected(method: str) -> None:
    moved: Webhook = SENT.webhook.moved_to("http://127.0.0.1:9/moved", method)
    redirected = replace(SENT, request=moved)

    found = recognise((redirected,), [Guess(moved.signature)], moved.target, moved.form)

    assert found
    assert found.is_same


def test_a_webhook_that_was_signed_wrongly_on_purpose_says_so() -> None:
    forged = Delivery(webhook=replace(SENT.webhook, signature="forged", is_forged=True), answer=Answer())

    found = recognise((forged,), [Guess("forged")], CALLBACK, SENT.webhook.form)

    assert found
    assert found.is_forged
