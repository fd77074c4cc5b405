"""Accounts and their keys as rows that keep every secret."""

from collections import defaultdict
from typing import NamedTuple

from fake_twilio.domain.accounts.account import Account, ApiKey, Standing
from fake_twilio.inspector.shortened import Shortened, shortened
from fake_twilio.messages.inventory import Inventory

SHOWN_CHARACTERS = 4  # of a secret, so that people can tell which one it is
MOST_KEYS = 20  # of one account
LEAST_CHARACTERS = 16  # of a secret of which that many are shown: of 32 hexadecimal digits 28 stay unknown


class KeyRow(NamedTuple):
    """An API key, and how its secret ends."""

    sid: str
    friendly_name: str
    secret: str


class AccountRow(NamedTuple):
    """An account: how its tokens end, and the ids of the keys that it shares; the newest of those signs."""

    sid: str
    friendly_name: str
    standing: Standing
    owner_sid: str | None
    is_test: bool
    token: str
    secondary_token: str | None
    promotes_at: float | None  # seconds since 1970
    signing_keys: tuple[tuple[str, str], ...]  # id and algorithm
    keys: Shortened[KeyRow]


def account_rows(inventory: Inventory) -> list[AccountRow]:
    """Return all accounts: the main one, that with test credentials, the subaccounts."""
    keys: defaultdict[str, list[KeyRow]] = defaultdict(list)
    for key in inventory.keys:
        keys[key.account_sid].append(_key(key))
    rows = [_row(account, keys[account.sid]) for account in inventory.accounts]
    return sorted(rows, key=lambda row: (row.owner_sid is not None, row.is_test))


def concealed(secret: str) -> str:
    """Return a secret as it may be shown: its last four characters, and none of one that is short."""
    return f"…{secret[-SHOWN_CHARACTERS:]}" if len(secret) >= LEAST_CHARACTERS else "…"


def _row(account: Account, keys: list[KeyRow]) -> AccountRow:
    return AccountRow(
        sid=account.sid,
        friendly_name=account.friendly_name,
        standing=account.standing,
        owner_sid=account.owner_sid,
        is_test=account.is_test,
        token=concealed(account.auth_token),
        secondary_token=None if account.secondary_token is None else concealed(account.secondary_token),
        promotes_at=account.promotes_at,
        signing_keys=tuple((key.id, key.algorithm) for key in account.signing_keys),
        keys=shortened(keys, most=MOST_KEYS),
    )


def _key(key: ApiKey) -> KeyRow:
    return KeyRow(key.sid, key.friendly_name, concealed(key.secret))
