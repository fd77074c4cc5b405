"""Tests of what a scenario file may say about accounts."""

import pytest

from fake_twilio.domain.accounts.account import Standing
from fake_twilio.domain.accounts.account_plan import AccountPlan, KeyPlan
from fake_twilio.scenario_files.load import parse_scenario
from fake_twilio.scenario_files.problems import ScenarioError

SHOP, TOKEN, SECOND, KEY = "AC" + "5" * 32, "5" * 32, "6" * 32, "SK" + "5" * 32


def parse(accounts: str) -> tuple[AccountPlan, ...]:
    return parse_scenario(f"about: x.\naccounts: [{accounts}]\ndefaults: {{timeline: []}}\n").accounts


def test_a_subaccount_has_what_is_said() -> None:
    said = (
        f"{{sid: {SHOP}, auth_token: {TOKEN}, name: shop, status: suspended, keys: [{{sid: {KEY}, secret: {SECOND}}}]}}"
    )

    assert parse(said) == (
        AccountPlan(
            sid=SHOP,
            auth_token=TOKEN,
            friendly_name="shop",
            standing=Standing.SUSPENDED,
            keys=(KeyPlan(KEY, SECOND, "key"),),
        ),
    )


def test_without_a_sid_it_is_the_own_account() -> None:
    (plan,) = parse(f"{{secondary_token: {SECOND}, promote: 1m}}")

    assert (plan.sid, plan.secondary_token, plan.promote_after_seconds) == (None, SECOND, 60.0)


OWN = f"{{secondary_token: {SECOND}}}"
WRONG = [
    ("{sid: AC1, auth_token: x}", "accounts.0.sid: wanted the SID of an account: AC and 32 hexadecimal digits"),
    (f"{{sid: {SHOP}}}", "wanted an auth_token beside the sid"),
    (f"{{sid: {SHOP}, auth_token: sesame}}", "accounts.0.auth_token: wanted a secret of 16 to 64 letters and digits"),
    ("{status: suspended}", "the fake's own account has no more than secondary_token, promote and keys"),
    ("{promote: 1m}", "wanted a secondary_token to promote"),
    (f"{{keys: [{{sid: SK1, secret: {TOKEN}}}]}}", "wanted the SID of a key: SK and 32 hexadecimal digits"),
    (f"{{keys: [{{sid: {KEY}, secrt: x}}]}}", "no such key; did you mean secret?"),
    (f"{{sid: {SHOP}, auth_token: {TOKEN}, status: asleep}}", "wanted a status: 'active', 'suspended' or 'closed'"),
    (f"{OWN}, {OWN}", "wanted each account and key once, not the fake's own account 2 times"),
]


@pytest.mark.parametrize(("accounts", "told"), WRONG)
def test_what_is_wrong_is_told_and_no_secret_is(accounts: str, told: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        parse(accounts)

    assert any(problem.endswith(told) for problem in caught.value.problems)
    assert not any(secret in str(caught.value) for secret in (TOKEN, SECOND, "sesame"))
