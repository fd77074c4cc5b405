"""The front door refuses what cannot work, and puts the parts together."""

from base64 import b64decode

import pytest

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, RECIPIENT, SENDER, HandClock, ScriptedTransport, answer, message_json
from tests.parts import PLAIN
from twilio_sms.client import Client
from twilio_sms.config import Config
from twilio_sms.credentials.basic import BasicAuth, FixedCredentials
from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import RateLimitedError, ValidationError
from twilio_sms.transport.wire import Timeouts

API_KEY = "SK" + "0e" * 16
API_SECRET = "hush-hush"
ACCOUNT = {"TWILIO_ACCOUNT_SID": ACCOUNT_SID, "TWILIO_AUTH_TOKEN": AUTH_TOKEN}
KEY = {"TWILIO_API_KEY": API_KEY, "TWILIO_API_SECRET": API_SECRET}


def _transport() -> ScriptedTransport:
    return ScriptedTransport([answer(201, message_json())])


def _sent(client: Client, transport: ScriptedTransport):
    client.messages.send(to=RECIPIENT, from_=SENDER, body="hello")
    return transport.requests[0]


def _user(request) -> list[str]:
    return b64decode(request.authorization.removeprefix("Basic ")).decode().split(":")


def test_a_message_goes_through_all_the_parts():
    transport, timeouts = _transport(), Timeouts(read_seconds=7)
    client = Client(ACCOUNT_SID, AUTH_TOKEN, config=Config(timeouts=timeouts), transport=transport)

    request = _sent(client, transport)

    assert request.url == f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
    assert _user(request) == [ACCOUNT_SID, AUTH_TOKEN]
    assert request.timeouts == timeouts


@pytest.mark.parametrize(
    ("options", "user"),
    [
        pytest.param({"auth_token": AUTH_TOKEN}, [ACCOUNT_SID, AUTH_TOKEN], id="auth token"),
        pytest.param({"api_key": API_KEY, "api_secret": API_SECRET}, [API_KEY, API_SECRET], id="API key"),
        pytest.param(
            {"credentials": FixedCredentials(BasicAuth("me", SecretString("mine"))), "auth_token": AUTH_TOKEN},
            ["me", "mine"],
            id="own credentials",
        ),
    ],
)
def test_requests_are_signed_with_the_credentials_that_were_given(options, user):
    transport = _transport()

    request = _sent(Client(ACCOUNT_SID, **options, transport=transport), transport)

    assert _user(request) == user


@pytest.mark.parametrize(
    "sid",
    ["", "AC1", API_KEY, ACCOUNT_SID + "\n", "AC" + "0g" * 16, f"{ACCOUNT_SID}/..", None, 5],
    ids=["empty", "short", "API key", "line feed", "not hexadecimal", "path", "None", "int"],
)
def test_what_is_no_account_sid_is_refused(sid):
    with pytest.raises(ValidationError, match="account_sid must be AC and 32 hexadecimal digits"):
        Client(sid, AUTH_TOKEN, transport=_transport())


def test_an_account_without_credentials_is_refused():
    with pytest.raises(ValidationError, match="credentials are missing"):
        Client(ACCOUNT_SID, transport=_transport())


@pytest.mark.parametrize(
    ("options", "url"),
    [
        ({"edge": "dublin", "region": "ie1"}, "https://api.dublin.ie1.twilio.com"),
        ({"base_url": "http://127.0.0.1:5000/"}, "http://127.0.0.1:5000"),
    ],
    ids=["edge and region", "base URL"],
)
def test_the_client_asks_where_it_was_told(options, url):
    transport = _transport()

    request = _sent(Client(ACCOUNT_SID, AUTH_TOKEN, transport=transport, **options), transport)

    assert request.url.startswith(f"{url}/2010-04-01/")


@pytest.mark.parametrize(
    ("environ", "user"),
    [
        pytest.param(ACCOUNT, [ACCOUNT_SID, AUTH_TOKEN], id="auth token"),
        pytest.param({**ACCOUNT, **KEY}, [API_KEY, API_SECRET], id="API key"),
        pytest.param({**ACCOUNT, "TWILIO_API_KEY": ""}, [ACCOUNT_SID, AUTH_TOKEN], id="empty API key"),
    ],
)
def test_a_client_is_built_from_variables(environ, user):
    transport = _transport()

    request = _sent(Client.from_env(environ, transport=transport), transport)

    assert _user(request) == user


