"""Whatever is sent, the fake answers in Twilio's form, stays up, and logs no accident.

``FUZZ_REQUESTS`` says how many requests are made, ``FUZZ_SEED`` from which seed; a failure names the seed of its case.
"""

import logging
import os
from base64 import b64encode
from collections.abc import Iterator
from random import Random
from threading import Thread
from time import monotonic
from typing import Any

import pytest
import requests
from flask import Flask, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from fake_twilio import FakeTwilio
from fake_twilio.admin.blueprint import admin_blueprint
from fake_twilio.domain.messages.media import media_of
from fake_twilio.web.app import create_app
from tests.doubles import RECIPIENT, SENDER
from tests.fuzz.case import Case, build
from tests.fuzz.judge import exchange, faults, split
from tests.fuzz.raw import FRAMINGS, HOST, large_body, raw
from tests.fuzz.requests import Known, structured

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "5000"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
CHUNK = 500
FORM = "Content-Type: application/x-www-form-urlencoded"


@pytest.fixture
def fake() -> Iterator[FakeTwilio]:
    with FakeTwilio(seed=SEED, clock="manual") as running:
        yield running


def account_path(fake: FakeTwilio) -> str:
    return f"/2010-04-01/Accounts/{fake.account_sid}"


def post(fake: FakeTwilio, path: str, **form: str) -> dict[str, Any]:
    """Send a good request that makes something; return what."""
    response = requests.post(fake.url + path, data=form, auth=(fake.account_sid, fake.auth_token), timeout=5)
    assert response.status_code == 201, response.text
    return dict(response.json())


def send(fake: FakeTwilio) -> str:
    """Send a good message; return its SID."""
    media_url = "https://media.example/a.png"
    form = {"To": RECIPIENT, "From": SENDER, "Body": "x", "MediaUrl": media_url}
    return str(post(fake, f"{account_path(fake)}/Messages.json", **form)["sid"])


def learn(fake: FakeTwilio) -> Known:
    """Return what the fuzz may know of *fake*."""
    app = create_app(lambda: fake._world.realm, monotonic, own=(admin_blueprint(fake),))
    rules = app.url_map.iter_rules()
    routes = tuple((rule.rule, tuple(sorted(rule.methods or ()))) for rule in rules)
    accounts = (*[(fake.account_sid, fake.auth_token)] * 4, (fake.test_account_sid, fake.test_auth_token))
    sids = [send(fake) for _ in range(5)]
    media = [item.sid for message in fake.messages for item in media_of(message)]
    services = [str(post(fake, "/v1/Services", FriendlyName="x")["sid"]) for _ in range(2)]
    numbers = [str(post(fake, f"{account_path(fake)}/IncomingPhoneNumbers.json", AreaCode="415")["sid"])]
    made_up = ("SM" + "0" * 32, "ME" + "f" * 32, "AC" + "9" * 32, "SK" + "1" * 32)
    return Known(routes, accounts, (*sids, *media, *services, *numbers, *made_up))


def cases(seed: str, known: Known, count: int) -> Iterator[Case]:
    """Make *count* cases, the same ones for the same *seed*."""
    chance = Random(seed)
    for _ in range(count):
        yield structured(chance, known) if chance.random() < 0.7 else raw(chance)


