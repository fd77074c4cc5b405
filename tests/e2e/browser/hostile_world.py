"""Brings payloads into a fake by every door through which a text may come that a view shows.

Each text says where it came in and which payload it is, such as ``~media.17.<script…``, so that it is recognised in
what a view shows. Ten payloads come together, in ten texts or in one that holds them all, as the door allows.
"""

import json
import re
import socket
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any
from urllib.parse import quote, unquote_plus

import requests

from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.server import FakeTwilio
from tests.doubles import RECIPIENT, SENDER
from tests.e2e.browser.payloads import COUNT, PAYLOADS

Environ = dict[str, Any]
APP = "https://app.test"  # an app of this process, whose answers are as hostile
ELSEWHERE = "http://127.0.0.1:9"
TOGETHER = 10
CHUNKS = [range(first, first + TOGETHER) for first in range(0, COUNT, TOGETHER)]
SOME = range(0, COUNT, TOGETHER)  # of things of which there are never hundreds
PERSON = "+15550001111"
_SEEN = re.compile(r"~([a-z]+)\.(\d{1,3})\.")
_ADMIN = {"X-Fake-Twilio": "1"}


def text(place: str, number: int) -> str:
    return f"~{place}.{number}.{PAYLOADS[number]}"


def joined(place: str, numbers: Iterable[int], between: str = "\n") -> str:
    return between.join(text(place, number) for number in numbers)


def seen_in(shown: str) -> Iterator[tuple[str, int]]:
    """Yield place and number of each payload in what is *shown*, also as an address writes it.

    It counts up to its first address: some views mask what looks like a number.
    """
    for found in _SEEN.finditer(shown := f"{shown}\n{unquote_plus(shown)}"):
        place, number = found[1], int(found[2])
        if number < COUNT and shown.startswith(PAYLOADS[number].partition("127")[0], found.end()):
            yield place, number


def scenario_text(numbers: range) -> str:
    """Return a scenario all of whose texts are hostile; JSON is YAML."""
    rules = [
        {"name": text("rule", number), "when": {"body": f"*{text('pattern', number)}*"}, "then": {"timeline": []}}
        for number in numbers
    ]
    return json.dumps(
        {
            "about": joined("about", numbers),
            "numbers": [SENDER],
            "inbound": {"url": f"{APP}/sms"},
            "rules": rules,
            "defaults": {"timeline": [{"status": "sent"}, {"status": "delivered"}]},
        }
    )


def put_in(fake: FakeTwilio, scenario: str) -> None:
    """Let a scenario decide that is posted."""
    requests.post(f"{fake.url}/_fake/scenario", json={"yaml": scenario}, headers=_ADMIN, timeout=5).raise_for_status()


def fill(fake: FakeTwilio) -> None:
    """Let everything be hostile that a fake with the numbers of `scenario_text` takes."""
    fake.mount(APP, hostile_app)
    for numbers in CHUNKS:
        send(fake, numbers)
        fake.receive(PERSON, SENDER, joined("inbound", numbers), [f"{ELSEWHERE}/{text('inmedia', n)}" for n in numbers])
        fake.advance("2m")
    fake.settle()
    send(fake, CHUNKS[0], callback="")
    visit(fake)
    for number in range(COUNT):
        fake._world.engine.senders.opt_outs.put(text("optout", number), text("optoutsender", number))
        requests.get(f"{fake.url}/{quote(text('route', number))}", timeout=5)


def visit(fake: FakeTwilio) -> None:
    """Ask with hostile headers, of which none is kept."""
    names = (
        "User-Agent",
        "Referer",
        "X-Forwarded-Host",
        "X-Forwarded-For",
        "Accept-Language",
        "I-Twilio-Idempotency-Token",
    )
    for number in SOME:
        headers = {name: text("header", number) for name in names}
        requests.get(f"{fake.url}/2010-04-01/Accounts.json", headers=headers, timeout=5)


