"""An account with its secrets and its standing, and the keys that stand for it."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from fake_twilio.domain.twilio.errors import Refusal, refusal
from fake_twilio.domain.values.sids import is_account_sid
from fake_twilio.domain.webhooks.signer import AuthToken, Signer, SigningKey

AUTH_TOKEN = "f00d" * 8  # of the fake's account, unless it is told another; documented, so that it can stand in a file


class Standing(StrEnum):
    """Whether an account may be used: a suspended one may come back, a closed one never."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Account:
    """An account; both its tokens authenticate its requests, the primary one alone signs its webhooks.

    With shared keys the newest of them signs instead.

    Source: Twilio, "AuthToken" and "Secondary AuthToken" resources. Moments are seconds since 1970.
    """

    sid: str
    auth_token: str = field(repr=False)
    secondary_token: str | None = field(default=None, repr=False)
    friendly_name: str = "fake account"
    standing: Standing = Standing.ACTIVE
    owner_sid: str | None = None  # of a subaccount: the account above it
    is_test: bool = False  # its credentials are what Twilio calls test credentials
    created_at: float = 0.0
    updated_at: float = 0.0
    signing_keys: tuple[SigningKey, ...] = ()  # those that are alive; the newest comes last
    promotes_at: float | None = None  # when the secondary token becomes the primary one by itself

    @property
    def signer(self) -> Signer:
        """What signs its webhooks."""
        return self.signing_keys[-1] if self.signing_keys else AuthToken(self.auth_token)

    @property
    def secrets(self) -> tuple[str, ...]:
        """The passwords that let the account in."""
        return (self.auth_token, self.secondary_token) if self.secondary_token else (self.auth_token,)

    @property
    def is_usable(self) -> bool:
        """Whether it is neither suspended nor closed."""
        return self.standing is Standing.ACTIVE

    def check_usable(self) -> None:
        """Raise Twilio's refusal 20403 if the account is suspended or closed (Twilio's error dictionary)."""
        if not self.is_usable:
            raise refusal(20403)

    def with_standing(self, standing: Standing, at: float) -> Self:
        """Return the account after a change; only subaccounts change, and a closed one stays so (inferred: 20001)."""
        if self.owner_sid is None:
            raise Refusal(20001, 400, "Only the Status of a subaccount can be changed")
        if self.standing is Standing.CLOSED and standing is not Standing.CLOSED:
            raise Refusal(20001, 400, "A closed account cannot be opened again")
        return replace(self, standing=standing, updated_at=at)

    def sharing(self, key: SigningKey) -> Self:
        """Return the account with one more key, which signs from now on; one with the same id is replaced."""
        return replace(self, signing_keys=(*self._keys_but(key.id), key))

    def revoking(self, key_id: str) -> Self:
        """Return the account without a key, so that the one before it signs; raise `LookupError` if it has none."""
        left = self._keys_but(key_id)
        if left == self.signing_keys:
            raise LookupError(f"no signing key {key_id}")
        return replace(self, signing_keys=left)

    def _keys_but(self, key_id: str) -> tuple[SigningKey, ...]:
        return tuple(key for key in self.signing_keys if key.id != key_id)

    def promoted(self, at: float) -> Self:
        """Return the account whose secondary token has become the primary one; the old one is void."""
        if self.secondary_token is None:
            raise refusal(20404, path="/v1/AuthTokens/Promote")
        return replace(self, auth_token=self.secondary_token, secondary_token=None, promotes_at=None, updated_at=at)

    def with_secondary(self, token: str | None, at: float) -> Self:
        """Return the account with another secondary token, or with none; it stays so until it is promoted."""
        return replace(self, secondary_token=token, promotes_at=None, updated_at=at)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of an account: its SID is the user, its secret the password."""

    sid: str
    secret: str = field(repr=False)
    account_sid: str
    friendly_name: str
    created_at: float
    updated_at: float


def check_credentials(sid: str, auth_token: str) -> None:
    """Raise `ValueError` for what cannot be an account's SID and token."""
    if not is_account_sid(sid):
        raise ValueError("the account SID must be AC and 32 hexadecimal digits")
    if not auth_token.strip():
        raise ValueError("the auth token must not be empty: anybody could sign with it")
