"""What is done to a callback before it leaves."""

from dataclasses import replace

from fake_twilio.delivery.tampering import ALTERATIONS, EXTRA, OPTIONAL, badly_signed, extended, reduced
from fake_twilio.delivery.webhook import Webhook, status_webhook
from fake_twilio.domain.fate.chaos import Mischief
from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.webhooks.signer import AuthToken
from tests.fake_twilio.doubles import AUTH_TOKEN, SERVICE_SID, make_message
from twilio_sms.webhooks.signature import RequestValidator

SIGNER = AuthToken(AUTH_TOKEN)


def webhook(message: Message | None = None) -> Webhook:
    return status_webhook(message or make_message(status=Status.DELIVERED, service_sid=SERVICE_SID), SIGNER, "t")


def is_valid(told: Webhook) -> bool:
    return RequestValidator(AUTH_TOKEN).validate(told.url, told.form, told.signature)


def test_a_bad_signature_is_the_only_thing_that_is_wrong() -> None:
    told = webhook()

    bad = badly_signed(told)

    assert is_valid(told)
    assert not is_valid(bad)
    assert len(bad.signature) == len(told.signature)
    assert replace(bad, signature=told.signature, sign=told.sign, is_forged=False) == told
    assert bad.is_forged


def test_a_bad_signature_is_bad_whatever_the_true_one_begins_with() -> None:
    for first in "AB":
        told = replace(webhook(), signature=first + "x" * 27)
        assert badly_signed(told).signature != told.signature


def test_a_bad_signature_is_not_made_good_where_a_redirect_leads() -> None:
    assert badly_signed(webhook()).sign is None


def test_more_parameters_are_signed_with_the_rest() -> None:
    more = extended(webhook())

    assert more.form == (*webhook().form, *EXTRA)
    assert is_valid(more)


def test_fewer_parameters_are_those_that_a_customer_may_not_count_on() -> None:
    fewer = reduced(webhook())

    assert set(webhook().params) - set(fewer.params) == OPTIONAL & set(webhook().params)
    assert {"MessageSid", "MessageStatus", "AccountSid", "To", "From"} <= set(fewer.params)
    assert is_valid(fewer)


def test_the_bad_signature_comes_last_so_that_nothing_mends_it() -> None:
    told = webhook()

    for alter in ALTERATIONS.values():
        told = alter(told)

    assert list(ALTERATIONS)[-1] is Mischief.BAD_SIGNATURE
    assert not is_valid(told)
