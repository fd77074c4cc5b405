"""An account with its secrets and its standing, and the keys that stand for it."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self

from fake_twilio.domain.errors import Refusal, refusal


class Standing(StrEnum):
    """Whether an account may be used: a suspended one may come back, a closed one never."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Account:
    """An account; both its tokens authenticate its requests, the primary one alone signs its webhooks.

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

    def promoted(self, at: float) -> Self:
        """Return the account whose secondary token has become the primary one; the old one is void."""
        if self.secondary_token is None:
            raise refusal(20404, path="/v1/AuthTokens/Promote")
        return replace(self, auth_token=self.secondary_token, secondary_token=None, updated_at=at)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key of an account: its SID is the user, its secret the password."""

    sid: str
    secret: str = field(repr=False)
    account_sid: str
    friendly_name: str
    created_at: float
    updated_at: float
