"""Basic auth, the seam to who supplies it, and credentials that stay."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol, Self, TypeVar

from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import CredentialsError, Evidence, TwilioError, ValidationError

T = TypeVar("T")
_MAY_BE_REPEATED = Evidence(repeatable=True, attempts=0)  # a vault may be back in a moment, and nothing was sent


@dataclass(frozen=True, slots=True)
class BasicAuth:
    """A user name and its secret: an account SID with its auth token, or an API key SID with its secret.

    While an account's auth token is rotated its secret may be several with commas between them: requests are made with
    the first, webhooks may be signed with any. An auth token itself is hexadecimal and never has a comma.

    Raises `ValidationError` for a secret that is a bare text: it would show itself.
    """

    user: str
    secret: SecretString

    def __post_init__(self) -> None:
        if not isinstance(self.user, str) or not isinstance(self.secret, SecretString):
            raise ValidationError(
                "BasicAuth takes a text and a SecretString(...), got "
                f"{type(self.user).__name__} and {type(self.secret).__name__}"
            )

    def header(self) -> str:
        """Return the value of the ``Authorization`` header; raise `CredentialsError` if there can be none."""
        if not self.user.isascii():  # to encode it would raise with the secret in it
            raise CredentialsError("the user name must be a SID: AC or SK and 32 hexadecimal digits")
        pair = f"{self.user}:{self._texts()[0]}".encode()
        return "Basic " + b64encode(pair).decode("ascii")

    def secrets(self) -> tuple[SecretString, ...]:
        """Return each secret, the one that requests are made with first; raise `CredentialsError` if it was wiped."""
        return tuple(map(SecretString, self._texts()))

    def _texts(self) -> list[str]:
        text = self.secret.expose()
        if "," not in text or self.user.startswith("SK"):
            return [text]
        return [part.strip() for part in text.split(",") if part.strip()] or [""]


class Credentials(Protocol):
    """Supplies what a request is signed with; asked for each attempt, so that a rotated secret is used at once."""

    def basic_auth(self) -> BasicAuth:
        """Return the user and the secret to use now; raise `CredentialsError` if there is none."""


def ask(credentials: Credentials) -> BasicAuth:
    """Return what *credentials* give now; raise `CredentialsError` if they raise anything or give something else."""
    given: object = supplied(credentials.basic_auth, "the credentials")
    if not isinstance(given, BasicAuth):
        raise CredentialsError(f"the credentials must give a BasicAuth, gave {type(given).__name__}")
    return given


def supplied(supply: Callable[[], T], what: str) -> T:
    """Return what *supply*, a stranger's code, returns; what it raises becomes a `CredentialsError` about *what*.

    Of a stranger's error only the name is told: the rest may hold the secret.
    """
    try:
        return supply()
    except CredentialsError:
        raise
    except TwilioError as error:
        trouble = f"gave none: {error.message}"
    except Exception as error:
        trouble = f"raised {type(error).__module__}.{type(error).__qualname__}".replace(" builtins.", " ")
    raise CredentialsError(f"{what} {trouble}", _MAY_BE_REPEATED)


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
        if not auth_token or not auth_token.strip(", \n"):
            raise ValidationError(
                "credentials are missing: give auth_token=, or api_key= and api_secret=, or credentials= "
                "(from_env reads TWILIO_AUTH_TOKEN, TWILIO_API_KEY and TWILIO_API_SECRET)"
            )
        return cls(BasicAuth(account_sid, SecretString(auth_token)))

    @staticmethod
    def _api_key(api_key: str | None, api_secret: str | None) -> BasicAuth:
        if not api_key or not api_secret or not api_secret.strip():
            missing = "api_secret" if api_key else "api_key"
            raise ValidationError(f"an API key needs both halves: {missing} is missing")
        if not api_key.startswith("SK") or not api_key.isascii():
            raise ValidationError("api_key must be an API key SID: SK and 32 hexadecimal digits")
        return BasicAuth(api_key, SecretString(api_secret))
