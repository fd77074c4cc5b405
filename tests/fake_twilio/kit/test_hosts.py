"""Tests of which hosts are Twilio's."""

import pytest

from fake_twilio.kit.hosts import is_twilio


@pytest.mark.parametrize(
    "host", ["twilio.com", "api.twilio.com", "API.Twilio.COM", "api.dublin.ie1.twilio.com", "api.twilio.com."]
)
def test_these_are(host: str) -> None:
    assert is_twilio(host)


@pytest.mark.parametrize("host", ["", "twilio.com.evil.test", "nottwilio.com", "127.0.0.1", "twilio.org"])
def test_these_are_not(host: str) -> None:
    assert not is_twilio(host)
