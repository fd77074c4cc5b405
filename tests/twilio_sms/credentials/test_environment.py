"""What the environment holds now is what signs the next attempt."""

import copy
import pickle

import pytest

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN
from twilio_sms.credentials.environment import EnvironmentCredentials
from twilio_sms.errors import CredentialsError

API_KEY = "SK" + "0e" * 16


def _given(auth) -> tuple[str, str]:
    return auth.user, auth.secret.expose()


@pytest.mark.parametrize(
    ("environ", "given"),
    [
        pytest.param({"TWILIO_AUTH_TOKEN": AUTH_TOKEN}, (ACCOUNT_SID, AUTH_TOKEN), id="auth token"),
        pytest.param({"TWILIO_AUTH_TOKEN": f" {AUTH_TOKEN}\n"}, (ACCOUNT_SID, AUTH_TOKEN), id="white space around it"),
        pytest.param({"TWILIO_API_KEY": API_KEY, "TWILIO_API_SECRET": "hush"}, (API_KEY, "hush"), id="API key"),
        pytest.param(
            {"TWILIO_AUTH_TOKEN": AUTH_TOKEN, "TWILIO_API_KEY": API_KEY, "TWILIO_API_SECRET": "hush"},
            (API_KEY, "hush"),
            id="both: the key wins",
        ),
    ],
)
def test_the_variables_sign(environ, given):
    assert _given(EnvironmentCredentials(ACCOUNT_SID, environ).basic_auth()) == given


def test_a_rotated_secret_is_used_by_the_next_attempt():
    environ = {"TWILIO_AUTH_TOKEN": AUTH_TOKEN}
    credentials = EnvironmentCredentials(ACCOUNT_SID, environ)
    credentials.basic_auth()

    environ["TWILIO_AUTH_TOKEN"] = "a new one"

    assert _given(credentials.basic_auth()) == (ACCOUNT_SID, "a new one")


@pytest.mark.parametrize(
    ("environ", "complaint"),
    [
        pytest.param({}, "credentials are missing", id="nothing"),
        pytest.param({"TWILIO_AUTH_TOKEN": " "}, "credentials are missing", id="blank"),
        pytest.param({"TWILIO_API_SECRET": AUTH_TOKEN}, "api_key is missing", id="half a key"),
        pytest.param({"TWILIO_AUTH_TOKEN": AUTH_TOKEN + "\udcff"}, "half a character", id="no UTF-8"),
    ],
)
def test_variables_that_are_not_whole_are_told_and_not_shown(environ, complaint):
    with pytest.raises(CredentialsError, match=complaint) as caught:
        EnvironmentCredentials(ACCOUNT_SID, environ).basic_auth()

    assert AUTH_TOKEN not in str(caught.value)


def test_the_environment_of_the_process_is_the_default(monkeypatch):
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", AUTH_TOKEN)
    monkeypatch.delenv("TWILIO_API_KEY", raising=False)
    monkeypatch.delenv("TWILIO_API_SECRET", raising=False)

    assert _given(EnvironmentCredentials(ACCOUNT_SID).basic_auth()) == (ACCOUNT_SID, AUTH_TOKEN)


@pytest.mark.parametrize("duplicate", [pickle.dumps, copy.copy, copy.deepcopy])
def test_an_environment_is_not_carried_off(duplicate):
    with pytest.raises(TypeError, match="not pickled or copied"):
        duplicate(EnvironmentCredentials(ACCOUNT_SID, {"TWILIO_AUTH_TOKEN": AUTH_TOKEN}))
