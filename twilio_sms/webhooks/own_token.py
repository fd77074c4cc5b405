"""The validator of a client: its auth tokens, as they are at the time."""

import hmac
from collections.abc import Callable, Sequence

from twilio_sms.credentials.basic import BasicAuth, Credentials, ask
from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.keys import SharedKey
from twilio_sms.webhooks.signature import RequestValidator


def validator_of(credentials: Credentials, shared_keys: Sequence[SharedKey]) -> Callable[[], RequestValidator]:
    """Return what gives the validator to use now, of all tokens during a rotation; a new one counts at once.

    Raises `ValidationError` if the credentials are an API key: Twilio signs with the auth token.
    """
    kept: tuple[SecretString, RequestValidator] | None = None  # of what was asked for last

    def current() -> RequestValidator:
        nonlocal kept
        last, auth = kept, _token_of(credentials)
        if last is None or not _is_same(last[0], auth.secret):
            last = kept = SecretString(auth.secret.expose()), RequestValidator(*auth.secrets(), shared_keys=shared_keys)
        return last[1]

    current()
    return current


def _is_same(one: SecretString, other: SecretString) -> bool:
    return hmac.compare_digest(one.expose().encode(), other.expose().encode())


def _token_of(credentials: Credentials) -> BasicAuth:
    auth = ask(credentials)
    if auth.user.startswith("SK"):
        raise ValidationError(
            "Twilio signs webhooks with the auth token, and the client has an API key: "
            "give the token, client.webhooks(auth_token)"
        )
    return auth
