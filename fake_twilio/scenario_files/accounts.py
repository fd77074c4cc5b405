"""What a scenario file may say about accounts, their tokens and their keys."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from fake_twilio.domain.accounts.account import Standing
from fake_twilio.domain.accounts.account_plan import AccountPlan, KeyPlan
from fake_twilio.scenario_files.part import Part
from fake_twilio.scenario_files.readers import like
from fake_twilio.scenario_files.sids import AccountSid, KeySid, check_once
from fake_twilio.scenario_files.values import Seconds

_read_secret = like("[0-9A-Za-z]{16,64}", "a secret of 16 to 64 letters and digits")
Secret = Annotated[str, BeforeValidator(_read_secret)]


class KeyPart(Part):
    """A key of an account: ``{sid: SK…, secret: …, name: ci}``."""

    sid: KeySid
    secret: Secret
    name: str = "key"

    def to_plan(self) -> KeyPlan:
        return KeyPlan(self.sid, self.secret, self.name)


class AccountPart(Part):
    """A subaccount: ``{sid: AC…, auth_token: …, status: suspended}``; without a ``sid`` the fake's own account.

    A ``secondary_token`` is made the primary one ``promote`` after the run began.
    """

    sid: AccountSid | None = None
    auth_token: Secret | None = None
    name: str = "SubAccount"
    status: Standing = Standing.ACTIVE
    secondary_token: Secret | None = None
    promote: Seconds | None = None
    keys: tuple[KeyPart, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.sid is not None and self.auth_token is None:
            raise ValueError("wanted an auth_token beside the sid")
        if self.sid is None and self.model_fields_set & {"auth_token", "name", "status"}:
            raise ValueError("wanted a sid: the fake's own account has no more than secondary_token, promote and keys")
        if self.promote is not None and self.secondary_token is None:
            raise ValueError("wanted a secondary_token to promote")
        return self

    def to_plan(self) -> AccountPlan:
        return AccountPlan(
            sid=self.sid,
            auth_token=self.auth_token or "",
            friendly_name=self.name,
            standing=self.status,
            secondary_token=self.secondary_token,
            promote_after_seconds=self.promote,
            keys=tuple(key.to_plan() for key in self.keys),
        )


def check_accounts(parts: tuple[AccountPart, ...]) -> tuple[AccountPart, ...]:
    """Return *parts*, or refuse them if two accounts or two keys are the same."""
    check_once("account and key", _sids(parts))
    return parts


def _sids(parts: tuple[AccountPart, ...]) -> Iterator[str]:
    for part in parts:
        yield part.sid or "the fake's own account"
        yield from (key.sid for key in part.keys)
