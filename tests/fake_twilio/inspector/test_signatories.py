"""Tests of who may have signed."""

from dataclasses import replace

import pytest

from fake_twilio.domain.accounts.account import AUTH_TOKEN as DEFAULT_TOKEN
from fake_twilio.domain.accounts.account import Account, ApiKey
from fake_twilio.domain.webhooks.signature import sign
from fake_twilio.domain.webhooks.signer import SigningKey
from fake_twilio.inspector.signatories import MOST, signatories_of
from tests.fake_twilio.doubles import ACCOUNT_SID, AUTH_TOKEN, START

SUB_SID, TEST_SID = "AC" + "1" * 32, "AC" + "2" * 32
OLD, NEW = SigningKey("key_old", "old"), SigningKey("key_new", "new", "HMAC_SHA1")
MAIN = Account(ACCOUNT_SID, AUTH_TOKEN, secondary_token="s3cond")
SUB = Account(SUB_SID, "sub-token", owner_sid=ACCOUNT_SID)
TEST = Account(TEST_SID, "test-token", is_test=True)
KEY = ApiKey("SK1", "api-secret", ACCOUNT_SID, "ci", START, START)
ALL = (MAIN, SUB, TEST)


def names(text_signature: str, main: Account = MAIN) -> list[str]:
    """Return who signs a text so, the first first."""
    found = signatories_of(main, (TEST, main, SUB), [KEY])
    return [one.name for one in found if one.signer.sign("text") == text_signature]


@pytest.mark.parametrize(
    ("secret", "name"),
    [
        (AUTH_TOKEN, f"the auth token of {ACCOUNT_SID}"),
        ("s3cond", f"the secondary auth token of {ACCOUNT_SID}"),
        ("sub-token", f"the auth token of {SUB_SID}"),
        ("test-token", "the auth token of the test credentials"),
        (f"{AUTH_TOKEN}\n", "the auth token with a line feed behind it"),
        (ACCOUNT_SID, "the SID of the account"),
        ("api-secret", "the secret of the API key SK1"),
        (DEFAULT_TOKEN, "the token that a fake has by default"),
        ("12345", "the token of Twilio's documentation"),
        ("", "an empty token"),
    ],
)
def test_each_secret_is_called_by_a_name(secret: str, name: str) -> None:
    assert names(sign(secret, "text"))[0] == name


def test_shared_keys_and_algorithms_are_told_apart() -> None:
    main = replace(MAIN, signing_keys=(OLD, NEW))

    assert names(sign("new", "text"), main=main)[0] == "the shared key key_new"
    assert names(sign("new", "text", "HMAC_SHA256"), main=main) == ["the shared key key_new with HMAC_SHA256"]
    assert names(sign("old", "text", "HMAC_SHA256"), main=main) == ["the shared key key_old"]
    assert names(sign(AUTH_TOKEN, "text", "HMAC_SHA256")) == ["the auth token with HMAC-SHA256"]


def test_the_right_account_comes_first_and_once() -> None:
    found = signatories_of(SUB, ALL, [])

    assert found[0].signer == SUB.signer
    assert [one.name for one in found].count(f"the auth token of {SUB_SID}") == 2  # itself, and beside a shared key


def test_not_everybody_is_tried_of_very_many() -> None:
    many = [replace(SUB, sid=f"AC{number}") for number in range(500)]

    assert MOST < len(signatories_of(MAIN, [MAIN, *many], [])) < MOST + 10


def test_no_secret_is_shown() -> None:
    shown = repr(signatories_of(replace(MAIN, signing_keys=(OLD,)), ALL, [KEY]))

    assert not any(
        secret in shown for secret in (AUTH_TOKEN, "s3cond", "sub-token", "test-token", "api-secret", "'old'")
    )
