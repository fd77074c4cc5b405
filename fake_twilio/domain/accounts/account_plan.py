"""An account that a scenario lists, with its tokens and keys."""

from dataclasses import dataclass, field, replace

from fake_twilio.domain.accounts.account import Account, ApiKey, Standing


@dataclass(frozen=True, slots=True)
class KeyPlan:
    """A key that a scenario lists."""

    sid: str
    secret: str = field(repr=False)
    friendly_name: str = ""

    def to_key(self, account_sid: str, at: float) -> ApiKey:
        return ApiKey(self.sid, self.secret, account_sid, self.friendly_name, at, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPlan:
    """A subaccount, or what the fake's own account (without a *sid*) has besides its token.

    The secondary token is promoted *promote_after_seconds* after the run began, if that is said.
    """

    sid: str | None = None
    auth_token: str = field(default="", repr=False)
    friendly_name: str = ""
    standing: Standing = Standing.ACTIVE
    secondary_token: str | None = field(default=None, repr=False)
    promote_after_seconds: float | None = None
    keys: tuple[KeyPlan, ...] = ()

    def to_account(self, sid: str, owner_sid: str, at: float) -> Account:
        return Account(
            sid=sid,
            auth_token=self.auth_token,
            friendly_name=self.friendly_name,
            standing=self.standing,
            owner_sid=owner_sid,
            created_at=at,
            updated_at=at,
        )

    def completing(self, account: Account, start: float) -> Account:
        """Return *account* with the secondary token of the plan, unless it has that token; the run began at *start*."""
        if self.secondary_token is None or self.secondary_token in account.secrets:
            return account
        wait = self.promote_after_seconds
        return replace(
            account, secondary_token=self.secondary_token, promotes_at=None if wait is None else start + wait
        )
