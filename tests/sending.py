"""A message that our client sends by a fake, in a line."""

from typing import Any

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER


def send(fake: FakeTwilioFixture, **options: Any) -> str:
    """Send a message, whose *options* are those of `Messages.send`; return its SID."""
    with fake.client() as client:
        return client.messages.send(**{"to": RECIPIENT, "from_": SENDER, "body": "hello", **options}).sid
