"""The front door refuses what cannot work, and puts the parts together."""

import subprocess
import sys
from base64 import b64decode
from pathlib import Path

import pytest

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, RECIPIENT, SENDER, HandClock, ScriptedTransport, answer, message_json
from tests.parts import PLAIN
from tests.twilio_sms.observability.recording_tracer import RecordingTracer
from twilio_sms.assembly import OneProcess
from twilio_sms.client import Client
from twilio_sms.config import Config
from twilio_sms.credentials.basic import BasicAuth, FixedCredentials
from twilio_sms.credentials.secret import SecretString
from twilio_sms.errors import (
    AmbiguousSendError,
    CredentialsError,
    LocalOptOutError,
    RateLimitedError,
    ValidationError,
)
from twilio_sms.observability.counting import CountingMetrics
from twilio_sms.observability.metrics import Metric
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.breaker_table import State
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts
from twilio_sms.transport.wire import LostAnswer, Timeouts
from twilio_sms.verdict import Phase

API_KEY = "SK" + "0e" * 16
API_SECRET = "hush-hush"
ACCOUNT = {"TWILIO_ACCOUNT_SID": ACCOUNT_SID, "TWILIO_AUTH_TOKEN": AUTH_TOKEN}
KEY = {"TWILIO_API_KEY": API_KEY, "TWILIO_API_SECRET": API_SECRET}


class SharedByScope(OneProcess):
    """Notes for what its parts are."""

    def __init__(self) -> None:
        self.scopes: set[str] = set()

    def limiter(self, limits, scope, clock, on_hold_up):
        self.scopes.add(scope)
        return super().limiter(limits, scope, clock, on_hold_up)

    def breaker(self, policy, scope, clock, listeners):
        self.scopes.add(scope)
        return super().breaker(policy, scope, clock, listeners)

    def quota(self, scope, clock):
        self.scopes.add(scope)
        return super().quota(scope, clock)


def open_files() -> set[Path]:
    """Return what this process has open; nothing where a system does not show it."""
    shown = Path("/proc/self/fd")
    return {link.resolve() for link in shown.iterdir()} if shown.exists() else set()


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


@pytest.mark.parametrize(
    ("sid", "shape"),
    [(None, "missing"), ("", "missing"), ("hunter2", "a text of 7 characters"), (5, "int")],
)
def test_what_stood_in_the_place_of_the_account_sid_is_described_not_shown(sid, shape):
    with pytest.raises(ValidationError, match=rf"TWILIO_ACCOUNT_SID\), is {shape}$"):
        Client(sid, AUTH_TOKEN, transport=_transport())


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ({"config": {"connections": 5}}, r"config must be Config\(\.\.\.\), is dict"),
        ({"credentials": (ACCOUNT_SID, AUTH_TOKEN)}, "credentials must be credentials such as .*, is tuple"),
        ({"opt_outs": 3}, "opt_outs must be a path, a store .*, is int"),
        ({"shared": "redis://localhost"}, r"shared must be RedisShared\(url, processes=\.\.\.\), is str"),
        ({"tracer": 3}, r"tracer must be a tracer such as OpenTelemetryTracer\(provider\), is int"),
        ({"metrics": {}}, r"metrics must be metrics such as PrometheusMetrics\(registry\), is dict"),
        ({"on_retry": 3}, "on_retry must be a function that takes RetryDetails, is int"),
        ({"on_breaker_change": "log"}, "on_breaker_change must be a function that .*, is str"),
        ({"transport": "http"}, r"transport must be a transport such as Recorder\(path\), is str"),
        ({"clock": 3}, "clock must be a clock such as .*, is int"),
        ({"random": 0.5}, "random must be a function that returns numbers from 0 up to 1, is float"),
    ],
    ids=lambda given: next(iter(given)) if isinstance(given, dict) else "",
)
def test_a_part_that_cannot_do_its_work_is_refused_by_name(part, wanted):
    with pytest.raises(ValidationError, match=wanted):
        Client(ACCOUNT_SID, AUTH_TOKEN, **part)


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
        pytest.param({**ACCOUNT, "TWILIO_AUTH_TOKEN": "new,old"}, [ACCOUNT_SID, "new"], id="a token that is rotated"),
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


