"""Who may use the fake: accounts, their subaccounts, tokens and API keys."""

import hmac
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock

from fake_twilio.domain.accounts.account import Account, ApiKey, Standing
from fake_twilio.domain.accounts.account_plan import AccountPlan
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.values.sids import make_secret, make_sid
from fake_twilio.domain.webhooks.signer import SigningKey
from fake_twilio.timing.clock import Clock


class Directory:
    """The accounts of one world, below the *main* one and beside it; all secrets come from the *seed*."""

    def __init__(self, main: Account, seed: int, clock: Clock, *others: Account) -> None:
        now = self._start = clock.now()
        self.main_sid = main.sid
        self._accounts = {account.sid: replace(account, created_at=now, updated_at=now) for account in (*others, main)}
        self._keys: dict[str, ApiKey] = {}
        self._seed = seed
        self._clock = clock
        self._made = 0
        self._lock = Lock()

    def authenticate(self, user: str, password: str) -> Account:
        """Return the account whose SID, or whose key, is *user*; else raise a 401 with one of the observed texts."""
        with self._lock:
            key = self._keys.get(user)
            account = self._current(key.account_sid if key else user)
        if user and account is None:
            raise Refusal(20003, 401, "Authentication Error - invalid username")
        secrets = (key.secret,) if key else account.secrets if account else ()
        if account is None or not any(_equal(password, secret) for secret in secrets):
            raise Refusal(20003, 401, "Authenticate")
        return account

    def find(self, sid: str) -> Account | None:
        """Return the account with this SID."""
        with self._lock:
            return self._current(sid)

    def get(self, sid: str) -> Account:
        """Return the account with this SID; raise `LookupError` if there is none."""
        with self._lock:
            return self._known(sid)

    def all(self) -> list[Account]:
        """Return all accounts, that with test credentials included, in the order of their making."""
        with self._lock:
            return [self._known(sid) for sid in self._accounts]

    def all_keys(self) -> list[ApiKey]:
        """Return the keys of all accounts, in the order of their making."""
        with self._lock:
            return list(self._keys.values())

    def accounts_of(self, sid: str) -> list[Account]:
        """Return the account and its subaccounts, the newest first."""
        with self._lock:
            accounts = [self._known(each) for each in self._accounts]
        return [account for account in accounts if sid in (account.sid, account.owner_sid)][::-1]

    def adopt(self, plans: Iterable[AccountPlan]) -> None:
        """Take in what a scenario lists: accounts below the main one, secondary tokens, keys; what is there stays."""
        with self._lock:
            now = self._clock.now()
            for plan in plans:
                sid = plan.sid or self.main_sid
                account = self._current(sid) or plan.to_account(sid, self.main_sid, now)
                self._accounts[sid] = plan.completing(account, self._start)
                for key in plan.keys:
                    self._keys.setdefault(key.sid, key.to_key(sid, now))

    def open_subaccount(self, owner_sid: str, friendly_name: str | None) -> Account:
        """Make an active account below *owner_sid*; if no name is given, its name says when it was made.

        Source of that name: Twilio's OpenAPI file of the 2010 API, and a recorded event. That it is UTC is inferred.
        """
        with self._lock:
            now, sid = self._clock.now(), self._next_sid("AC")
            made = Account(
                sid=sid,
                auth_token=make_secret(self._seed, sid),
                friendly_name=friendly_name or _name_made(now),
                owner_sid=owner_sid,
                created_at=now,
                updated_at=now,
            )
            self._accounts[sid] = made
            return made

    def rename(self, sid: str, friendly_name: str) -> Account:
        """Give the account another name."""
        return self._change(sid, lambda account, now: replace(account, friendly_name=friendly_name, updated_at=now))

    def set_standing(self, sid: str, standing: Standing) -> Account:
        """Suspend, close or take up a subaccount again, or raise Twilio's refusal."""
        return self._change(sid, lambda account, now: account.with_standing(standing, now))

    def make_secondary_token(self, sid: str) -> Account:
        """Give the account a second token, in the place of one that may be there."""
        with self._lock:
            self._made += 1
            token = make_secret(self._seed, f"{sid}/{self._made}")
        return self._change(sid, lambda account, now: account.with_secondary(token, now))

    def promote_token(self, sid: str) -> Account:
        """Make the secondary token the primary one; raise a 404 if there is none (inferred)."""
        return self._change(sid, lambda account, now: account.promoted(now))

    def drop_secondary_token(self, sid: str) -> Account:
        """Forget the secondary token, if there is one."""
        return self._change(sid, lambda account, now: account.with_secondary(None, now))

    def share_key(self, sid: str, key: SigningKey) -> Account:
        """Let *key* sign the webhooks of the account from now on."""
        return self._change(sid, lambda account, _now: account.sharing(key))

    def revoke_key(self, sid: str, key_id: str) -> Account:
        """Let a shared key sign nothing from now on; raise `LookupError` if the account has none with this id."""
        return self._change(sid, lambda account, _now: account.revoking(key_id))

    def make_key(self, account_sid: str, friendly_name: str) -> ApiKey:
        """Make a key of the account."""
        with self._lock:
            now, sid = self._clock.now(), self._next_sid("SK")
            key = ApiKey(sid, make_secret(self._seed, sid), account_sid, friendly_name, now, now)
            self._keys[sid] = key
            return key

    def keys_of(self, account_sid: str) -> list[ApiKey]:
        """Return the keys of the account, the newest first."""
        with self._lock:
            return [key for key in self._keys.values() if key.account_sid == account_sid][::-1]

    def key(self, account_sid: str, sid: str) -> ApiKey:
        """Return a key of the account; raise `LookupError` if it has none with this SID."""
        with self._lock:
            return self._key(account_sid, sid)

    def rename_key(self, account_sid: str, sid: str, friendly_name: str) -> ApiKey:
        """Give a key another name; raise `LookupError` if it is not the account's."""
        with self._lock:
            found = self._key(account_sid, sid)
            self._keys[sid] = replace(found, friendly_name=friendly_name, updated_at=self._clock.now())
            return self._keys[sid]

    def delete_key(self, account_sid: str, sid: str) -> None:
        """Let the key open nothing from now on; raise `LookupError` if it is not the account's."""
        with self._lock:
            del self._keys[self._key(account_sid, sid).sid]

    def _key(self, account_sid: str, sid: str) -> ApiKey:
        key = self._keys[sid]
        if key.account_sid != account_sid:
            raise LookupError(sid)
        return key

    def _change(self, sid: str, change: Callable[[Account, float], Account]) -> Account:
        with self._lock:
            self._accounts[sid] = change(self._known(sid), self._clock.now())
            return self._accounts[sid]

    def _known(self, sid: str) -> Account:
        account = self._current(sid)
        if account is None:
            raise LookupError(sid)
        return account

    def _current(self, sid: str) -> Account | None:
        """Return the account; its secondary token is promoted if it is time."""
        account = self._accounts.get(sid)
        if account is None or account.promotes_at is None or self._clock.now() < account.promotes_at:
            return account
        self._accounts[sid] = account.promoted(account.promotes_at)
        return self._accounts[sid]

    def _next_sid(self, prefix: str) -> str:
        self._made += 1
        return make_sid(prefix, self._seed, self._made)


def _name_made(at: float) -> str:
    date = datetime.fromtimestamp(at, UTC)
    return f"SubAccount Created at {date:%Y-%m-%d %H:%M} {'am' if date.hour < 12 else 'pm'}"


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())
