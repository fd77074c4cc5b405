"""A client's webhooks are checked with the auth token that it has at the time."""

import pytest

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN
from tests.webhooks import INBOUND_URL, inbound_form, posted
from twilio_sms.credentials.basic import BasicAuth, FixedCredentials
from twilio_sms.credentials.callable import CallableCredentials
from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.own_token import validator_of


def is_right(validator, token):
    request = posted(inbound_form(), token=token)
    return validator.validate_form(INBOUND_URL, request.body, request.header("x-twilio-signature"))


def test_it_is_the_clients_own():
    credentials = FixedCredentials(BasicAuth(ACCOUNT_SID, SecretString(AUTH_TOKEN)))

    validator = validator_of(credentials, ())()

    assert is_right(validator, AUTH_TOKEN)
    assert not is_right(validator, "0f" * 16)


def test_a_token_that_was_rotated_counts_at_once():
    tokens = ["0f" * 16]
    current = validator_of(CallableCredentials(lambda: tokens[-1], ACCOUNT_SID), ())
    before = current()

    tokens.append(AUTH_TOKEN)

    assert is_right(before, "0f" * 16)
    assert is_right(current(), AUTH_TOKEN)
    assert not is_right(current(), "0f" * 16)


def test_nothing_is_made_anew_while_the_token_stays():
    current = validator_of(FixedCredentials(BasicAuth(ACCOUNT_SID, SecretString(AUTH_TOKEN))), ())

    assert current() is current()


def test_an_api_key_signs_no_webhook():
    credentials = FixedCredentials(BasicAuth("SK" + "0a" * 16, SecretString("secret")))

    with pytest.raises(ValidationError, match="Twilio signs webhooks with the auth token"):
        validator_of(credentials, ())


@pytest.mark.parametrize("tokens", [f"{AUTH_TOKEN},{'0f' * 16}", f"{'0f' * 16}, {AUTH_TOKEN}"], ids=["first", "last"])
def test_while_a_token_is_rotated_either_signs(tokens):
    validator = validator_of(FixedCredentials(BasicAuth(ACCOUNT_SID, SecretString(tokens))), ())()

    assert is_right(validator, AUTH_TOKEN)
    assert is_right(validator, "0f" * 16)
    assert not is_right(validator, "0e" * 16)
