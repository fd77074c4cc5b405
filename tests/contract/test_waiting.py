"""Waits for a message of the fake, in simulated time."""

from datetime import UTC, datetime

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER
from twilio_sms import CarrierRejected, Client, Message, Status, WaitTimeoutError


class SharedClock:
    """The fake's time as the client's: who sleeps moves both."""

    def __init__(self, fake: FakeTwilioFixture) -> None:
        self._fake = fake

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._fake.now, UTC)

    def monotonic(self) -> float:
        return self._fake.now

    def monotonic_ns(self) -> int:
        return int(self._fake.now * 1e9)

    def sleep(self, seconds: float) -> None:
        self._fake.advance(seconds)


def sent(client: Client, to: str = RECIPIENT) -> Message:
    return client.messages.send(to=to, from_=SENDER, body="hello")


@pytest.fixture
def client(fake_twilio: FakeTwilioFixture):
    with fake_twilio.client(clock=SharedClock(fake_twilio)) as client:
        yield client


def test_a_message_is_delivered_in_the_end(client: Client) -> None:
    message = client.messages.wait_until(sent(client).sid, timeout=3600)

    assert (message.status, message.delivery_error) == (Status.DELIVERED, None)


@pytest.mark.fake_twilio(scenario="carrier_reject")
def test_a_message_that_is_not_delivered_says_why(client: Client) -> None:
    message = client.messages.wait_until(sent(client, "+15550100001").sid, "delivered", timeout=3600)

    assert (message.status, message.delivery_error) == (Status.UNDELIVERED, CarrierRejected(30007))


def test_a_message_is_seen_on_its_way(client: Client) -> None:
    message = client.messages.wait_until(sent(client).sid, "sent", final=False, timeout=3600)

    assert message.status in (Status.SENT, Status.DELIVERED)


def test_the_wait_ends_though_the_message_did_not(client: Client, fake_twilio: FakeTwilioFixture) -> None:
    begun = fake_twilio.now

    with pytest.raises(WaitTimeoutError) as caught:
        client.messages.wait_until(sent(client).sid, timeout=0)

    assert caught.value.last_seen is not None
    assert caught.value.last_seen.status_text == "queued"
    assert fake_twilio.now - begun <= 1


@pytest.mark.fake_twilio(scenario="slow_carrier")
def test_a_message_that_stays_sent_is_returned_unless_you_are_strict(client: Client) -> None:
    sid = sent(client).sid
    client.messages.wait_until(sid, "sent", final=False, timeout=86_400)

    assert client.messages.wait_until(sid, timeout=1).status is Status.SENT
    with pytest.raises(WaitTimeoutError):
        client.messages.wait_until(sid, timeout=1, strict=True)
