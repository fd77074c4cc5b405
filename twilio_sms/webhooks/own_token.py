"""The validator of a client: its auth token, as it is at the time."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from twilio_sms.credentials.basic import Credentials
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks.keys import SharedKey
from twilio_sms.webhooks.signature import RequestValidator


def validator_of(credentials: Credentials, shared_keys: Sequence[SharedKey]) -> Callable[[], RequestValidator]:
    """Return what gives the validator to use now; a rotated token counts at once.

    Raises `ValidationError` if the credentials are an API key: Twilio signs with the auth token.
    """
    make = lru_cache(maxsize=2)(lambda token: RequestValidator(token, shared_keys=shared_keys))

    def current() -> RequestValidator:
        auth = credentials.basic_auth()
        if auth.user.startswith("SK"):
            raise ValidationError(
                "Twilio signs webhooks with the auth token, and the client has an API key: "
                "give the token, client.webhooks(auth_token)"
            )
        return make(auth.secret.expose())

    current()
    return current
