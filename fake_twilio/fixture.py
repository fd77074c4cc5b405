"""The fake as a test holds it: with clients that are pointed at it."""

from collections.abc import Mapping
from typing import Any

from fake_twilio.server import FakeTwilio
from twilio_sms.client import Client


class FakeTwilioFixture(FakeTwilio):
    """What the fixture `fake_twilio` gives to a test."""

    def client(self, **options: Any) -> Client:
        """Return a new client of the fake's account; *options* are those of `twilio_sms.Client`, and win."""
        settings = {"account_sid": self.account_sid, "auth_token": self.auth_token, "base_url": self.url}
        return Client(**{**settings, **options})

    def environment(self) -> Mapping[str, str]:
        """Return the variables with which `Client.from_env` finds the fake."""
        return {
            "TWILIO_ACCOUNT_SID": self.account_sid,
            "TWILIO_AUTH_TOKEN": self.auth_token,
            "TWILIO_BASE_URL": self.url,
        }

    def describe(self) -> str:
        """Return what brings this run back: seed and start, together."""
        return f"seed={self.seed} start={self.start_moment:.0f} scenario={self.scenario_name}"
