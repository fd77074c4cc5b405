"""Our client against the scenarios that limit senders and requests."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event

import pytest
import requests

from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.rules.conditions import When
from fake_twilio.domain.rules.scenario import Rule, Scenario
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import load_scenario
from tests.doubles import RECIPIENT, SENDER
from twilio_sms import Client, Message, QueueFullError, RateLimitedError, Status

SLOW_SENDER = "+15550420000"
SERVICE_SID = "MG" + "0" * 32
PATIENCE_SECONDS = 10.0


def send(client: Client, body: str = "hello", *, sender: str = SENDER) -> Message:
    return client.messages.send(to=RECIPIENT, from_=sender, body=body)


def test_the_queue_of_a_slow_sender_overflows_and_drains(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("queue_overflow")
    with fake_twilio.client() as client:
        sent = [send(client, sender=SLOW_SENDER) for _ in range(6)]
        with pytest.raises(QueueFullError) as refused:
            send(client, sender=SLOW_SENDER)
        elsewhere = send(client)

        fake_twilio.advance("10s")
        sent.append(send(client, sender=SLOW_SENDER))
        fake_twilio.settle()

        ended = [client.messages.get(message.sid) for message in sent]
    assert (refused.value.code, elsewhere.status) == (21611, Status.QUEUED)
    assert {message.status for message in ended} == {Status.DELIVERED}
    begun = [message.timeline[1].at - fake_twilio.start_moment for message in fake_twilio.messages]
    assert begun == pytest.approx([0.1, 10.1, 20.1, 30.1, 40.1, 50.1, 0.1, 60.1])


def test_what_a_service_sends_beyond_its_queue_fails(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("service_overflow")
    with fake_twilio.client() as client:
        sent = [
            client.messages.send(to=RECIPIENT, messaging_service_sid=SERVICE_SID, body="hello").sid for _ in range(7)
        ]

        fake_twilio.settle()

        ended = [client.messages.get(sid) for sid in sent]
    assert [message.status for message in ended] == [Status.DELIVERED] * 5 + [Status.FAILED] * 2
    assert [message.error_code for message in ended[5:]] == [30001, 30001]


def test_a_message_expires_in_the_queue_of_its_sender(fake_twilio: FakeTwilioFixture) -> None:
    fake_twilio.use("expired_validity")
    with fake_twilio.client() as client:
        send(client)
        patient = send(client).sid
        impatient = client.messages.send(to=RECIPIENT, from_=SENDER, body="hello", validity_period=30).sid

        fake_twilio.advance("29s")
        still = client.messages.get(impatient)
        fake_twilio.advance("1s")
        expired, delivered = client.messages.get(impatient), client.messages.get(patient)
    assert still.status is Status.QUEUED
    assert (expired.status, expired.error_code) == (Status.FAILED, 30036)
    assert delivered.status is Status.DELIVERED


class Doorkeeper:
    """A pattern that matches texts which begin with "held", and keeps them inside until they are let go."""

    def __init__(self, held: int) -> None:
        self.is_inside = Barrier(held + 1)
        self.go = Event()

    def matches(self, text: str) -> bool:
        if not text.startswith("held"):
            return False
        self.is_inside.wait(PATIENCE_SECONDS)
        return self.go.wait(PATIENCE_SECONDS)


def guarded(doorkeeper: Doorkeeper) -> Scenario:
    scenario = load_scenario("concurrency_limit")
    return replace(scenario, rules=(Rule("held", When(body=(doorkeeper,)), lives()),))


@pytest.fixture
def doorkeeper(fake_twilio: FakeTwilioFixture) -> Iterator[Doorkeeper]:
    keeper = Doorkeeper(2)
    fake_twilio.use(guarded(keeper))
    yield keeper
    keeper.go.set()


def test_a_request_beyond_those_under_way_is_refused_and_may_be_repeated(
    fake_twilio: FakeTwilioFixture, doorkeeper: Doorkeeper
) -> None:
    with fake_twilio.client() as client, ThreadPoolExecutor(2) as pool:
        held = [pool.submit(send, client, f"held {number}") for number in range(2)]
        doorkeeper.is_inside.wait(PATIENCE_SECONDS)

        with pytest.raises(RateLimitedError) as refused:
            send(client, "one too many")
        doorkeeper.go.set()
        let_through = {future.result(PATIENCE_SECONDS).body for future in held}
        again = send(client, "again")

    assert (refused.value.status, refused.value.code, refused.value.repeatable) == (429, 20429, True)
    assert refused.value.retry_after_seconds is None
    assert (let_through, again.body) == ({"held 0", "held 1"}, "again")
    assert {message.body for message in fake_twilio.messages} == {"held 0", "held 1", "again"}


def test_a_refusal_tells_how_many_are_under_way_and_not_when_to_come_again(
    fake_twilio: FakeTwilioFixture, doorkeeper: Doorkeeper
) -> None:
    url = f"{fake_twilio.url}/2010-04-01/Accounts/{fake_twilio.account_sid}/Messages.json"
    auth = (fake_twilio.account_sid, fake_twilio.auth_token)
    with fake_twilio.client() as client, ThreadPoolExecutor(2) as pool:
        held = [pool.submit(send, client, f"held {number}") for number in range(2)]
        doorkeeper.is_inside.wait(PATIENCE_SECONDS)

        refused = requests.get(url, auth=auth, timeout=PATIENCE_SECONDS)
        stranger = requests.get(url, auth=(auth[0], "wrong"), timeout=PATIENCE_SECONDS)
        doorkeeper.go.set()
        for future in held:
            future.result(PATIENCE_SECONDS)
        after = requests.get(url, auth=auth, timeout=PATIENCE_SECONDS)

    assert (refused.status_code, refused.json()) == (
        429,
        {
            "code": 20429,
            "message": "Too Many Requests",
            "more_info": "https://www.twilio.com/docs/errors/20429",
            "status": 429,
        },
    )
    assert refused.headers["Twilio-Request-Id"].startswith("RQ")
    assert "Retry-After" not in refused.headers
    assert (stranger.status_code, after.status_code) == (401, 200)
    answers = (refused, stranger, after)
    assert [answer.headers["Twilio-Concurrent-Requests"] for answer in answers] == ["2", "1", "1"]
