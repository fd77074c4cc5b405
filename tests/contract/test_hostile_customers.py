"""Customers that do their worst: each costs nothing but its own delivery, within its own time, and little memory."""

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import pytest
import requests
from flask import Flask, request

from fake_twilio.domain.fate.lifecycle import Status
from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.scenario_files.load import parse_scenario
from tests.fake_twilio.customers import (
    FAREWELL,
    Behaviour,
    answer,
    customer,
    drip,
    reset,
    stay_silent,
    stay_silent_at_once,
    stop_in_the_middle,
)
from tests.fake_twilio.doubles import RECIPIENT, SENDER

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
MEGABYTE = b"x" * 1_000_000
BOMB = gzip.compress(b"\0" * 100_000_000)
MOST_BYTES = 12_000_000  # at one time, for a few deliveries side by side
TOTAL_SECONDS, SLACK_SECONDS = 0.4, 3.0


def endless(head: bytes, rest: bytes = MEGABYTE) -> Behaviour:
    """Answer *head*, and *rest* again and again."""

    def behave(connection: Any, over: Any) -> None:
        connection.sendall(head)
        while not over.is_set():
            connection.sendall(rest)

    return behave


def redirect(location: bytes, status: bytes = b"307") -> Behaviour:
    return answer(b"HTTP/1.1 %s Go\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % (status, location))


HOSTILE: dict[str, Behaviour] = {
    "takes no request": stay_silent_at_once,
    "hangs": stay_silent,
    "resets": reset,
    "drips": drip,
    "stops in the middle": stop_in_the_middle,
    "10 MB": answer(OK + b"Content-Length: 10000000\r\n\r\n" + MEGABYTE * 10),
    "a body without an end": endless(OK + b"\r\n"),
    "a length of thirty digits": endless(OK + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n"),
    "a chunk of negative length": endless(CHUNKED + b"-1\r\n"),
    "a chunk of endless length": endless(CHUNKED + b"F" * 30 + b"\r\n"),
    "trailers without an end": endless(CHUNKED + b"1\r\nx\r\n0\r\n", b"X: y\r\n" * 10_000),
    "headers without an end": endless(OK, b"X: y\r\n" * 10_000),
    "a header without an end": endless(OK + b"X: "),
    "a hundred headers of 60 kB": answer(OK + (b"X: " + b"x" * 60_000 + b"\r\n") * 99 + b"\r\n"),
    "100 Continue for ever": endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000),
    "a gzip bomb": answer(OK + b"Content-Encoding: gzip\r\n\r\n" + BOMB),
    "a gzip bomb in gzip": answer(OK + b"Content-Encoding: gzip, gzip\r\n\r\n" + gzip.compress(BOMB)),
    "a deflate bomb": answer(OK + b"Content-Encoding: deflate\r\n\r\n" + zlib.compress(b"\0" * 100_000_000)),
    "a gzip header alone": answer(OK + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok"),
    "a thousand encodings": answer(OK + b"Content-Encoding: " + b"gzip," * 1_000 + b"gzip\r\n\r\nx"),
    "redirects to itself": redirect(b"/again"),
    "redirects to metadata": redirect(b"http://169.254.169.254/latest/"),
    "redirects to a file": redirect(b"file:///etc/passwd"),
    "redirects to what is no address": redirect(b"http://[", b"302"),
    "redirects to 60 kB": redirect(b"/" + b"x" * 60_000, b"302"),
    "NULs": answer(b"HTTP/1.1 200 \0\r\nX\0: \0\r\nContent-Length: 3\r\n\r\n\0\0\0"),
    "another protocol": answer(b"220 smtp.example ESMTP\r\n" * 10),
    "two lengths": answer(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nok"),
}


@contextmanager
def little_memory() -> Iterator[None]:
    """Fail if what is allocated at one time within the block is too much."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < MOST_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("behave", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_customer_costs_nothing_but_its_own_delivery(
    fake_twilio: FakeTwilioFixture, behave: Behaviour
) -> None:
    with (
        customer(behave) as hostile,
        customer(answer(FAREWELL)) as good,
        fake_twilio.client() as client,
        little_memory(),
    ):
        bad_url = hostile.url(f"/status#tt={TOTAL_SECONDS * 1000:.0f}")
        for url in (bad_url, good.url(), bad_url, good.url()):
            client.messages.send(to=RECIPIENT, from_=SENDER, body="x", status_callback=url)
        began = monotonic()
        fake_twilio.settle()
        took = monotonic() - began

    assert took < 2 * TOTAL_SECONDS + SLACK_SECONDS  # two statuses, one after the other
    assert [message.status for message in fake_twilio.messages] == [Status.DELIVERED] * 4
    assert len(good.requests) == 4
    assert all(delivery.is_taken for delivery in fake_twilio.callbacks if delivery.webhook.url == good.url())
    assert len(good.requests) < len(fake_twilio.callbacks)  # the log has the others, too
    assert fake_twilio.pending == ()


def test_who_hangs_holds_up_no_other_target(fake_twilio: FakeTwilioFixture) -> None:
    """A hundred webhooks wait for one customer that hangs; another one gets its own meanwhile."""
    with customer(stay_silent) as hanging, customer(answer(FAREWELL)) as good, fake_twilio.client() as client:
        fake_twilio.reset(clock="real")
        fake_twilio.set_speed(1000)
        for _ in range(100):
            client.messages.send(to=RECIPIENT, from_=SENDER, body="x", status_callback=hanging.url())
        client.messages.send(to=RECIPIENT, from_=SENDER, body="x", status_callback=good.url())
        began = monotonic()
        while len(good.requests) < 2 and monotonic() < began + 5:
            requests.get(f"{fake_twilio.url}/_fake/clock", timeout=5)
        fake_twilio.reset()  # what hangs ends with its customer

        assert len(good.requests) == 2


def bombs() -> dict[str, tuple[bytes, str, set[int], int]]:
    """Return what an app may answer to a message: body, type, alerts, and how many replies become of it."""
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    billion = b'<!DOCTYPE x [<!ENTITY a0 "ha">' + entities + b"]><Response><Message>&a9;</Message></Response>"
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Response><Message>&a;</Message></Response>'
    xml = "text/xml"
    return {
        "an entity bomb": (billion, xml, {12100}, 0),
        "a file as an entity": (outside, xml, {12100}, 0),
        "a thousand messages": (b"<Response>" + b"<Message>x</Message>" * 1_000 + b"</Response>", xml, {14109}, 10),
        "a million elements in each other": (b"<Response>" + b"<a>" * 1_000_000, xml, {11750}, 0),
        "as many as 64 kB hold": (b"<Response>" + b"<a>" * 9_000 + b"</a>" * 9_000 + b"</Response>", xml, {12200}, 0),
        "ten thousand strange verbs": (b"<Response>" + b"<Say/>" * 10_000 + b"</Response>", xml, {14110}, 0),
        "no XML": (b"<Response><Message>", xml, {12100}, 0),
        "UTF-16 that says UTF-8": ("<Response/>".encode("utf-16"), "text/xml; charset=utf-8", set(), 0),
        "an encoding that is none": (b'<?xml version="1.0" encoding="x"?><Response/>', xml, {12100}, 0),
        "NULs in XML": (b"<Response>\0<Message>\0</Message></Response>", xml, {12100}, 0),
        "NULs in a text": (b"\0\0x\0", "text/plain", set(), 1),
        "half a letter": (b"+2AA-", "text/plain; charset=utf-7", set(), 1),
        "a codec that is no charset": (b"\\ud800", "text/plain; charset=unicode_escape", set(), 1),
        "a type of brackets": (b"<Response/>", "text/xml; " + "(" * 50_000, set(), 0),
        "itself again": (b"<Response><Redirect/></Response>", xml, {14106}, 0),
        "what is no address": (b"<Response><Redirect>http://[</Redirect></Response>", xml, {11210}, 0),
        "a text of 10 MB": (b"x" * 10_000_000, "text/plain", {11750}, 0),
    }


@pytest.mark.parametrize(("body", "kind", "codes", "replies"), bombs().values(), ids=bombs())
def test_an_answer_that_is_a_bomb_is_an_alert_and_the_next_message_is_answered(
    fake_twilio: FakeTwilioFixture, body: bytes, kind: str, codes: set[int], replies: int
) -> None:
    app = Flask("customer")

    @app.post("/sms")
    def sms() -> tuple[bytes, int, dict[str, str]]:
        return (body, 200, {"Content-Type": kind}) if request.form["Body"] == "bomb" else (b"fine", 200, PLAIN)

    fake_twilio.reset(parse_scenario(WORLD), seed=1)
    fake_twilio.mount("https://app.test", app)
    with little_memory():
        fake_twilio.receive(RECIPIENT, SENDER, "bomb")
        fake_twilio.receive("+15551234568", SENDER, "hello")
        fake_twilio.settle()
    sent = [message for message in fake_twilio.messages if message.direction == "outbound-reply"]
    shown = requests.get(f"{fake_twilio.url}/_fake/messages", timeout=5)

    assert {alert.code for alert in fake_twilio.alerts} == codes
    assert sum(message.to == RECIPIENT for message in sent) == replies
    assert [message.body for message in sent if message.to != RECIPIENT] == ["fine"]
    assert shown.status_code == 200


PLAIN = {"Content-Type": "text/plain"}
WORLD = f'about: x.\nnumbers: ["{SENDER}"]\ninbound: {{url: "https://app.test/sms"}}\ndefaults: {{timeline: []}}\n'
