"""Tests of the accounts that a scenario lists."""

from fake_twilio.domain.accounts.account import Account, Standing
from fake_twilio.domain.accounts.account_plan import AccountPlan, KeyPlan
from tests.fake_twilio.doubles import ACCOUNT_SID, AUTH_TOKEN

SHOP_SID, TOKEN, SECOND = "AC" + "1" * 32, "5" * 32, "6" * 32
KEY_SID = "SK" + "2" * 32


def test_a_listed_account_is_below_the_one_that_lists_it() -> None:
    plan = AccountPlan(sid=SHOP_SID, auth_token=TOKEN, friendly_name="shop", standing=Standing.SUSPENDED)

    account = plan.to_account(SHOP_SID, ACCOUNT_SID, 5.0)

    assert (account.sid, account.owner_sid, account.friendly_name) == (SHOP_SID, ACCOUNT_SID, "shop")
    assert (account.secrets, account.is_usable, account.created_at) == ((TOKEN,), False, 5.0)


def test_a_secondary_token_is_added_and_told_when_it_is_promoted() -> None:
    account = Account(ACCOUNT_SID, AUTH_TOKEN)

    kept = AccountPlan(secondary_token=SECOND).completing(account, 100.0)
    rotated = AccountPlan(secondary_token=SECOND, promote_after_seconds=60.0).completing(account, 100.0)

    assert (kept.secrets, kept.promotes_at) == ((AUTH_TOKEN, SECOND), None)
    assert (rotated.secrets, rotated.promotes_at) == ((AUTH_TOKEN, SECOND), 160.0)


def test_an_account_that_has_the_token_already_stays_as_it_is() -> None:
    promoted = Account(ACCOUNT_SID, SECOND)

    assert AccountPlan(secondary_token=SECOND, promote_after_seconds=1.0).completing(promoted, 0.0) is promoted
    assert AccountPlan().completing(promoted, 0.0) is promoted


def test_no_secret_is_shown() -> None:
    key = KeyPlan(KEY_SID, TOKEN, "ci")
    plan = AccountPlan(sid=SHOP_SID, auth_token=TOKEN, secondary_token=SECOND, keys=(key,))

    assert TOKEN not in repr(plan)
    assert SECOND not in repr(plan)
    assert key.to_key(SHOP_SID, 3.0).account_sid == SHOP_SID
