"""Tests of what is read from an Authorization header."""

from base64 import b64encode

import pytest

from fake_twilio.api.auth import REALM, read_basic


def basic(user: str, password: str, scheme: str = "Basic") -> str:
    return f"{scheme} " + b64encode(f"{user}:{password}".encode()).decode("ascii")


@pytest.mark.parametrize("scheme", ["Basic", "basic", "BASIC"])
def test_user_and_password_are_read(scheme: str) -> None:
    assert read_basic(basic("AC1", "secret", scheme)) == ("AC1", "secret")


def test_a_password_may_hold_colons_and_letters_of_any_kind() -> None:
    assert read_basic(basic("AC1", "a:b:ü")) == ("AC1", "a:b:ü")


UNREADABLE = [None, "", "Basic", "Basic ", "Bearer abc", "Basic !!!", "Basic /w==", "Basic ++++ ++++"]
UNREADABLE += [f"Bearer {basic('AC1', 'secret')[6:]}"]


@pytest.mark.parametrize("authorization", UNREADABLE, ids=repr)
def test_without_a_readable_header_there_is_neither(authorization: str | None) -> None:
    assert read_basic(authorization) == ("", "")


def test_the_realm_is_twilios() -> None:
    assert REALM == 'Basic realm="Twilio API"'
