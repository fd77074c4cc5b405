"""Secrets print as stars, and credentials are whole or refused."""

import copy
import pickle
from base64 import b64decode

import pytest

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN
from twilio_sms.credentials import BasicAuth, FixedCredentials, SecretString
from twilio_sms.errors import ValidationError

API_KEY = "SK" + "0e" * 16
API_SECRET = "hush-hush"

SHOWS = {"repr": repr, "str": str, "f-string": "{}".format, "percent": "%s".__mod__}


@pytest.mark.parametrize("show", SHOWS.values(), ids=SHOWS)
@pytest.mark.parametrize(
    "holder",
    [
        pytest.param(SecretString(API_SECRET), id="secret"),
        pytest.param(BasicAuth(API_KEY, SecretString(API_SECRET)), id="basic auth"),
        pytest.param([SecretString(API_SECRET)], id="list"),
    ],
)
def test_a_secret_prints_as_stars(holder, show):
    shown = show(holder)

    assert API_SECRET not in shown
    assert "***" in shown


def test_a_secret_has_stars_in_every_format():
    assert f"{SecretString(API_SECRET):>50}" == "***"


def test_a_secret_opens_only_when_asked():
    assert SecretString(API_SECRET).expose() == API_SECRET


@pytest.mark.parametrize(("text", "truth"), [("", False), ("x", True)], ids=["empty", "full"])
def test_a_secret_is_true_when_there_is_one(text, truth):
    assert bool(SecretString(text)) is truth


@pytest.mark.parametrize("duplicate", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_secret_is_neither_pickled_nor_copied(duplicate):
    with pytest.raises(TypeError, match="not pickled or copied") as caught:
        duplicate(SecretString(API_SECRET))

    assert API_SECRET not in str(caught.value)


@pytest.mark.parametrize("secret", ["token", "pässwörd", "with:colon", ""], ids=["plain", "umlauts", "colon", "empty"])
def test_the_header_holds_user_and_secret(secret):
    scheme, _, encoded = BasicAuth(ACCOUNT_SID, SecretString(secret)).header().partition(" ")

    assert scheme == "Basic"
    assert b64decode(encoded).decode() == f"{ACCOUNT_SID}:{secret}"


@pytest.mark.parametrize(
    ("token", "key", "secret", "user", "used"),
    [
        pytest.param(AUTH_TOKEN, None, None, ACCOUNT_SID, AUTH_TOKEN, id="auth token"),
        pytest.param(None, API_KEY, API_SECRET, API_KEY, API_SECRET, id="API key"),
        pytest.param(AUTH_TOKEN, API_KEY, API_SECRET, API_KEY, API_SECRET, id="both: the key wins"),
    ],
)
def test_the_api_key_is_chosen_if_there_is_one(token, key, secret, user, used):
    auth = FixedCredentials.choose(ACCOUNT_SID, token, key, secret).basic_auth()

    assert (auth.user, auth.secret.expose()) == (user, used)


@pytest.mark.parametrize(
    ("token", "key", "secret", "complaint"),
    [
        pytest.param(None, None, None, "credentials are missing", id="nothing"),
        pytest.param("", None, None, "credentials are missing", id="empty token"),
        pytest.param(" \n", None, None, "credentials are missing", id="blank token"),
        pytest.param(AUTH_TOKEN, API_KEY, None, "api_secret is missing", id="key without secret"),
        pytest.param(AUTH_TOKEN, "", API_SECRET, "api_key is missing", id="secret without key"),
        pytest.param(None, ACCOUNT_SID, API_SECRET, "must be an API key SID", id="account SID as key"),
    ],
)
def test_credentials_that_are_not_whole_are_refused(token, key, secret, complaint):
    with pytest.raises(ValidationError, match=complaint) as caught:
        FixedCredentials.choose(ACCOUNT_SID, token, key, secret)

    assert AUTH_TOKEN not in str(caught.value)
    assert API_SECRET not in str(caught.value)
