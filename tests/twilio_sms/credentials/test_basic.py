"""Credentials are whole or refused, and make the header at the last moment."""

from base64 import b64decode

import pytest

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN
from twilio_sms.credentials.basic import BasicAuth, FixedCredentials, ask, supplied
from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import CredentialsError, ValidationError

API_KEY = "SK" + "0e" * 16
API_SECRET = "hush-hush"


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
        pytest.param(" ,\n", None, None, "credentials are missing", id="a comma and no token"),
        pytest.param(None, None, None, "credentials are missing", id="nothing"),
        pytest.param("", None, None, "credentials are missing", id="empty token"),
        pytest.param(" \n", None, None, "credentials are missing", id="blank token"),
        pytest.param(AUTH_TOKEN, API_KEY, None, "api_secret is missing", id="key without secret"),
        pytest.param(None, API_KEY, " \n", "api_secret is missing", id="blank secret"),
        pytest.param(AUTH_TOKEN, "", API_SECRET, "api_key is missing", id="secret without key"),
        pytest.param(None, ACCOUNT_SID, API_SECRET, "must be an API key SID", id="account SID as key"),
    ],
)
def test_credentials_that_are_not_whole_are_refused(token, key, secret, complaint):
    with pytest.raises(ValidationError, match=complaint) as caught:
        FixedCredentials.choose(ACCOUNT_SID, token, key, secret)

    assert AUTH_TOKEN not in str(caught.value)
    assert API_SECRET not in str(caught.value)


@pytest.mark.parametrize("given", [5, b"token", SecretString("token")], ids=lambda given: type(given).__name__)
@pytest.mark.parametrize("name", ["auth_token", "api_key", "api_secret"])
def test_what_is_no_text_is_refused_by_name(name, given):
    texts = {"auth_token": None, "api_key": API_KEY, "api_secret": API_SECRET, name: given}

    with pytest.raises(ValidationError, match=f"{name} must be a text, is {type(given).__name__}"):
        FixedCredentials.choose(ACCOUNT_SID, **texts)


def test_wiped_credentials_sign_nothing_more():
    credentials = FixedCredentials.choose(ACCOUNT_SID, AUTH_TOKEN, None, None)

    credentials.wipe()

    with pytest.raises(CredentialsError, match="make a new client"):
        credentials.basic_auth().header()


def test_a_user_that_is_no_sid_signs_nothing_and_shows_no_secret():
    with pytest.raises(CredentialsError, match="must be a SID") as caught:
        BasicAuth("SK\ud800", SecretString(API_SECRET)).header()

    assert caught.value.__context__ is None


def test_an_api_key_with_half_a_character_is_refused():
    with pytest.raises(ValidationError, match="must be an API key SID"):
        FixedCredentials.choose(ACCOUNT_SID, None, API_KEY + "\ud800", API_SECRET)


@pytest.mark.parametrize(
    ("user", "secret"), [(ACCOUNT_SID, API_SECRET), (None, SecretString(API_SECRET))], ids=["bare text", "no user"]
)
def test_a_secret_that_would_show_itself_is_refused(user, secret):
    with pytest.raises(ValidationError, match=r"takes a text and a SecretString\(\.\.\.\), got") as caught:
        BasicAuth(user, secret)

    assert API_SECRET not in str(caught.value)


class Strange:
    """Credentials of a program's own, which do what they like."""

    def __init__(self, act) -> None:
        self.basic_auth = act


@pytest.mark.parametrize("given", [None, API_SECRET, (ACCOUNT_SID, API_SECRET)], ids=["nothing", "text", "pair"])
def test_credentials_that_give_something_else_are_trouble_of_ours(given):
    with pytest.raises(CredentialsError, match=f"must give a BasicAuth, gave {type(given).__name__}") as caught:
        ask(Strange(lambda: given))

    assert API_SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (LookupError(API_SECRET), "the vault raised LookupError"),
        (ValidationError("a secret must be a text"), "the vault gave none: a secret must be a text"),
        (CredentialsError("the vault is sealed"), "the vault is sealed"),
    ],
    ids=["a stranger's", "of ours", "the right one"],
)
def test_whatever_a_supplier_raises_is_trouble_with_credentials(error, told):
    def supply():
        raise error

    with pytest.raises(CredentialsError, match=f"^{told}$"):
        supplied(supply, "the vault")


@pytest.mark.parametrize(
    ("user", "held", "secrets"),
    [
        pytest.param(ACCOUNT_SID, "new,old", ["new", "old"], id="two tokens"),
        pytest.param(ACCOUNT_SID, " new , old,", ["new", "old"], id="space and a comma too many"),
        pytest.param(ACCOUNT_SID, "new", ["new"], id="one token"),
        pytest.param(API_KEY, "hush,hush", ["hush,hush"], id="a key's secret is one"),
    ],
)
def test_while_a_token_is_rotated_there_are_two_and_the_first_makes_requests(user, held, secrets):
    auth = BasicAuth(user, SecretString(held))

    assert [secret.expose() for secret in auth.secrets()] == secrets
    assert b64decode(auth.header().removeprefix("Basic ")).decode() == f"{user}:{secrets[0]}"
