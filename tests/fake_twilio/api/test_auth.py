"""Tests of who asks."""

from base64 import b64encode

import pytest

from fake_twilio.api.auth import REALM, check_credentials
from fake_twilio.domain.account import Account
from fake_twilio.domain.errors import Refusal
from tests.fake_twilio.doubles import ACCOUNT_SID, AUTH_TOKEN

ACCOUNT = Account(ACCOUNT_SID, AUTH_TOKEN)
OTHER_ACCOUNT = "AC" + "1" * 32


def basic(user: str, password: str, scheme: str = "Basic") -> str:
    return f"{scheme} " + b64encode(f"{user}:{password}".encode()).decode("ascii")


def refused(authorization: str | None) -> str:
    with pytest.raises(Refusal) as caught:
        check_credentials(authorization, ACCOUNT)
    assert (caught.value.code, caught.value.status) == (20003, 401)
    return caught.value.message


@pytest.mark.parametrize("scheme", ["Basic", "basic", "BASIC"])
def test_the_account_may_enter(scheme: str) -> None:
    check_credentials(basic(ACCOUNT_SID, AUTH_TOKEN, scheme), ACCOUNT)


def test_a_token_may_hold_colons_and_letters_of_any_kind() -> None:
    check_credentials(basic(ACCOUNT_SID, "a:b:ü"), Account(ACCOUNT_SID, "a:b:ü"))


UNREADABLE = [None, "", "Basic", "Basic ", "Bearer abc", "Basic !!!", "Basic YQ", "Basic /w==", "Basic ++++ ++++"]
UNREADABLE += [f"Bearer {basic(ACCOUNT_SID, AUTH_TOKEN)[6:]}"]


@pytest.mark.parametrize("authorization", UNREADABLE, ids=repr)
def test_no_readable_header_is_refused(authorization: str | None) -> None:
    assert refused(authorization) == "Authenticate"


WRONG = [AUTH_TOKEN[:-1], AUTH_TOKEN + "0", AUTH_TOKEN.upper() + "x", "", "ü"]


@pytest.mark.parametrize("password", WRONG, ids=repr)
def test_a_wrong_token_is_refused(password: str) -> None:
    assert refused(basic(ACCOUNT_SID, password)) == "Authenticate"


@pytest.mark.parametrize("user", ["me", "SK" + "0" * 32, OTHER_ACCOUNT, ACCOUNT_SID.lower()], ids=repr)
def test_a_user_that_is_no_known_account_is_told_so(user: str) -> None:
    assert refused(basic(user, AUTH_TOKEN)) == "Authentication Error - invalid username"


def test_no_user_is_refused() -> None:
    assert refused(basic("", AUTH_TOKEN)) == "Authenticate"


def test_an_account_without_a_token_lets_nobody_in_without_a_header() -> None:
    assert refused(None) == refused(basic("", "")) == "Authenticate"


def test_the_realm_is_twilios() -> None:
    assert REALM == 'Basic realm="Twilio API"'
