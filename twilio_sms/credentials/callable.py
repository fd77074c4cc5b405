"""Credentials out of a function, such as one that asks a vault."""

from collections.abc import Callable

from twilio_sms.credentials.basic import BasicAuth, supplied
from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import CredentialsError, ValidationError


class CallableCredentials:
    """Asks *function* for each attempt; it returns the secret of *user*, or a whole `BasicAuth`.

    *user* is the account SID if the secret is its auth token, the API key SID if it is the key's secret. The function
    is called from many threads, and as often as something is sent: one that goes over the network should remember
    what it got for a while.
    """

    __slots__ = ("_function", "_user")

    def __init__(self, function: Callable[[], str | SecretString | BasicAuth], user: str) -> None:
        self._function = function
        self._user = user

    def basic_auth(self) -> BasicAuth:
        """Return what the function gives now; raise `CredentialsError` if that is no secret or it raises."""
        given: object = supplied(self._function, "the function that supplies the secret")
        if isinstance(given, BasicAuth):
            return given
        return BasicAuth(self._user, _secret(given))

    def __repr__(self) -> str:
        return "CallableCredentials()"


def _secret(given: object) -> SecretString:
    """Return what a function gave as a secret; raise `CredentialsError`, which tells nothing of it, if it is none."""
    try:
        secret = SecretString(given.strip()) if isinstance(given, str) else given
    except ValidationError as error:
        raise CredentialsError(f"the function must give a secret: {error.message}") from None
    if not isinstance(secret, SecretString):
        raise CredentialsError(f"the function must give a text or a BasicAuth, gave {type(secret).__name__}")
    if not secret:
        raise CredentialsError("the function gave an empty secret")
    return secret
