"""Nothing that a test does reaches the real Twilio by mistake."""

import asyncio
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import requests
import urllib3
from twilio.rest import Client as OfficialClient

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.kit.no_escape import EscapeError, Gate
from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, RECIPIENT, SENDER
from twilio_sms import Client

URL = "http://127.0.0.1:7670"


def official() -> None:
    client = OfficialClient(ACCOUNT_SID, AUTH_TOKEN)
    try:
        client.messages.create(to=RECIPIENT, from_=SENDER, body="x")
    finally:
        client.http_client.session.close()


def own() -> None:
    with Client(account_sid=ACCOUNT_SID, auth_token=AUTH_TOKEN, base_url="https://api.twilio.com") as client:
        client.messages.send(to=RECIPIENT, from_=SENDER, body="x")


def pooled() -> None:
    with urllib3.PoolManager(retries=3) as pool:
        pool.request("GET", "https://api.twilio.com")


def in_a_thread() -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(socket.create_connection, ("api.twilio.com", 443)).result()


@pytest.mark.parametrize(
    "escape",
    [
        pytest.param(official, id="the official client"),
        pytest.param(own, id="this client"),
        pytest.param(lambda: requests.get("https://lookups.twilio.com/v2", timeout=5), id="requests"),
        pytest.param(pooled, id="urllib3 with retries"),
        pytest.param(in_a_thread, id="a thread"),
        pytest.param(lambda: asyncio.run(asyncio.open_connection("twilio.com", 443)), id="asyncio"),
        pytest.param(lambda: socket.gethostbyname("API.twilio.com."), id="gethostbyname"),
        pytest.param(lambda: socket.gethostbyname_ex("api.twilio.com"), id="gethostbyname_ex"),
        pytest.param(lambda: socket.getaddrinfo(b"api.twilio.com", 443), id="bytes"),
    ],
)
def test_whoever_looks_for_twilio_is_told_why_not(fake_twilio: FakeTwilioFixture, escape: Callable[[], object]) -> None:
    with pytest.raises(EscapeError, match=r"does not reach the real Twilio") as stopped:
        escape()

    assert fake_twilio.url in str(stopped.value)
    assert "fake_twilio.patch_sdk(client)" in str(stopped.value)


def test_other_names_are_looked_up(fake_twilio: FakeTwilioFixture) -> None:
    assert socket.getaddrinfo("localhost", 80)
    assert socket.getaddrinfo(None, 80)
    assert socket.gethostbyname("127.0.0.1") == "127.0.0.1"


def test_a_gate_stops_only_while_it_is_shut() -> None:
    gate = Gate()
    gate.check("socket.getaddrinfo", ("api.twilio.com", 443))

    with gate.shut(URL), gate.shut(URL):
        gate.check("open", ("api.twilio.com",))
        with pytest.raises(EscapeError, match=URL):
            gate.check("socket.connect", (None, ("api.twilio.com", 443)))
        gate.check("socket.connect", (None, "/run/socket"))
        gate.check("socket.connect", (None, ("127.0.0.1", 443)))

    gate.check("socket.getaddrinfo", ("api.twilio.com", 443))


def test_a_look_up_while_the_gate_opens_is_let_through_or_stopped_and_nothing_else() -> None:
    gate, over = Gate(), Event()

    def look_up() -> list[str]:
        seen = []
        while not over.is_set():
            try:
                gate.check("socket.getaddrinfo", ("api.twilio.com", 443))
            except EscapeError:
                continue
            except Exception as error:
                seen.append(repr(error))
        return seen

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(2) as pool:
            looking = [pool.submit(look_up) for _ in range(2)]
            for _ in range(20_000):
                with gate.shut(URL):
                    pass
            over.set()
        assert [seen for each in looking for seen in each.result()] == []
    finally:
        sys.setswitchinterval(before)