@pytest.mark.parametrize("as_text", [True, False], ids=["text", "path"])
def test_opt_outs_in_a_file_outlive_their_client(tmp_path, as_text):
    place = tmp_path / "opt_outs.db"
    with Client(ACCOUNT_SID, AUTH_TOKEN, transport=_transport(), opt_outs=str(place) if as_text else place) as client:
        client.opt_outs.add(RECIPIENT)
    transport = _transport()

    with (
        Client(ACCOUNT_SID, AUTH_TOKEN, transport=transport, opt_outs=place) as client,
        pytest.raises(LocalOptOutError),
    ):
        _sent(client, transport)

    assert transport.requests == []


def test_a_client_closes_the_file_that_it_opened(tmp_path):
    place = tmp_path / "opt_outs.db"

    with Client(ACCOUNT_SID, AUTH_TOKEN, transport=_transport(), opt_outs=place) as client:
        assert not client.opt_outs.is_opted_out(RECIPIENT)

    assert place not in open_files()


def test_without_a_place_opt_outs_end_with_the_client():
    Client(ACCOUNT_SID, AUTH_TOKEN, transport=_transport()).opt_outs.add(RECIPIENT)

    assert not Client(ACCOUNT_SID, AUTH_TOKEN, transport=_transport()).opt_outs.is_opted_out(RECIPIENT)


def test_what_many_processes_share_is_asked_for_by_account_and_address():
    shared = SharedByScope()

    Client(ACCOUNT_SID, AUTH_TOKEN, base_url="http://127.0.0.1:5000/", transport=_transport(), shared=shared)

    assert shared.scopes == {f"{ACCOUNT_SID}@http://127.0.0.1:5000"}


@pytest.mark.parametrize(
    "make", [Client, lambda *_, **options: Client.from_env(ACCOUNT, **options)], ids=["by hand", "env"]
)
def test_who_watches_is_told_of_every_call(make):
    tracer, metrics, retries, changes = RecordingTracer(), CountingMetrics(), [], []
    transport = ScriptedTransport([LostAnswer(Phase.OPENING, "refused"), LostAnswer(Phase.SENT, "reset")])
    options = {"tracer": tracer, "metrics": metrics, "on_retry": retries.append, "on_breaker_change": changes.append}
    config = Config(breaker=BreakerPolicy(failures=2))
    client = make(ACCOUNT_SID, AUTH_TOKEN, transport=transport, clock=HandClock(), config=config, **options)

    with pytest.raises(AmbiguousSendError):
        _sent(client, transport)

    assert tracer.spans[0].name == "twilio.send_sms"
    assert metrics.durations(Metric.SEND_LATENCY, "send_sms", "unknown").count == 1
    assert [details.attempt for details in retries] == [1]
    assert [change.after for change in changes] == [client.breaker.state] == [State.OPEN]


@pytest.mark.parametrize("chance", [0.0, 0.5])
def test_the_wait_before_a_retry_is_drawn_from_the_chance_that_was_handed_in(chance):
    clock, transport = HandClock(), ScriptedTransport([answer(429, {}), answer(201, message_json())])
    config = Config(retry=RetryPolicy(base_seconds=4))

    _sent(
        Client(ACCOUNT_SID, AUTH_TOKEN, transport=transport, clock=clock, config=config, random=lambda: chance),
        transport,
    )

    assert clock.monotonic() == 4 * chance


def test_the_limits_are_there_to_be_looked_at():
    transport = _transport()
    client = Client(ACCOUNT_SID, AUTH_TOKEN, transport=transport, clock=HandClock())

    _sent(client, transport)

    assert {fill.limit: fill.tokens for fill in client.limiter.snapshot()} == {"global_rate": 29, "recipient_rate": 2}


