"""Settings are right or refused by name, and the API has one address."""

import pytest

from twilio_sms.config import Config, Settings, api_url
from twilio_sms.errors import ValidationError
from twilio_sms.transport.wire import Timeouts


@pytest.mark.parametrize("name", ["connections", "max_answer_bytes"])
@pytest.mark.parametrize("number", [1.5, True, "32", None])
def test_a_size_that_is_no_whole_number_is_refused_by_name(name, number):
    with pytest.raises(ValidationError, match=f"{name} must be a whole number"):
        Config(**{name: number})


@pytest.mark.parametrize("name", ["connections", "max_answer_bytes"])
@pytest.mark.parametrize("number", [0, -1])
def test_a_size_below_one_is_refused_by_name(name, number):
    with pytest.raises(ValidationError, match=f"{name} must be a whole number from 1 on, is {number}"):
        Config(**{name: number})


def test_the_smallest_sizes_are_taken():
    config = Config(timeouts=Timeouts(1, 2, 3, 4), connections=1, max_answer_bytes=1)

    assert (config.connections, config.max_answer_bytes, config.timeouts.idle_seconds) == (1, 1, 4)


def test_every_variable_has_its_setting():
    names = ("account_sid", "auth_token", "api_key", "api_secret", "base_url", "edge", "region")

    settings = Settings.from_env({f"TWILIO_{name.upper()}": f"the {name}" for name in names})

    assert [getattr(settings, name) for name in names] == [f"the {name}" for name in names]


@pytest.mark.parametrize("environ", [{}, {"TWILIO_EDGE": ""}, {"EDGE": "dublin"}], ids=["absent", "empty", "foreign"])
def test_a_variable_without_a_value_counts_as_absent(environ):
    assert Settings.from_env(environ).edge is None


def test_settings_do_not_show_their_secrets():
    settings = Settings.from_env({"TWILIO_AUTH_TOKEN": "hush-token", "TWILIO_API_SECRET": "hush-secret"})

    assert "hush" not in repr(settings)


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
    ["evil.example", "a/b", "a b", "-", "dublin\n", "user@host", "dublín"],
    ids=["dot", "slash", "space", "hyphen alone", "line feed", "at sign", "not ASCII"],
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
    ],
)
def test_a_base_url_that_cannot_work_is_refused(url):
    with pytest.raises(ValidationError, match="base_url") as caught:
        api_url(url, None, None)

    assert "hush" not in str(caught.value)
