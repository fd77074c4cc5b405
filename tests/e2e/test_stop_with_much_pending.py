"""`fake-twilio serve` is told to stop while a thousand webhooks wait: reliability, G38."""

import signal
import socket
from threading import Event
from time import monotonic
from typing import Any

import pytest
import requests

from tests.doubles import RECIPIENT, SENDER
from tests.e2e.test_serve import serving
from tests.fake_twilio.customers import FAREWELL, Behaviour, Customer, customer

PURPOSE = {"X-Fake-Twilio": "1"}
GRACE_SECONDS = 4


def hang(_connection: socket.socket, over: Event) -> None:
    over.wait(60)


def behind(gate: Event) -> Behaviour:
    """Answer once the gate is open."""

    def behave(connection: socket.socket, _over: Event) -> None:
        gate.wait(60)
        connection.sendall(FAREWELL)

    return behave


class Shop:
    """Somebody who sends through a fake that runs as a process."""

    def __init__(self, variables: dict[str, str]) -> None:
        self._url = variables["TWILIO_BASE_URL"]
        self._session = requests.Session()
        self._session.auth = (variables["TWILIO_ACCOUNT_SID"], variables["TWILIO_AUTH_TOKEN"])

    def send(self, count: int, *customers: Customer) -> None:
        """Send as many messages, to each customer in turn, and let them live until all webhooks wait, two for each."""
        path = f"{self._url}/2010-04-01/Accounts/{self._session.auth[0]}/Messages.json"
        self._move(is_frozen=True)
        for number in range(count):
            url = customers[number % len(customers)].url()
            form = {"To": RECIPIENT, "From": SENDER, "Body": "x", "StatusCallback": url}
            assert self._session.post(path, data=form, timeout=10).status_code == 201
        self._move(is_frozen=False)
        while self.health()["webhooks"]["pending"] < 2 * count:
            pass

    def health(self) -> Any:
        return self._session.get(f"{self._url}/_fake/health", timeout=10).json()

    def _move(self, **body: Any) -> None:
        answer = self._session.post(f"{self._url}/_fake/clock", json=body, headers=PURPOSE, timeout=10)
        assert answer.status_code == 200, answer.text

    def close(self) -> None:
        self._session.close()


def test_a_thousand_are_delivered_or_listed_within_the_grace() -> None:
    gate = Event()
    options = ("--speed", "1000", "--grace", str(GRACE_SECONDS))
    with customer(hang) as hanging, customer(behind(gate)) as good, serving(*options) as (process, variables):
        shop = Shop(variables)
        shop.send(500, hanging, good)
        pending = shop.health()["webhooks"]
        shop.close()
        process.send_signal(signal.SIGTERM)
        began = monotonic()
        gate.set()
        out, err = process.communicate(timeout=30)
        took = monotonic() - began

    listed = [line for line in err.splitlines() if line.startswith("not delivered: ")]
    assert pending == {"ended": 0, "pending": 1000}
    assert process.returncode == 0
    assert took < GRACE_SECONDS + 10  # what hangs would take fifteen
    assert len(good.requests) == 500
    assert len(listed) == len(set(listed)) == 500
    assert "stopped, 500 callbacks not delivered" in out


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_it_at_once(second: signal.Signals) -> None:
    with customer(hang) as hanging, serving("--speed", "1000", "--grace", "600") as (process, variables):
        shop = Shop(variables)
        shop.send(100, hanging)
        shop.close()
        process.send_signal(signal.SIGTERM)
        while can_connect(variables["TWILIO_BASE_URL"]):  # the first signal has come
            pass
        process.send_signal(second)
        began = monotonic()
        process.communicate(timeout=30)

    assert process.returncode == 1
    assert monotonic() - began < 20  # the grace has six hundred


def can_connect(url: str) -> bool:
    try:
        requests.get(f"{url}/_fake/clock", timeout=5)
    except requests.ConnectionError:
        return False
    return True
