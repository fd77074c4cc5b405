"""Tests of who may use the fake."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from fake_twilio.accounts.directory import Directory
from fake_twilio.domain.accounts.account import Account, Standing
from fake_twilio.domain.accounts.account_plan import AccountPlan, KeyPlan
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.timing.clock import ManualClock
from tests.fake_twilio.doubles import ACCOUNT_SID, AUTH_TOKEN, START

UNKNOWN = "Authentication Error - invalid username"
OTHER_ACCOUNT = "AC" + "1" * 32


def make_directory(token: str = AUTH_TOKEN, seed: int = 7) -> Directory:
    return Directory(Account(ACCOUNT_SID, token), seed, ManualClock(START))


def refused(directory: Directory, user: str, password: str) -> str:
    with pytest.raises(Refusal) as caught:
        directory.authenticate(user, password)
    assert (caught.value.code, caught.value.status) == (20003, 401)
    return caught.value.message


def test_the_account_may_enter() -> None:
    assert make_directory().authenticate(ACCOUNT_SID, AUTH_TOKEN).sid == ACCOUNT_SID
    assert make_directory("a:b:ü").authenticate(ACCOUNT_SID, "a:b:ü").created_at == START


@pytest.mark.parametrize("password", [AUTH_TOKEN[:-1], AUTH_TOKEN + "0", AUTH_TOKEN.upper() + "x", "", "ü"], ids=repr)
def test_a_wrong_token_is_refused(password: str) -> None:
    assert refused(make_directory(), ACCOUNT_SID, password) == "Authenticate"


@pytest.mark.parametrize("user", ["me", "SK" + "0" * 32, OTHER_ACCOUNT, ACCOUNT_SID.lower()], ids=repr)
def test_a_user_that_is_no_known_account_is_told_so(user: str) -> None:
    assert refused(make_directory(), user, AUTH_TOKEN) == UNKNOWN


def test_no_user_is_refused_even_where_the_token_is_empty() -> None:
    assert refused(make_directory(""), "", "") == refused(make_directory(), "", AUTH_TOKEN) == "Authenticate"


def test_a_key_stands_for_its_account_until_it_is_deleted() -> None:
    directory = make_directory()
    key = directory.make_key(ACCOUNT_SID, "ci")

    assert directory.authenticate(key.sid, key.secret).sid == ACCOUNT_SID
    assert refused(directory, key.sid, AUTH_TOKEN) == "Authenticate"
    directory.delete_key(ACCOUNT_SID, key.sid)
    assert refused(directory, key.sid, key.secret) == UNKNOWN


def test_a_key_belongs_to_one_account() -> None:
    directory = make_directory()
    key = directory.make_key(ACCOUNT_SID, "ci")
    other = directory.open_subaccount(ACCOUNT_SID, "shop").sid

    assert (directory.keys_of(ACCOUNT_SID), directory.keys_of(other)) == ([key], [])
    with pytest.raises(LookupError):
        directory.delete_key(other, key.sid)
    assert directory.rename_key(ACCOUNT_SID, key.sid, "deploy").friendly_name == "deploy"


def test_both_tokens_enter_until_the_second_is_promoted() -> None:
    directory = make_directory()
    second = directory.make_secondary_token(ACCOUNT_SID).secondary_token
    assert second
    assert second != AUTH_TOKEN
    assert directory.authenticate(ACCOUNT_SID, AUTH_TOKEN) == directory.authenticate(ACCOUNT_SID, second)

    directory.promote_token(ACCOUNT_SID)

    assert directory.get(ACCOUNT_SID).auth_token == second
    assert refused(directory, ACCOUNT_SID, AUTH_TOKEN) == "Authenticate"


def test_a_secondary_token_that_is_dropped_opens_nothing() -> None:
    directory = make_directory()
    second = directory.make_secondary_token(ACCOUNT_SID).secondary_token or ""

    directory.drop_secondary_token(ACCOUNT_SID)

    assert refused(directory, ACCOUNT_SID, second) == "Authenticate"


def test_subaccounts_have_their_own_secrets_and_are_listed_newest_first() -> None:
    directory = make_directory()
    one, two = (directory.open_subaccount(ACCOUNT_SID, name) for name in ("one", "two"))

    assert len({one.sid, two.sid, one.auth_token, two.auth_token}) == 4
    assert [account.sid for account in directory.accounts_of(ACCOUNT_SID)] == [two.sid, one.sid, ACCOUNT_SID]
    assert [account.sid for account in directory.accounts_of(one.sid)] == [one.sid]
    assert directory.rename(one.sid, "uno").friendly_name == "uno"
    assert directory.set_standing(one.sid, Standing.SUSPENDED).standing is Standing.SUSPENDED


def test_the_same_seed_gives_the_same_accounts() -> None:
    made = [make_directory(seed=seed).open_subaccount(ACCOUNT_SID, "x") for seed in (1, 1, 2)]

    assert made[0] == made[1]
    assert made[0].sid != made[2].sid


SHOP, TOKEN, SECOND, KEY = "AC" + "5" * 32, "5" * 32, "6" * 32, KeyPlan("SK" + "5" * 32, "7" * 32)
LISTED = AccountPlan(sid=SHOP, auth_token=TOKEN, friendly_name="shop", keys=(KEY,))


def test_accounts_and_keys_that_a_scenario_lists_are_let_in_and_stay_as_they_became() -> None:
    directory = make_directory()

    directory.adopt((LISTED,))
    directory.rename(SHOP, "the shop")
    directory.adopt((LISTED,))

    assert directory.authenticate(SHOP, TOKEN).friendly_name == "the shop"
    assert directory.authenticate(KEY.sid, KEY.secret).sid == SHOP
    assert [account.sid for account in directory.accounts_of(ACCOUNT_SID)] == [SHOP, ACCOUNT_SID]


def test_a_secondary_token_is_promoted_when_it_is_time() -> None:
    clock = ManualClock(START)
    directory = Directory(Account(ACCOUNT_SID, AUTH_TOKEN), 7, clock)
    directory.adopt((AccountPlan(secondary_token=SECOND, promote_after_seconds=60.0),))

    clock.move_to(START + 59)
    before = [directory.authenticate(ACCOUNT_SID, token).auth_token for token in (AUTH_TOKEN, SECOND)]
    clock.move_to(START + 60)

    assert before == [AUTH_TOKEN, AUTH_TOKEN]
    assert refused(directory, ACCOUNT_SID, AUTH_TOKEN) == "Authenticate"
    assert directory.get(ACCOUNT_SID).auth_token == SECOND
    assert directory.get(ACCOUNT_SID).updated_at == START + 60


@pytest.mark.parametrize("change", [Directory.make_secondary_token, Directory.drop_secondary_token])
def test_a_promotion_is_off_once_the_secondary_token_is_another(change: Callable[[Directory, str], Account]) -> None:
    clock = ManualClock(START)
    directory = Directory(Account(ACCOUNT_SID, AUTH_TOKEN), 7, clock)
    directory.adopt((AccountPlan(secondary_token=SECOND, promote_after_seconds=60.0),))

    change(directory, ACCOUNT_SID)
    clock.move_to(START + 60)

    assert directory.get(ACCOUNT_SID).auth_token == AUTH_TOKEN


def test_all_accounts_and_all_keys_are_in_the_order_of_their_making() -> None:
    directory = Directory(Account(ACCOUNT_SID, AUTH_TOKEN), 7, ManualClock(START), Account(OTHER_ACCOUNT, "x"))
    opened = directory.open_subaccount(ACCOUNT_SID, "shop")
    mine, theirs = directory.make_key(ACCOUNT_SID, "ci"), directory.make_key(opened.sid, "ci")

    assert [account.sid for account in directory.all()] == [OTHER_ACCOUNT, ACCOUNT_SID, opened.sid]
    assert directory.all_keys() == [mine, theirs]


@pytest.mark.parametrize(("hour", "told"), [(9, "09:48 am"), (16, "16:48 pm")])
def test_an_account_without_a_name_says_when_it_was_made(hour: int, told: str) -> None:
    """Twilio's OpenAPI file: "SubAccount Created at {YYYY-MM-DD HH:MM meridian}"."""
    clock = ManualClock(datetime(2014, 10, 3, hour, 48, tzinfo=UTC).timestamp())
    directory = Directory(Account(ACCOUNT_SID, AUTH_TOKEN), 7, clock)

    assert directory.open_subaccount(ACCOUNT_SID, None).friendly_name == f"SubAccount Created at 2014-10-03 {told}"
    assert directory.open_subaccount(ACCOUNT_SID, "shop").friendly_name == "shop"