@pytest.mark.parametrize(
    "options", [{"auth_token": AUTH_TOKEN}, {"api_key": API_KEY, "api_secret": API_SECRET}], ids=len
)
def test_a_closed_client_has_wiped_its_secret(options):
    transport = _transport()
    client = Client(ACCOUNT_SID, **options, transport=transport)

    client.close()

    with pytest.raises(CredentialsError, match="wiped"):
        _sent(client, transport)
    assert transport.requests == []


class StuckTransport(ScriptedTransport):
    """Cannot be closed."""

    def close(self) -> None:
        raise OSError("the disk is full")


def test_a_transport_that_cannot_be_closed_leaves_no_secret_and_no_file_open(tmp_path):
    place, transport = tmp_path / "opt_outs.db", StuckTransport([answer(201, message_json())])
    client = Client(ACCOUNT_SID, AUTH_TOKEN, transport=transport, opt_outs=place)

    with pytest.raises(OSError, match="the disk is full"):
        client.close()

    assert place not in open_files()
    with pytest.raises(CredentialsError, match="wiped"):
        client._credentials.basic_auth().header()  # to send would ask the opt-outs, and open their file once more


def test_a_client_that_cannot_be_made_leaves_no_file_open(tmp_path):
    place = tmp_path / "opt_outs.db"

    with pytest.raises(ValidationError, match="default_region") as caught:
        Client(ACCOUNT_SID, AUTH_TOKEN, opt_outs=place, config=Config(default_region="us"))

    assert place not in open_files(), caught  # whoever holds the error holds the client that was not made


class EmptyStore(MemoryOptOuts):
    """Tells how many events it has, so that it counts as false while it has none."""

    def __len__(self) -> int:
        return len(list(self.all()))


def test_a_list_that_is_still_empty_is_the_one_that_is_kept():
    store = EmptyStore()

    Client(ACCOUNT_SID, AUTH_TOKEN, transport=_transport(), opt_outs=store).opt_outs.add(RECIPIENT)

    assert len(store) == 1


def test_credentials_of_the_callers_are_not_wiped():
    secret = SecretString("mine")
    client = Client(ACCOUNT_SID, credentials=FixedCredentials(BasicAuth("me", secret)), transport=_transport())

    client.close()

    assert secret.expose() == "mine"


def test_a_client_may_be_closed_twice():
    client = Client(ACCOUNT_SID, AUTH_TOKEN, transport=_transport())

    client.close()
    client.close()


def test_a_client_shows_no_secret():
    client = Client(ACCOUNT_SID, api_key=API_KEY, api_secret=API_SECRET, transport=_transport())

    assert repr(client) == "Client(AC0a0a***, https://api.twilio.com)"


def test_importing_the_client_loads_nothing_that_a_first_message_does_not_need():
    late = {
        *("requests", "sqlite3", "redis"),
        *("twilio_sms.bulk.bulk", "twilio_sms.listing", "twilio_sms.lookups", "twilio_sms.templates"),
        *("twilio_sms.compliance.opt_out_journal", "twilio_sms.domain.opt_out", "twilio_sms.domain.segments"),
    }
    run = f"import sys; from twilio_sms import Client; print({late} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("default_region", "it is a setting, config=Config(default_region=...)", id="a setting"),
        pytest.param("base_ulr", "did you mean base_url?", id="mistyped"),
        pytest.param("trasport", "did you mean transport?", id="a part, mistyped"),
        pytest.param("verbose", "settings are given as config=Config(...)", id="like nothing"),
    ],
)
def test_an_argument_that_a_client_does_not_take_is_told_where_it_belongs(name, told):
    with pytest.raises(TypeError, match=f"unexpected keyword argument '{name}'") as caught:
        Client(ACCOUNT_SID, AUTH_TOKEN, **{name: "x"})

    assert str(caught.value).endswith(f": {told}")
