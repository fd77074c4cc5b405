"""The admin API while much else goes on: from a webhook, by two at once, with deliveries that hang."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import monotonic
from typing import Any

import pytest
import requests
from flask import Flask

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from tests.fake_twilio.admin.calls import ON_PURPOSE, ask, change
from tests.fake_twilio.customers import customer, stay_silent
from tests.fake_twilio.doubles import RECIPIENT, SENDER
from tests.sending import send

WORLD = f'about: x.\nnumbers: ["{SENDER}"]\ninbound: {{url: "https://app.test/sms"}}\ndefaults: {{timeline: []}}\n'


def move(fake: FakeTwilioFixture, **body: Any) -> int:
    return requests.post(f"{fake.url}/_fake/clock", json=body, headers=ON_PURPOSE, timeout=10).status_code


@pytest.fixture
def app(fake_twilio: FakeTwilioFixture) -> Flask:
    made = Flask("customer")
    fake_twilio.mount("https://app.test", made)
    return made


@pytest.mark.parametrize("body", [{"advance": "1s"}, {"settle": "1h"}, {"to": "2099-01-01T00:00:00Z"}], ids=str)
def test_a_webhook_that_moves_the_time_is_told_that_it_moves(
    fake_twilio: FakeTwilioFixture, app: Flask, body: dict[str, str]
) -> None:
    statuses: list[int] = []

    @app.post("/status")
    def status() -> tuple[str, int]:
        statuses.append(move(fake_twilio, **body))
        return "", 204

    send(fake_twilio, status_callback="https://app.test/status")
    fake_twilio.settle()

    assert statuses[0] == (400 if "to" in body else 409)
    assert len(statuses) == 2
    assert all(delivery.is_taken for delivery in fake_twilio.callbacks)


def test_of_two_who_move_the_time_each_moves_it_whole_or_not_at_all(fake_twilio: FakeTwilioFixture) -> None:
    barrier = Barrier(4)

    def work(_number: int) -> int:
        barrier.wait(10)
        return [move(fake_twilio, advance="1s") for _ in range(25)].count(200)

    with ThreadPoolExecutor(4) as pool:
        moved = sum(pool.map(work, range(4)))

    assert moved >= 25
    assert fake_twilio.now == fake_twilio.start_moment + moved


def test_who_writes_while_the_time_moves_is_told(fake_twilio: FakeTwilioFixture, app: Flask) -> None:
    @app.post("/sms")
    def sms() -> tuple[str, int, dict[str, str]]:
        return "got it", 200, {"Content-Type": "text/plain"}

    fake_twilio.reset(parse_scenario(WORLD), seed=1)
    over = Event()

    def go_on() -> None:
        while not over.is_set():
            fake_twilio.advance(1)

    def write(number: int) -> None:
        body = {"sender": f"+1555124{number:04}", "recipient": SENDER, "body": "hi"}
        assert change(fake_twilio, "/receive", body, 201)["message"]["status"] in ("receiving", "received")

    with ThreadPoolExecutor(5) as pool:
        moving = pool.submit(go_on)
        try:
            list(pool.map(write, range(100)))
        finally:
            over.set()
        moving.result()
    fake_twilio.settle()

    inbound = [message for message in fake_twilio.messages if message.direction == "inbound"]
    assert [message.status for message in inbound] == [Status.RECEIVED] * 100
    assert len(fake_twilio.callbacks) == 100
    assert len(fake_twilio.messages) == 200


@pytest.fixture
def hung(fake_twilio: FakeTwilioFixture) -> Iterator[FakeTwilioFixture]:
    """Give a fake with as many deliveries that hang as there may be to one target, and more that wait."""
    fake_twilio.reset(clock="real", seed=1)
    fake_twilio.set_speed(1000)
    with customer(stay_silent) as hanging:
        for _ in range(20):
            send(fake_twilio, status_callback=hanging.url())
        while len(fake_twilio.pending) < 40:
            pass
        yield fake_twilio
        fake_twilio.reset()


@pytest.mark.parametrize("body", [{}, {"scope": "history"}, {"scope": "number", "number": RECIPIENT}], ids=str)
def test_a_reset_does_not_wait_for_what_hangs(hung: FakeTwilioFixture, body: dict[str, str]) -> None:
    began = monotonic()

    assert change(hung, "/reset", body) == {"forgotten": 20}
    assert monotonic() - began < 10  # what hangs would take fifteen
    assert ask(hung, "/health")["messages"] == {}


def test_health_and_lists_answer_while_deliveries_hang(hung: FakeTwilioFixture) -> None:
    assert ask(hung, "/health")["webhooks"] == {"ended": 0, "pending": 40}
    assert ask(hung, "/webhooks")["total"] == 0


def test_a_webhook_of_a_deleted_message_can_be_replayed(fake_twilio: FakeTwilioFixture, app: Flask) -> None:
    seen: list[str] = []
    app.add_url_rule("/status", "status", lambda: (seen.append("x"), ("", 204))[1], methods=["POST"])
    sid = send(fake_twilio, status_callback="https://app.test/status")
    fake_twilio.settle()
    token = fake_twilio.callbacks[0].webhook.token
    with fake_twilio.client() as client:
        client.messages.delete(sid)

    change(fake_twilio, f"/webhooks/{token}/replay", status=202)
    fake_twilio.settle()

    assert len(seen) == 3
    assert ask(fake_twilio, "/health")["messages"] == {}


def test_a_webhook_that_was_forgotten_cannot_be_replayed(fake_twilio: FakeTwilioFixture, app: Flask) -> None:
    send(fake_twilio, status_callback="https://app.test/status")
    fake_twilio.settle()
    token = fake_twilio.callbacks[0].webhook.token
    fake_twilio.forget()

    change(fake_twilio, f"/webhooks/{token}/replay", status=404)


ODD_BODIES = [
    *(b'{"speed": NaN}', b'{"speed": Infinity}', b'{"speed": 1e999}', b'{"speed": 0}', b'{"speed": -1}'),
    *(b'{"to": 1e300}', b'{"to": 99999999999999999999}', b'{"to": -1}', b'{"to": "9999-12-31T23:59:59Z"}'),
    *(b'{"to": "0001-01-01T00:00:00+14:00"}', b'{"to": "9999-12-31T23:59:59-14:00"}', b'{"to": "2026-01-01"}'),
    *(b'{"advance": "999999999d"}', b'{"advance": "-1s"}', b'{"advance": "1e5s"}', b'{"advance": "\\ud800"}'),
    *(b'{"advance": "1s", "settle": "1s"}', b"{}", b"[]", b"null", b"", b"\xff", b"[" * 100_000),
]


@pytest.mark.parametrize("body", ODD_BODIES, ids=lambda body: repr(body[:40]))
def test_no_odd_body_moves_the_time(fake_twilio: FakeTwilioFixture, body: bytes) -> None:
    headers = {**ON_PURPOSE, "Content-Type": "application/json"}

    answer = requests.post(f"{fake_twilio.url}/_fake/clock", data=body, headers=headers, timeout=5)

    assert (answer.status_code, sorted(answer.json())) == (400, ["problems"])
    assert fake_twilio.now == fake_twilio.start_moment
