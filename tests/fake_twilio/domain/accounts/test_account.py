"""Tests of an account as a value."""

from dataclasses import replace

import pytest

from fake_twilio.domain.accounts.account import Account, ApiKey, Standing
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.webhooks.signer import AuthToken, SigningKey

MAIN = Account("AC" + "0" * 32, "primary")
SUBACCOUNT = replace(MAIN, owner_sid="AC" + "1" * 32)


def test_secrets_do_not_show() -> None:
    shown = repr(replace(MAIN, secondary_token="second")) + repr(ApiKey("SK1", "key-secret", MAIN.sid, "n", 0.0, 0.0))

    assert not any(secret in shown for secret in ("primary", "second'", "key-secret"))


def test_both_tokens_let_the_account_in_until_one_is_promoted() -> None:
    both = replace(MAIN, secondary_token="second")

    promoted = both.promoted(5.0)

    assert (MAIN.secrets, both.secrets, promoted.secrets) == (("primary",), ("primary", "second"), ("second",))
    assert (promoted.auth_token, promoted.updated_at) == ("second", 5.0)


def test_without_a_secondary_token_nothing_is_promoted() -> None:
    with pytest.raises(Refusal) as refused:
        MAIN.promoted(5.0)

    assert (refused.value.status, refused.value.code) == (404, 20404)


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.CLOSED])
def test_an_account_that_is_not_active_is_refused(standing: Standing) -> None:
    SUBACCOUNT.check_usable()

    with pytest.raises(Refusal) as refused:
        SUBACCOUNT.with_standing(standing, 1.0).check_usable()

    assert (refused.value.status, refused.value.code) == (403, 20403)


def test_a_suspended_account_comes_back_and_a_closed_one_never() -> None:
    back = SUBACCOUNT.with_standing(Standing.SUSPENDED, 1.0).with_standing(Standing.ACTIVE, 2.0)
    closed = back.with_standing(Standing.CLOSED, 3.0)

    assert (back.standing, closed.standing) == (Standing.ACTIVE, Standing.CLOSED)
    with pytest.raises(Refusal, match="cannot be opened again"):
        closed.with_standing(Standing.ACTIVE, 4.0)


def test_the_main_account_is_not_closed() -> None:
    with pytest.raises(Refusal, match="subaccount"):
        MAIN.with_standing(Standing.CLOSED, 1.0)


OLD, NEW = SigningKey("old", "first"), SigningKey("new", "second")


def test_the_primary_token_signs_unless_there_is_a_key_and_then_the_newest_does() -> None:
    both = MAIN.sharing(OLD).sharing(NEW)

    assert (MAIN.signer, MAIN.sharing(OLD).signer, both.signer) == (AuthToken("primary"), OLD, NEW)
    assert both.revoking("new").signer == OLD
    assert both.revoking("old").signer == NEW
    assert both.revoking("old").revoking("new").signer == AuthToken("primary")


def test_a_key_that_is_shared_again_is_the_newest() -> None:
    assert MAIN.sharing(OLD).sharing(NEW).sharing(OLD).signing_keys == (NEW, OLD)


def test_a_key_that_is_not_there_cannot_be_revoked() -> None:
    with pytest.raises(LookupError, match="no signing key old"):
        MAIN.sharing(NEW).revoking("old")
