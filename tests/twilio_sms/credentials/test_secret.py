"""A secret prints as stars wherever it goes, and is gone once it is wiped."""

import copy
import json
import logging
import pickle
import traceback
from dataclasses import asdict, astuple
from pprint import pformat
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import ACCOUNT_SID, ScriptedTransport
from twilio_sms.client import Client
from twilio_sms.credentials.basic import BasicAuth, FixedCredentials
from twilio_sms.credentials.callable import CallableCredentials
from twilio_sms.credentials.environment import EnvironmentCredentials
from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import CredentialsError, ValidationError

CANARY = "canary-0123456789abcdef-canary"
SECRETS = st.text(st.characters(codec="utf-8"), max_size=80)

HOLDERS = {
    "secret": lambda: SecretString(CANARY),
    "basic auth": lambda: BasicAuth(ACCOUNT_SID, SecretString(CANARY)),
    "list": lambda: [SecretString(CANARY)],
    "fixed": lambda: FixedCredentials.choose(ACCOUNT_SID, CANARY, None, None),
    "environment": lambda: EnvironmentCredentials(ACCOUNT_SID, {"TWILIO_AUTH_TOKEN": CANARY}),
    "callable": lambda: CallableCredentials(lambda secret=CANARY: secret, ACCOUNT_SID),
    "client": lambda: Client(ACCOUNT_SID, CANARY, transport=ScriptedTransport([])),
}


def _log(holder) -> str:
    record = logging.LogRecord("twilio_sms", logging.INFO, __file__, 1, "%s %r", (holder, holder), None)
    return logging.Formatter().format(record)


def _traceback(holder) -> str:
    try:
        raise RuntimeError(holder)  # noqa: TRY301 - the trace of this very frame is looked at
    except RuntimeError as error:
        return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


def _variables(holder) -> str:
    """Show what `vars` gives, and what it gives of that, as a debugger would."""
    try:
        found = vars(holder)
    except TypeError:
        return repr(holder)
    return " ".join(f"{name}={_variables(value)}" for name, value in found.items())


SHOWS = {
    "repr": repr,
    "str": str,
    "f-string": "{}".format,
    "percent": "%s".__mod__,
    "pprint": pformat,
    "namespace": lambda holder: repr(SimpleNamespace(holder=holder)),
    "log": _log,
    "traceback": _traceback,
    "vars": _variables,
    "state": lambda holder: repr(holder.__getstate__()),
    "asdict": lambda holder: repr(asdict(holder)),
    "astuple": lambda holder: repr(astuple(holder)),
    "pickle": lambda holder: repr(pickle.dumps(holder)),
    "copy": lambda holder: repr(copy.copy(holder)),
    "deepcopy": lambda holder: repr(copy.deepcopy(holder)),
    "json": json.dumps,
    "json of anything": lambda holder: json.dumps(holder, default=repr),
}


@pytest.mark.parametrize("show", SHOWS.values(), ids=SHOWS)
@pytest.mark.parametrize("make", HOLDERS.values(), ids=HOLDERS)
def test_nothing_shows_a_secret(make, show):
    try:
        shown = show(make())
    except Exception as refusal:
        shown = "".join(traceback.format_exception(refusal))

    assert CANARY not in shown


def test_the_search_for_the_canary_finds_one_that_is_not_hidden():
    assert [
        name for name, show in SHOWS.items() if name in ("repr", "log", "vars") and CANARY not in show(CANARY)
    ] == []


@given(text=SECRETS, spec=st.sampled_from(["", ">50", "s", "<3"]))
def test_a_secret_is_three_stars_in_every_form(text, spec):
    secret = SecretString(text)

    assert {repr(secret), str(secret), format(secret, spec), f"{secret!s}"} == {"***"}


@given(text=SECRETS)
def test_a_secret_opens_only_when_asked(text):
    assert SecretString(text).expose() == text


@given(one=SECRETS, other=SECRETS)
def test_secrets_are_equal_when_their_texts_are(one, other):
    assert (SecretString(one) == SecretString(other)) is (one == other)
    assert SecretString(one) == SecretString(one)


def test_a_secret_equals_nothing_but_a_secret():
    assert (SecretString(CANARY) == CANARY) is False


@pytest.mark.parametrize(("text", "truth"), [("", False), ("x", True)], ids=["empty", "full"])
def test_a_secret_is_true_when_there_is_one(text, truth):
    assert bool(SecretString(text)) is truth


@pytest.mark.parametrize("use", [hash, json.dumps, pickle.dumps, copy.copy, copy.deepcopy, vars, len, iter])
def test_a_secret_is_of_no_use_but_to_be_exposed(use):
    with pytest.raises(TypeError) as caught:
        use(SecretString(CANARY))

    assert CANARY not in str(caught.value)


def test_a_wiped_secret_is_overwritten_and_opens_no_more():
    secret = SecretString(CANARY)
    held = secret._held

    secret.wipe()

    assert held == bytes(len(CANARY))
    with pytest.raises(CredentialsError, match="was wiped"):
        secret.expose()


def test_a_secret_that_is_wiped_twice_stays_wiped():
    secret = SecretString(CANARY)

    secret.wipe()
    secret.wipe()

    assert not secret
    assert secret != secret  # what is gone equals nothing, itself included


def test_a_secret_that_is_wiped_while_it_is_opened_is_not_given_out_as_zeros():
    class WipedMeanwhile(bytearray):
        def decode(self, *how: str) -> str:
            secret.wipe()
            return super().decode(*how)

    secret = SecretString(CANARY)
    secret._held = WipedMeanwhile(CANARY.encode())

    with pytest.raises(CredentialsError, match="was wiped"):
        secret.expose()


@pytest.mark.parametrize("text", [None, CANARY.encode(), CANARY + "\ud800"], ids=["nothing", "bytes", "surrogate"])
def test_what_is_no_text_is_refused_and_not_told(text):
    with pytest.raises(ValidationError, match="secret") as caught:
        SecretString(text)

    assert CANARY not in str(caught.value)
