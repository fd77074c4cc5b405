"""Basic auth, the seam to who supplies it, and credentials that stay."""

from base64 import b64encode
from dataclasses import dataclass
from typing import NamedTuple, Protocol, Self

from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import CredentialsError, ValidationError


@dataclass(frozen=True, slots=True)
class BasicAuth:
    """A user name and its secret: an account SID with its auth token, or an API key SID with its secret."""

    user: str
    secret: SecretString

    def header(self) -> str:
        """Return the value of the ``Authorization`` header; raise `CredentialsError` if there can be none."""
        if not self.user.isascii():  # to encode it would raise with the secret in it
            raise CredentialsError("the user name must be a SID: AC or SK and 32 hexadecimal digits")
        pair = f"{self.user}:{self.secret.expose()}".encode()
        return "Basic " + b64encode(pair).decode("ascii")


class Credentials(Protocol):
    """Supplies what a request is signed with; asked for each attempt, so that a rotated secret is used at once."""

    def basic_auth(self) -> BasicAuth:
        """Return the user and the secret to use now; raise `CredentialsError` if there is none."""


class FixedCredentials(NamedTuple):
    """Credentials that stay as they are."""

    auth: BasicAuth

    def basic_auth(self) -> BasicAuth:
        return self.auth

    def wipe(self) -> None:
        """Overwrite the secret: for the owner that made it, when it is closed."""
        self.auth.secret.wipe()

    @classmethod
    def choose(cls, account_sid: str, auth_token: str | None, api_key: str | None, api_secret: str | None) -> Self:
        """Take the API key if there is one, else the auth token; raise `ValidationError` if neither is whole."""
        for name, text in (("auth_token", auth_token), ("api_key", api_key), ("api_secret", api_secret)):
            if text is not None and not isinstance(text, str):
                raise ValidationError(f"{name} must be a text, is {type(text).__name__}")
        if api_key or api_secret:
            return cls(cls._api_key(api_key, api_secret))
        if not auth_token or not auth_token.strip():
            raise ValidationError(
                "credentials are missing: give auth_token=, or api_key= and api_secret=, or credentials= "
                "(from_env reads TWILIO_AUTH_TOKEN, TWILIO_API_KEY and TWILIO_API_SECRET)"
            )
        return cls(BasicAuth(account_sid, SecretString(auth_token)))

    @staticmethod
    def _api_key(api_key: str | None, api_secret: str | None) -> BasicAuth:
        if not api_key or not api_secret:
            missing = "api_secret" if api_key else "api_key"
            raise ValidationError(f"an API key needs both halves: {missing} is missing")
        if not api_key.startswith("SK") or not api_key.isascii():
            raise ValidationError("api_key must be an API key SID: SK and 32 hexadecimal digits")
        return BasicAuth(api_key, SecretString(api_secret))
