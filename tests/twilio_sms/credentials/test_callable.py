"""A function supplies the secret, and tells nothing of it when it fails."""

import traceback

import pytest

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN
from twilio_sms.credentials.basic import BasicAuth
from twilio_sms.credentials.callable import CallableCredentials
from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import CredentialsError


def _raise(error: BaseException) -> str:
    secret = AUTH_TOKEN  # a local of the vault's own code
    raise error if secret else AssertionError


@pytest.mark.parametrize(
    ("given", "signed"),
    [
        pytest.param(AUTH_TOKEN, (ACCOUNT_SID, AUTH_TOKEN), id="text"),
        pytest.param(f"{AUTH_TOKEN}\n", (ACCOUNT_SID, AUTH_TOKEN), id="text with a line end"),
        pytest.param(SecretString(AUTH_TOKEN), (ACCOUNT_SID, AUTH_TOKEN), id="secret"),
        pytest.param(BasicAuth("SK1", SecretString("hush")), ("SK1", "hush"), id="user and secret"),
    ],
)
def test_what_the_function_gives_signs(given, signed):
    auth = CallableCredentials(lambda: given, ACCOUNT_SID).basic_auth()

    assert (auth.user, auth.secret.expose()) == signed


def test_the_function_is_asked_for_each_attempt():
    secrets = iter(["one", "two"])
    credentials = CallableCredentials(lambda: next(secrets), ACCOUNT_SID)

    assert [credentials.basic_auth().secret.expose() for _ in range(2)] == ["one", "two"]


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        pytest.param(None, "gave NoneType", id="nothing"),
        pytest.param(AUTH_TOKEN.encode(), "gave bytes", id="bytes"),
        pytest.param("  ", "an empty secret", id="blank"),
        pytest.param(AUTH_TOKEN + "\ud800", "half a character", id="surrogate"),
    ],
)
def test_what_is_no_secret_is_refused_and_not_shown(given, complaint):
    with pytest.raises(CredentialsError, match=complaint) as caught:
        CallableCredentials(lambda: given, ACCOUNT_SID).basic_auth()

    assert AUTH_TOKEN not in str(caught.value)


def test_of_what_the_function_raises_only_the_name_is_told():
    credentials = CallableCredentials(lambda: _raise(TimeoutError(AUTH_TOKEN)), ACCOUNT_SID)

    with pytest.raises(CredentialsError, match="raised TimeoutError") as caught:
        credentials.basic_auth()

    trace = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert AUTH_TOKEN not in "".join(trace.format())
    assert caught.value.__context__ is None


def test_a_function_that_failed_may_be_asked_again():
    with pytest.raises(CredentialsError) as caught:
        CallableCredentials(lambda: _raise(TimeoutError()), ACCOUNT_SID).basic_auth()

    assert (caught.value.repeatable, caught.value.attempts) == (True, 0)


def test_an_error_of_ours_passes_as_it_is():
    error = CredentialsError("the vault is sealed")

    with pytest.raises(CredentialsError) as caught:
        CallableCredentials(lambda: _raise(error), ACCOUNT_SID).basic_auth()

    assert caught.value is error


def test_an_interrupt_passes():
    with pytest.raises(KeyboardInterrupt):
        CallableCredentials(lambda: _raise(KeyboardInterrupt()), ACCOUNT_SID).basic_auth()
