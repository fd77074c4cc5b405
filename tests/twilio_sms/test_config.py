"""Settings are right or refused by name, and the API has one address."""

from math import inf, nan

import pytest

from tests.doubles import ACCOUNT_SID, AUTH_TOKEN
from twilio_sms.client import Client
from twilio_sms.config import Config, api_url
from twilio_sms.errors import ValidationError
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.limits import RateLimits
from twilio_sms.resilience.retry import RetryPolicy
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.transport.wire import Timeouts


def test_the_smallest_sizes_are_taken():
    config = Config(timeouts=Timeouts(1, 2, 3, 4), connections=1, max_answer_bytes=1)

    assert (config.connections, config.max_answer_bytes, config.timeouts.idle_seconds) == (1, 1, 4)


# Each setting, and what it may not be.
WRONG = {
    "timeouts": [None, 30, {"total_seconds": 30}],
    "retry": [None, 3, BreakerPolicy()],
    "breaker": [None, 5, RetryPolicy()],
    "rate_limits": [None, 10, Rate(10, 30)],
    "opt_out_cache_seconds": [-0.1, inf, nan, True, None, "1"],
    "numbers": ["E164", "valid", "", None],
    "redaction_key": ["", b"key", 5],
    "connections": [0, -1, 1.5, True, "32", None],
    "max_answer_bytes": [0, -1, 1.5, True, "32", None],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_setting_is_refused_by_name(name, value):
    with pytest.raises(ValidationError, match=f"^{name} must be"):
        Config(**{name: value})


@pytest.mark.parametrize(
    ("setting", "name"),
    [
        (lambda: Timeouts(total_seconds=0), "total_seconds"),
        (lambda: Timeouts(read_seconds=True), "read_seconds"),
        (lambda: RetryPolicy(max_attempts=0), "max_attempts"),
        (lambda: BreakerPolicy(failures=0), "failures"),
        (lambda: RateLimits(on_limit="drop"), "on_limit"),
    ],
    ids=["timeouts", "a switch for seconds", "retry", "breaker", "rate_limits"],
)
def test_a_wrong_setting_of_a_part_is_refused_by_name(setting, name):
    with pytest.raises(ValidationError, match=name):
        Config(timeouts=setting())


def test_a_client_refuses_a_region_that_is_no_country_when_it_is_made():
    with pytest.raises(ValidationError, match="default_region must be a country"):
        Client(ACCOUNT_SID, AUTH_TOKEN, config=Config(default_region="us"))


def test_a_client_refuses_a_bundle_of_certificates_that_is_not_there():
    with pytest.raises(ValidationError, match="ca_bundle"):
        Client(ACCOUNT_SID, AUTH_TOKEN, config=Config(ca_bundle="/nowhere/ca.pem"))


@pytest.mark.parametrize("value", ["yes", None, 1], ids=repr)
def test_a_switch_is_on_or_off(value):
    with pytest.raises(ValidationError, match="trace_callbacks must be True or False"):
        Config(trace_callbacks=value)


@pytest.mark.parametrize("name", ["default_region", "ca_bundle"])
@pytest.mark.parametrize("value", ["", 5, b"US"], ids=repr)
def test_a_text_that_is_none_is_refused_by_name(name, value):
    with pytest.raises(ValidationError, match=f"^{name} must be"):
        Config(**{name: value})


def test_the_defaults_are_those_of_the_parts():
    config = Config()

    assert (config.timeouts, config.retry, config.breaker) == (Timeouts(), RetryPolicy(), BreakerPolicy())
    assert config.rate_limits == RateLimits(global_rate=Rate(10, 30), recipient_rate=Rate(1, 3), on_limit="wait")


def test_settings_do_not_show_the_key_of_hashed_numbers():
    assert "hush" not in repr(Config(redaction_key="hush"))


# Twilio, "Using the Twilio REST API in a non-US region", and what both SDKs do.
@pytest.mark.parametrize(
    ("edge", "region", "url"),
    [
        pytest.param(None, None, "https://api.twilio.com", id="neither"),
        pytest.param("dublin", "ie1", "https://api.dublin.ie1.twilio.com", id="both"),
        pytest.param("dublin", None, "https://api.dublin.us1.twilio.com", id="edge alone"),
        pytest.param("sao-paulo", "br1", "https://api.sao-paulo.br1.twilio.com", id="edge with a hyphen"),
        pytest.param(None, "us1", "https://api.us1.twilio.com", id="home region alone"),
        pytest.param("", "", "https://api.twilio.com", id="empty"),
    ],
)
def test_edge_and_region_make_the_host(edge, region, url):
    assert api_url(None, edge, region) == url


@pytest.mark.parametrize("region", ["ie1", "au1", "br1", "de1", "jp1", "sg1", "us2"])
def test_a_region_abroad_needs_its_edge(region):
    with pytest.raises(ValidationError, match=f"region {region} needs an edge"):
        api_url(None, None, region)


@pytest.mark.parametrize(
    "name",
    ["evil.example", "a/b", "a b", "-", "dublin\n", "user@host", "dublín", 5],
    ids=["dot", "slash", "space", "hyphen alone", "line feed", "at sign", "not ASCII", "no text"],
)
def test_what_is_no_label_of_a_host_is_refused(name):
    with pytest.raises(ValidationError, match="edge must be a name such as dublin"):
        api_url(None, name, "ie1")
    with pytest.raises(ValidationError, match="region must be a name such as dublin"):
        api_url(None, "dublin", name)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        pytest.param("http://localhost:5000", "http://localhost:5000", id="as it stands"),
        pytest.param("https://api.twilio.com", "https://api.twilio.com", id="Twilio"),
        pytest.param("http://twilio.com.test", "http://twilio.com.test", id="no host of Twilio's"),
        pytest.param("https://proxy.example/twilio", "https://proxy.example/twilio", id="with a path"),
        pytest.param("http://localhost:5000/", "http://localhost:5000", id="without the last slash"),
    ],
)
def test_a_base_url_is_used_as_it_stands(given, used):
    assert api_url(given, None, None) == used


@pytest.mark.parametrize(("edge", "region"), [("dublin", None), (None, "us1"), ("dublin", "ie1")])
def test_a_base_url_goes_with_neither_edge_nor_region(edge, region):
    with pytest.raises(ValidationError, match="not both"):
        api_url("http://localhost", edge, region)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("localhost:5000", id="no scheme"),
        pytest.param("ftp://localhost", id="other scheme"),
        pytest.param("https://", id="no host"),
        pytest.param("http://localhost?x=1", id="query"),
        pytest.param("http://localhost#x", id="fragment"),
        pytest.param("http://user:hush@localhost", id="userinfo"),
        pytest.param("http://localhost:port", id="bad port"),
        pytest.param("http://localhost\n", id="line feed"),
        pytest.param("http://local host", id="space in the host"),
        pytest.param("http://localhost/a b", id="space in the path"),
        pytest.param("http://bücher.example", id="not ASCII"),
        pytest.param("http://api.twilio.com", id="Twilio in the open"),
        pytest.param("http://API.dublin.ie1.Twilio.com:80/", id="Twilio in the open, in capitals"),
        pytest.param(5000, id="no text"),
        pytest.param(b"http://localhost", id="bytes"),
    ],
)
def test_a_base_url_that_cannot_work_is_refused(url):
    with pytest.raises(ValidationError, match="base_url") as caught:
        api_url(url, None, None)

    assert "hush" not in str(caught.value)
