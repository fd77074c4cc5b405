"""Many threads at once, switched as often as can be: each callback comes exactly once, whatever the clock does."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import Any

import pytest
from werkzeug import Request, Response

from fake_twilio.fixture import FakeTwilioFixture
from tests.fake_twilio.doubles import SENDER
from twilio_sms.client import Client

URL = "https://app.test/status"
THREADS, EACH = 8, 25
PATIENCE_SECONDS = 30.0


@pytest.fixture(autouse=True)
def hurry() -> Iterator[None]:
    """Let Python change threads a thousand times as often as it does."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


class Customer:
    """An app that counts what it is told, and knows when that is all."""

    def __init__(self, expected: int) -> None:
        self.told: Counter[tuple[str, str]] = Counter()
        self.order: dict[str, list[str]] = {}
        self.is_complete = Event()
        self._expected = expected
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        form = Request(environ).form
        with self._lock:
            self.told[form["MessageSid"], form["MessageStatus"]] += 1
            self.order.setdefault(form["MessageSid"], []).append(form["MessageStatus"])
            if self.told.total() >= self._expected:
                self.is_complete.set()
        return Response(status=204)(environ, start_response)


def send(client: Client, number: int) -> str:
    return client.messages.send(to=f"+1555123{number:04}", from_=SENDER, body="x", status_callback=URL).sid


def send_all(fake: FakeTwilioFixture, more: Callable[[Client, str], None] = lambda _client, _sid: None) -> list[str]:
    """Send from all threads; each does *more* with each message."""

    def work(thread: int) -> list[str]:
        sids = []
        for number in range(EACH):
            sids.append(send(client, thread * EACH + number))
            more(client, sids[-1])
        return sids

    with fake.client() as client, ThreadPoolExecutor(THREADS) as pool:
        return [sid for sids in pool.map(work, range(THREADS)) for sid in sids]


def check(fake: FakeTwilioFixture, customer: Customer, sids: list[str]) -> None:
    assert customer.is_complete.wait(PATIENCE_SECONDS), f"{customer.told.total()} of {2 * len(sids)} were told"
    while fake.pending:  # the last answer may still be on its way back
        pass
    assert len(set(sids)) == THREADS * EACH
    assert customer.order == {sid: ["sent", "delivered"] for sid in sids}
    assert Counter(delivery.webhook.message_sid for delivery in fake.callbacks) == dict.fromkeys(sids, 2)
    assert fake.alerts == ()


@pytest.fixture
def customer(fake_twilio: FakeTwilioFixture) -> Customer:
    made = Customer(2 * THREADS * EACH)
    fake_twilio.mount("https://app.test", made)
    return made


def test_a_fast_clock_loses_no_callback(fake_twilio: FakeTwilioFixture, customer: Customer) -> None:
    fake_twilio.reset(clock="real")
    fake_twilio.set_speed(1000)

    check(fake_twilio, customer, send_all(fake_twilio))


def test_an_instant_clock_loses_no_callback_under_pollers(fake_twilio: FakeTwilioFixture, customer: Customer) -> None:
    fake_twilio.reset(clock="instant")

    def poll(client: Client, sid: str) -> None:
        while client.messages.get(sid).status != "delivered":
            pass

    def now_and_then(client: Client, sid: str) -> None:
        if sid.endswith(("0", "1")):
            poll(client, sid)

    check(fake_twilio, customer, send_all(fake_twilio, now_and_then))


@pytest.mark.parametrize("clock", ["real", "instant"])
def test_ice_and_speed_lose_no_callback(fake_twilio: FakeTwilioFixture, customer: Customer, clock: Any) -> None:
    fake_twilio.reset(clock=clock)
    over = Event()
    seen: list[float] = []

    def storm(number: int) -> None:
        while not over.is_set():
            fake_twilio.freeze()
            if clock == "real":
                fake_twilio.set_speed(1000 * (number + 1))
            fake_twilio.thaw()
            seen.append(fake_twilio.now)

    with ThreadPoolExecutor(2) as pool:
        storms = [pool.submit(storm, number) for number in range(2)]
        try:
            sids = send_all(fake_twilio)
        finally:
            over.set()
    assert [done.result() for done in storms] == [None, None]
    fake_twilio.thaw()
    check(fake_twilio, customer, sids)
    assert fake_twilio.now >= max(seen)


def test_a_manual_clock_loses_no_callback_while_others_send(fake_twilio: FakeTwilioFixture, customer: Customer) -> None:
    over = Event()

    def move() -> float:
        passed = 0.0
        while not over.is_set():
            fake_twilio.advance(0.5)
            passed += 0.5
        return passed

    with ThreadPoolExecutor(1) as pool:
        moving = pool.submit(move)
        try:
            sids = send_all(fake_twilio)
        finally:
            over.set()
    fake_twilio.settle()
    check(fake_twilio, customer, sids)
    assert fake_twilio.now >= fake_twilio.start_moment + moving.result()
