"""Nothing that a program writes tells a secret, a text or a number: reliability, G40.

One client lives through what happens in production: sends, refusals, a lost answer, wrong credentials, a bulk and
webhooks.
Its token, the texts and the numbers are canaries, looked for in all that came of it. What a debugger shows of a secret
is in ``tests/twilio_sms/credentials/test_secret.py``.
"""

import json
import logging
import pickle
import traceback
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest
import requests
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import CollectorRegistry, generate_latest

from fake_twilio import FakeTwilio
from twilio_sms import (
    BasicAuth,
    Client,
    OpenTelemetryTracer,
    PrometheusMetrics,
    RequestValidator,
    SecretString,
    TwilioError,
    WsgiWebhooks,
)

TOKEN = "canary0token0canary0token0canary"
WRONG_TOKEN = "canary1token1canary1token1canary"
TEXT = "canary in the text & more"
RECIPIENTS = ("+15557654321", "+15557654322", "+15557654323")
SENDER = "+15005550006"
SCENARIO = """
about: One recipient is refused, and of another's message the answer is lost.
inbound: {url: "https://app.test/sms"}
rules:
  - {when: {to: "+15557654322"}, then: {refuse: 21211}}
  - {when: {to: "+15557654323"}, then: {fault: {kind: reset, commit: true}}}
defaults: {timeline: [{status: sent, after: 1s}, {status: undelivered, after: 1s, error: 30007}]}
"""
Traces = dict[str, str]


class Kept(logging.Handler):
    """Keeps each line of every log, with its trace."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        told = {name: value for name, value in vars(record).items() if name not in ("args", "exc_info")}
        self.lines.append(self.format(record) + repr(told))


@pytest.fixture
def logged() -> Iterator[Kept]:
    """Hear every logger, at every level."""
    kept, root = Kept(), logging.getLogger()
    before = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(kept)
    root.setLevel(before)


def shown(value: Any) -> str:
    """Return what a value shows of itself to a reader or a log; an error has a trace too, and may be pickled.

    So may a draft, but to be sent elsewhere: that has all of it.
    """
    if not isinstance(value, BaseException):
        return f"{value!r} {value}"
    return f"{value!r} {value} {''.join(traceback.format_exception(value))} {pickle.dumps(value)!r}"


def live(folder: Path) -> Traces:
    """Live through all of it; return what came of it, by where it was seen."""
    spans, registry = InMemorySpanExporter(), CollectorRegistry()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    (folder / "world.yaml").write_text(SCENARIO, "utf-8")
    seen: list[Any] = [secret := SecretString(TOKEN), BasicAuth("AC" + "0" * 32, secret), RequestValidator(TOKEN)]
    with FakeTwilio(str(folder / "world.yaml"), auth_token=TOKEN, clock="manual") as fake:
        options = {"tracer": OpenTelemetryTracer(provider), "metrics": PrometheusMetrics(registry)}
        with Client(fake.account_sid, TOKEN, base_url=fake.url, opt_outs=folder / "optouts.db", **options) as client:
            handler = client.webhooks(TOKEN, store=folder / "webhooks.db")
            fake.mount("https://app.test", WsgiWebhooks(handler))
            seen += [client, handler, *use(client, folder)]
            fake.settle()
            fake.receive(from_=RECIPIENTS[0], to=SENDER, body=f"STOP {TEXT}")
            fake.settle()
            assert {callback.answer.status for callback in fake.callbacks} == {200}
        with Client(fake.account_sid, WRONG_TOKEN, base_url=fake.url) as stranger:
            seen += [stranger, *outcomes(stranger, RECIPIENTS[:1])]
        pages = "".join(page(fake, path) for path in ("/", "/world", "/nowhere", "/_fake/messages", "/_fake/health"))
        errors = page(fake, "/2010-04-01/Accounts/x/Messages.json") + page(fake, f"/{quote_plus(TOKEN)[:3]}")
    return {
        "values and errors": " ".join(map(shown, seen)),
        "metrics": generate_latest(registry).decode(),
        "spans": " ".join(span.to_json() for span in spans.get_finished_spans()),
        "pages of the fake": pages,
        "errors of the fake": errors,
    }


def use(client: Client, folder: Path) -> list[Any]:
    """Send one by one and in bulk; return what came back or was raised."""
    rows = [{"to": to} for to in RECIPIENTS]
    journal = folder / "campaign.db"
    report = client.messages.send_bulk(rows, body_template=TEXT, from_=SENDER, journal=journal)
    return [*outcomes(client, RECIPIENTS), *outcomes(client, ("+1555765432x", TEXT)), report]


def outcomes(client: Client, recipients: tuple[str, ...]) -> list[Any]:
    found: list[Any] = []
    for to in recipients:
        draft = None
        try:
            draft = client.messages.prepare(to=to, from_=SENDER, body=TEXT, status_callback="https://app.test/status")
            found += [draft, client.messages.send(draft)]
        except TwilioError as error:
            found += [draft, error]
    return found


def page(fake: FakeTwilio, path: str) -> str:
    return requests.get(fake.url + path, timeout=5).text


def forms(canary: str, account_sid: str) -> set[str]:
    """Return the ways in which a canary may stand somewhere: plain, in JSON, in a form, as a Basic header."""
    header = b64encode(f"{account_sid}:{canary}".encode()).decode("ascii").rstrip("=")
    return {canary, json.dumps(canary)[1:-1], quote_plus(canary), header}


def found(canaries: tuple[str, ...], text: str, account_sid: str = "ACfa4efa4efa4efa4efa4efa4efa4efa4e") -> list[str]:
    return [canary for canary in canaries if any(form in text for form in forms(canary, account_sid))]


def test_no_secret_no_text_and_no_number_is_told(tmp_path: Path, logged: Kept) -> None:
    traces = live(tmp_path)
    traces["logs"] = "\n".join(logged.lines)

    for where, text in traces.items():
        assert found((TOKEN, WRONG_TOKEN), text) == [], where
    for where in ("values and errors", "metrics", "spans", "logs", "errors of the fake"):
        assert traces[where], where
        assert found((TEXT, *RECIPIENTS), traces[where]) == [], where


def test_a_program_that_tells_is_found_out(logged: Kept) -> None:
    with FakeTwilio(auth_token=TOKEN) as fake:
        url = f"{fake.url}/2010-04-01/Accounts/{fake.account_sid}/Messages.json?To={quote_plus(RECIPIENTS[0])}"
        response = requests.get(url, auth=(fake.account_sid, TOKEN), timeout=5)
    logging.getLogger("careless").debug("sent %s with %s", TEXT, response.request.headers)
    text = "\n".join(logged.lines)

    assert found((TOKEN, TEXT, RECIPIENTS[0]), text) == [TOKEN, TEXT, RECIPIENTS[0]]