def test_the_variables_say_where_to_ask():
    environ = {**ACCOUNT, "TWILIO_EDGE": "sydney", "TWILIO_REGION": "au1"}

    assert Client.from_env(environ, transport=_transport()).base_url == "https://api.sydney.au1.twilio.com"


def test_without_a_mapping_the_environment_is_read(monkeypatch):
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TWILIO_BASE_URL", "http://127.0.0.1:5000")

    client = Client.from_env(transport=_transport())

    assert (client.account_sid, client.base_url) == (ACCOUNT_SID, "http://127.0.0.1:5000")


@pytest.mark.parametrize(
    ("environ", "options", "user"),
    [
        pytest.param(ACCOUNT, {"auth_token": "mine"}, [ACCOUNT_SID, "mine"], id="auth token over auth token"),
        pytest.param({**ACCOUNT, **KEY}, {"auth_token": "mine"}, [ACCOUNT_SID, "mine"], id="auth token over API key"),
        pytest.param(ACCOUNT, {"api_key": API_KEY, "api_secret": "mine"}, [API_KEY, "mine"], id="API key over token"),
    ],
)
def test_credentials_in_the_options_win_over_the_variables(environ, options, user):
    transport = _transport()

    request = _sent(Client.from_env(environ, **options, transport=transport), transport)

    assert _user(request) == user


@pytest.mark.parametrize(
    ("environ", "options", "url"),
    [
        pytest.param({"TWILIO_BASE_URL": "http://a"}, {"base_url": "http://b"}, "http://b", id="URL over URL"),
        pytest.param({"TWILIO_EDGE": "dublin"}, {"base_url": "http://b"}, "http://b", id="URL over edge"),
        pytest.param(
            {"TWILIO_BASE_URL": "http://a"}, {"edge": "dublin"}, "https://api.dublin.us1.twilio.com", id="edge over URL"
        ),
    ],
)
def test_an_address_in_the_options_wins_over_the_variables(environ, options, url):
    client = Client.from_env({**ACCOUNT, **environ}, **options, transport=_transport())

    assert client.base_url == url


@pytest.mark.parametrize(
    ("environ", "name"),
    [({}, "TWILIO_ACCOUNT_SID"), ({"TWILIO_ACCOUNT_SID": ACCOUNT_SID}, "TWILIO_AUTH_TOKEN")],
    ids=["account", "credentials"],
)
def test_a_missing_variable_is_named(environ, name):
    with pytest.raises(ValidationError, match=name):
        Client.from_env(environ)


def test_a_client_closes_its_connections_at_the_end_of_a_block():
    transport = _transport()

    with Client(ACCOUNT_SID, AUTH_TOKEN, transport=transport) as client:
        assert not transport.is_closed
        assert client.account_sid == ACCOUNT_SID

    assert transport.is_closed


def test_a_client_closes_its_connections_after_an_error_too():
    transport = _transport()

    with pytest.raises(LookupError), Client(ACCOUNT_SID, AUTH_TOKEN, transport=transport):
        raise LookupError

    assert transport.is_closed


def test_a_client_opens_nothing_before_it_is_used():
    with Client(ACCOUNT_SID, AUTH_TOKEN) as client:
        assert client.base_url == "https://api.twilio.com"


def test_the_time_comes_from_the_clock_that_was_handed_in():
    transport = ScriptedTransport([answer(429, {}, retry_after="Thu, 01 Jan 2026 00:00:10 GMT")])
    client = Client(ACCOUNT_SID, AUTH_TOKEN, transport=transport, clock=HandClock(), config=PLAIN)

    with pytest.raises(RateLimitedError) as caught:
        _sent(client, transport)

    assert caught.value.retry_after_seconds == 10


def test_a_client_shows_no_secret():
    client = Client(ACCOUNT_SID, api_key=API_KEY, api_secret=API_SECRET, transport=_transport())

    assert repr(client) == "Client(AC0a0a***, https://api.twilio.com)"
