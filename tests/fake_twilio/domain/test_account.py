"""Tests of the account."""

from fake_twilio.domain.account import Account


def test_the_auth_token_is_not_printed() -> None:
    account = Account("AC" + "0" * 32, "very-secret")

    assert "very-secret" not in repr(account)
    assert "very-secret" not in str(account)


def test_the_sid_is_printed() -> None:
    account = Account("AC" + "0" * 32, "very-secret")

    assert account.sid in repr(account)