def send(fake: FakeTwilio, numbers: range, callback: str = "callback") -> None:
    """Send a message with ten payloads in each field that takes any text."""
    media = [("MediaUrl", f"{ELSEWHERE}/{text('media', number)}") for number in numbers]
    options = [("PersistentAction", text("option", number)) for number in numbers]
    strange = [(text("parameter", number), "x") for number in numbers]
    told = [("StatusCallback", f"{APP}/{joined('callback', numbers, '/')}")] if callback else []
    base = [("To", RECIPIENT), ("From", SENDER), ("Body", joined("body", numbers))]
    fake.submit((*base, *media, *options, *strange, *told))


def hostile_app(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a message with TwiML, a status with a redirect, and what comes there with an error: hostile all."""
    numbers = _numbers_of(environ)
    if environ["PATH_INFO"] == "/sms":
        start_response("200 OK", [("Content-Type", "text/xml")])
        return [f"<Response><Message>{escape(joined('twiml', numbers))}</Message></Response>".encode()]
    if "/~callback." in environ["PATH_INFO"]:
        start_response("302 Found", [("Location", f"{APP}/{joined('location', numbers, '/')}")])
        return [joined("answer", numbers).encode()]
    start_response("500 Internal Server Error", [("Content-Type", "text/html")])
    return [joined("page", numbers).encode()]


def _numbers_of(environ: Environ) -> range:
    """Return the ten payloads that a request brought: those of its address, or of the text of a message."""
    number = next(seen_in(environ["PATH_INFO"] + environ["wsgi.input"].read().decode()))[1]
    first = number - number % TOGETHER
    return range(first, first + TOGETHER)


def name_things(fake: FakeTwilio) -> None:
    """Give accounts, keys, numbers and services hostile names and addresses, some of each."""
    base, account = f"{fake.url}/2010-04-01", f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}"
    with requests.Session() as api:
        api.auth = (fake.account_sid, fake.auth_token)
        for number in SOME:
            api.post(f"{base}/Accounts.json", {"FriendlyName": text("account", number)}).raise_for_status()
            api.post(f"{account}/Keys.json", {"FriendlyName": text("key", number)}).raise_for_status()
            service = {
                "FriendlyName": text("service", number)[:64],
                "InboundRequestUrl": f"{APP}/{text('hook', number)}",
            }
            api.post(f"{fake.url}/v1/Services", service).raise_for_status()
            bought = {"PhoneNumber": f"+1415555{number:04}", "FriendlyName": text("number", number)}
            bought["SmsUrl"] = f"{APP}/{text('numberhook', number)}"
            api.post(f"{account}/IncomingPhoneNumbers.json", bought).raise_for_status()


def refused_sends(fake: FakeTwilio, field: str, prefix: str = "") -> dict[str, int]:
    """Count why payloads in one field of a message are refused; what is taken counts as taken."""
    base = {"To": RECIPIENT, "From": SENDER, "Body": "hello"}

    def attempt(payload: str) -> str:
        try:
            fake.submit(tuple({**base, field: f"{prefix}{payload}"}.items()))
        except Refusal as refused:
            return str(refused.code)
        return "taken"

    return counted(attempt)


def refused_changes(fake: FakeTwilio, path: str, make: Callable[[str], Any]) -> dict[str, int]:
    """Count the statuses with which the fake's own API answers payloads in a body."""
    with requests.Session() as api:
        api.headers.update(_ADMIN)
        return counted(lambda payload: str(api.post(f"{fake.url}/_fake{path}", json=make(payload)).status_code))


def refused_hosts(fake: FakeTwilio) -> dict[str, int]:
    """Count the statuses with which payloads are answered as the host that is asked for."""
    with requests.Session() as api:
        return counted(lambda payload: str(api.get(fake.url, headers={"Host": f"x{payload}"}).status_code))


def refused_methods(fake: FakeTwilio) -> dict[str, int]:
    """Count the statuses with which payloads are answered as the method of a request, in one word."""

    def attempt(payload: str) -> str:
        with socket.create_connection(("127.0.0.1", fake.port), timeout=5) as wire:
            wire.sendall(f"{payload.replace(' ', '/')} / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            return wire.recv(12).decode().removeprefix("HTTP/1.1 ")

    return counted(attempt)


def counted(attempt: Callable[[str], str]) -> dict[str, int]:
    outcomes = [attempt(payload) for payload in PAYLOADS]
    return {outcome: outcomes.count(outcome) for outcome in sorted(set(outcomes))}