@pytest.mark.parametrize("chunk", range(-(-REQUESTS // CHUNK)))
def test_no_request_brings_the_fake_down(fake: FakeTwilio, chunk: int, caplog: pytest.LogCaptureFixture) -> None:
    known, seed = learn(fake), f"{SEED}/{chunk}"
    secrets = (fake.auth_token, fake.test_auth_token)
    made = cases(seed, known, min(CHUNK, REQUESTS - chunk * CHUNK))

    found = {case.data[:300]: wrong for case in made if (wrong := faults(fake.port, case, secrets))}

    assert not found, f"FUZZ_SEED={SEED}, chunk {chunk}: {found}"
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert send(fake)


def test_the_same_seed_makes_the_same_cases(fake: FakeTwilio) -> None:
    known = learn(fake)

    assert list(cases("7", known, 50)) == list(cases("7", known, 50))
    assert list(cases("7", known, 50)) != list(cases("8", known, 50))


@pytest.fixture
def naive() -> Iterator[int]:
    """Serve what one writes in five minutes: Flask and Werkzeug as they come; the port is given."""
    app = Flask("naive")
    app.logger.disabled = True
    app.add_url_rule("/2010-04-01/<path:said>", "said", lambda said: Response(XML[said], 404))
    app.add_url_rule("/2010-04-01/Accounts.json", "broken", lambda: {}["no"], methods=["POST"])
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()
    server.server_close()


class QuietHandler(WSGIRequestHandler):
    """Werkzeug's handler without its log."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the base class names it
        pass


XML = {
    "cut": "<?xml version='1.0'?><TwilioResponse>",
    "control": "<?xml version='1.0'?><TwilioResponse><RestException>\x01</RestException></TwilioResponse>",
    "other": "<?xml version='1.0'?><Response/>",
    "empty": "<?xml version='1.0'?><TwilioResponse><RestException><Code/></RestException></TwilioResponse>",
    "status": "<?xml version='1.0'?><TwilioResponse><RestException><Code/><Message/><MoreInfo/><Status>400</Status>"
    "</RestException></TwilioResponse>",
}
NAIVE = [
    (build("GET", "/2010-04-01/cut", []), "404 with XML that cannot be read"),
    (build("GET", "/2010-04-01/control", []), "404 with XML that cannot be read"),
    (build("GET", "/2010-04-01/other", []), "404 that is no TwilioResponse"),
    (build("GET", "/2010-04-01/empty", []), "404 with other elements"),
    (build("GET", "/2010-04-01/status", []), "404 that says 400"),
    (build("GET", "/nowhere", []), "404 without JSON"),
    (build("GET", "/nowhere", []), "the answer says b'<!doctype'"),
    (build("POST", "/2010-04-01/Accounts.json", [], b"a=b"), "status 500"),
    (Case(b"GET / HTTP/9.9\r\n\r\n"), "no HTTP"),
    (build("POST", "/2010-04-01/Accounts.json", ["Content-Encoding: gzip"], b"a=b", 415), "500 instead of 415"),
]


@pytest.mark.parametrize(("case", "fault"), NAIVE, ids=[f"{number} {fault}" for number, (_, fault) in enumerate(NAIVE)])
def test_the_judge_finds_the_faults_of_a_naive_fake(naive: int, case: Case, fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(naive, case))


def test_the_fuzz_as_it_is_made_finds_the_faults_of_a_naive_fake(fake: FakeTwilio, naive: int) -> None:
    assert any(faults(naive, case) for case in cases("naive", learn(fake), 20))


TABLE = [
    pytest.param(large_body(), id="two megabytes"),
    *(
        pytest.param(Case(b"POST / HTTP/1.1\r\n" + HOST + lines + b"\r\n\r\nabc", status), id=lines.decode())
        for lines, status in FRAMINGS
    ),
]


@pytest.mark.parametrize("case", TABLE)
def test_what_cannot_be_read_is_refused_in_twilios_form_and_closed(fake: FakeTwilio, case: Case) -> None:
    follower = Case(case.data + b"GET / HTTP/1.1\r\n" + HOST + b"\r\n", case.status)

    assert faults(fake.port, follower) == []
    assert len(split(exchange(fake.port, follower), is_head=False)) == 1  # what follows is never read as a request


FORMS = [
    pytest.param(b"To=%2B15551234567&From=%2B15005550006&Body=one&Body=two", FORM, 201, b'"one"', id="repeated key"),
    pytest.param(
        b"To=%2B15551234567&From=%2B15005550006&Body=%ff\xfe", FORM, 201, "\ufffd\ufffd".encode(), id="no UTF-8"
    ),
    pytest.param(b'{"To": "+15551234567"}', "Content-Type: application/json", 400, b"21604", id="JSON"),
    pytest.param(b'{"To": "+15551234567"}', FORM, 400, b"21604", id="JSON that says it is a form"),
    pytest.param(b"To=null&From=%2B15005550006&Body=x", FORM, 400, b"21211", id="a word for a number"),
    pytest.param(b"&".join([b"To=x"] * 1001), FORM, 400, b"20001", id="too many fields"),
]


@pytest.mark.parametrize(("body", "content_type", "status", "part"), FORMS)
def test_a_form_is_read_as_twilio_reads_it(
    fake: FakeTwilio, body: bytes, content_type: str, status: int, part: bytes
) -> None:
    basic = b64encode(f"{fake.account_sid}:{fake.auth_token}".encode()).decode()
    path = f"/2010-04-01/Accounts/{fake.account_sid}/Messages.json"
    case = build("POST", path, [f"Authorization: Basic {basic}", content_type], body, status)

    assert faults(fake.port, case) == []
    assert part in exchange(fake.port, case)
