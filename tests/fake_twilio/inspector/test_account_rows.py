"""Tests of accounts and keys as rows that keep every secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.accounts.account import Account, ApiKey, Standing
from fake_twilio.domain.webhooks.signer import SigningKey
from fake_twilio.inspector.account_rows import KeyRow, account_rows, concealed
from fake_twilio.messages.inventory import Inventory
from tests.fake_twilio.doubles import ACCOUNT_SID, AUTH_TOKEN, START

SHOP, TESTS = "AC" + "0e" * 16, "AC" + "0f" * 16
SECOND, SHARED, SECRET = "2b" * 16, "3b" * 16, "4b" * 16
KEY = ApiKey("SK" + "5" * 32, SECRET, SHOP, "server", START, START)


@pytest.mark.parametrize(
    ("secret", "shown"),
    [("0123456789abcdef", "…cdef"), ("0123456789abcde", "…"), ("x", "…"), ("", "…")],
    ids=["sixteen", "fifteen", "one", "none"],
)
def test_of_a_secret_its_end_is_shown_and_of_a_short_one_nothing(secret: str, shown: str) -> None:
    assert concealed(secret) == shown


@given(st.text())
def test_no_more_than_four_characters_and_a_quarter_of_a_secret_are_ever_shown(secret: str) -> None:
    shown = concealed(secret).removeprefix("…")

    assert len(shown) <= min(4, len(secret) // 4)
    assert secret.endswith(shown)


def test_an_account_has_its_standing_its_owner_and_no_whole_secret() -> None:
    shared = SigningKey("webhooks_sharedkey_1", SHARED)
    shop = Account(
        SHOP,
        AUTH_TOKEN,
        SECOND,
        "shop",
        Standing.SUSPENDED,
        ACCOUNT_SID,
        signing_keys=(shared,),
        promotes_at=START,
    )

    (row,) = account_rows(Inventory(accounts=(shop,), keys=(KEY,), queues={}, under_way={}))

    assert (row.sid, row.friendly_name, row.standing, row.owner_sid) == (SHOP, "shop", "suspended", ACCOUNT_SID)
    assert (row.token, row.secondary_token, row.promotes_at) == ("…0b0b", "…2b2b", START)
    assert row.signing_keys == (("webhooks_sharedkey_1", "HMAC_SHA256"),)
    assert row.keys == ([KeyRow(KEY.sid, "server", "…4b4b")], 0)
    assert not [secret for secret in (AUTH_TOKEN, SECOND, SHARED, SECRET) if secret in repr(row)]


def test_the_main_account_comes_first_and_test_credentials_before_subaccounts() -> None:
    main, shop = Account(ACCOUNT_SID, AUTH_TOKEN), Account(SHOP, AUTH_TOKEN, owner_sid=ACCOUNT_SID)
    tests = Account(TESTS, AUTH_TOKEN, is_test=True)

    rows = account_rows(Inventory(accounts=(main, shop, tests), queues={}, under_way={}))

    assert [(row.sid, row.is_test, row.secondary_token) for row in rows] == [
        (ACCOUNT_SID, False, None),
        (TESTS, True, None),
        (SHOP, False, None),
    ]


def test_of_many_keys_the_first_are_shown() -> None:
    keys = tuple(ApiKey(f"SK{place:032}", SECRET, SHOP, "", START, START) for place in range(50))

    (row,) = account_rows(Inventory(accounts=(Account(SHOP, AUTH_TOKEN),), keys=keys, queues={}, under_way={}))

    assert (len(row.keys.rows), row.keys.left) == (20, 30)
