"""Tests of the wire of a mock."""

import json

import pytest

from twilio_sms.errors import ConnectionFailedError, RateLimitedError
from twilio_sms.simulation.expectations import Wanted
from twilio_sms.simulation.manual_clock import ManualClock
from twilio_sms.simulation.mock_account import MockAccount
from twilio_sms.simulation.mock_transport import CallState, MockTransport
from twilio_sms.simulation.script import Script
from twilio_sms.simulation.simulated import simulated
from twilio_sms.transport.wire import LostAnswer, Request, Response

ACCOUNT = "AC" + "0" * 32
BASE = f"https://a.test/2010-04-01/Accounts/{ACCOUNT}/Messages"
TO = "+15551234567"


@pytest.fixture
def wire() -> MockTransport:
    return wire_of(Script(in_order=False, is_strict=False))


def wire_of(script: Script) -> MockTransport:
    return MockTransport(script, MockAccount(ACCOUNT, ManualClock()), CallState())


def create(wire: MockTransport, form: tuple[tuple[str, str], ...] = (("To", TO), ("From", "SHOP"))) -> Response:
    return wire.send(Request("POST", f"{BASE}.json", "", form))


def test_all_attempts_at_one_message_meet_the_same(wire: MockTransport) -> None:
    script = Script(in_order=False, is_strict=True)
    script.expect(Wanted(TO, times=2))
    script.fail(simulated(RateLimitedError), None, 1)
    wire = wire_of(script)
    form = (("To", TO), ("From", "SHOP"))

    first, again = create(wire, form), create(wire, form)
    another = create(wire, (*form,))

    assert [answer.status for answer in (first, again, another)] == [429, 429, 201]


def test_a_lost_answer_is_lost_anew_each_time(wire: MockTransport) -> None:
    script = Script(in_order=False, is_strict=True)
    script.fail(simulated(ConnectionFailedError), None, 1)
    wire = wire_of(script)
    form = (("To", TO),)

    with pytest.raises(LostAnswer) as first:
        create(wire, form)
    with pytest.raises(LostAnswer) as again:
        create(wire, form)

    assert first.value is not again.value


@pytest.mark.parametrize(
    ("method", "form", "status", "code"),
    [
        ("GET", (), 200, None),
        ("DELETE", (), 409, 20009),
        ("POST", (("Status", "canceled"),), 409, 30409),
        ("POST", (("Body", ""),), 200, None),
    ],
)
def test_a_message_that_is_queued(
    wire: MockTransport, method: str, form: tuple[tuple[str, str], ...], status: int, code: int | None
) -> None:
    sid = json.loads(create(wire).body)["sid"]

    answer = wire.send(Request(method, f"{BASE}/{sid}.json", "", form))

    assert (answer.status, json.loads(answer.body).get("code")) == (status, code)


@pytest.mark.parametrize("method", ["GET", "DELETE", "POST"])
def test_a_message_that_there_is_not(wire: MockTransport, method: str) -> None:
    answer = wire.send(Request(method, f"{BASE}/SM{'9' * 32}.json", ""))

    assert (answer.status, json.loads(answer.body)["code"]) == (404, 20404)
