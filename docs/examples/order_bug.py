"""A shop with a planted bug, and the test that finds it: ``pytest docs/examples/order_bug.py``.

The careless shop believes whatever callback came last. Twilio promises no order, so a message that was delivered goes
back to "sent". `explore` tries the orders there may be, and shows the first that does harm.
"""

import pytest
from flask import Flask, request

from fake_twilio import Broken
from fake_twilio.fixture import FakeTwilioFixture
from twilio_sms import Client

FINAL = frozenset({"delivered", "undelivered", "failed", "read"})


class Careless:
    """Keeps the status of the last callback, by message."""

    def __init__(self) -> None:
        self.statuses: dict[str, str] = {}

    def note(self, sid: str, status: str) -> None:
        self.statuses[sid] = status


class Careful(Careless):
    """Keeps a final status, whatever comes behind it."""

    def note(self, sid: str, status: str) -> None:
        if self.statuses.get(sid) not in FINAL:
            super().note(sid, status)


def make_app(shop: Careless) -> Flask:
    """Return the shop's app, whose address for status callbacks is ``/status``."""
    app = Flask("shop")

    @app.post("/status")
    def status() -> tuple[str, int]:
        shop.note(request.form["MessageSid"], request.form["MessageStatus"])
        return "", 204

    return app


def announce(fake: FakeTwilioFixture, shop: Careless) -> None:
    """Send two messages, let all callbacks come, and look at what the shop believes."""
    fake.mount("https://shop.test", make_app(shop))
    with Client.from_env() as client:
        for number in ("+15551230001", "+15551230002"):
            client.messages.send(
                to=number, from_="+15005550006", body="On its way", status_callback="https://shop.test/status"
            )
    fake.settle()
    believed = [shop.statuses[message.sid] for message in fake.messages]
    assert believed == ["delivered", "delivered"]


def test_the_careful_shop_withstands_every_order(fake_twilio: FakeTwilioFixture) -> None:
    explored = fake_twilio.explore(lambda fake: announce(fake, Careful()), across_messages=False)
    assert not explored.is_cut


def test_the_careless_shop_is_caught(fake_twilio: FakeTwilioFixture) -> None:
    with pytest.raises(Broken) as caught:
        fake_twilio.explore(lambda fake: announce(fake, Careless()))
    assert caught.value.schedule == "message 1: delivered, then sent"
