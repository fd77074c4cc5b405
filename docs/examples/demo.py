"""`make demo`: send through a fake Twilio and watch every message live its life.

Starts `fake-twilio serve scenarios/carrier_reject.yaml`, and a small Flask app that takes the status callbacks and
checks their signatures; sends to several numbers; prints each message, its timeline and its callbacks. Ends with status
1 if a message did not end as the scenario says.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from threading import Condition, Thread
from time import monotonic

from flask import Flask, Response, request
from rich.console import Console
from rich.table import Table
from werkzeug.serving import make_server

from twilio_sms import Client, Message, Status
from twilio_sms.webhooks.signature import RequestValidator

SCENARIO = Path(__file__).parents[2] / "scenarios" / "carrier_reject.yaml"
SENDER = "+15005550006"
EXPECTED = {  # what the scenario says of each recipient
    "+15551230001": Status.DELIVERED,
    "+15550100001": Status.UNDELIVERED,
    "+15551230002": Status.DELIVERED,
    "+15550109999": Status.UNDELIVERED,
    "+15550110000": Status.DELIVERED,
}
LONGEST_SECONDS = 12.0


@dataclass(frozen=True)
class Callback:
    """One status callback, as the customer's app took it."""

    sid: str
    status: str
    at: float
    is_genuine: bool


@dataclass
class Inbox:
    """What the customer's app was told."""

    callbacks: list[Callback] = field(default_factory=list)
    changed: Condition = field(default_factory=Condition)

    def take(self, callback: Callback) -> None:
        with self.changed:
            self.callbacks.append(callback)
            self.changed.notify_all()

    def of(self, sid: str) -> list[Callback]:
        return [callback for callback in self.callbacks if callback.sid == sid]

    def wait_for_last(self, sids: set[str], seconds: float) -> bool:
        """Wait until each message was told to be delivered or undelivered."""
        with self.changed:
            return self.changed.wait_for(lambda: all(self._is_over(sid) for sid in sids), seconds)

    def _is_over(self, sid: str) -> bool:
        return any(callback.status in (Status.DELIVERED, Status.UNDELIVERED) for callback in self.of(sid))


def customer_app(auth_token: str, inbox: Inbox) -> Flask:
    """Return the app of someone who sends messages: it takes status callbacks."""
    app = Flask("customer")
    validator = RequestValidator(auth_token)

    @app.post("/status")
    def status() -> Response:
        signature = request.headers.get("X-Twilio-Signature")
        is_genuine = validator.validate(request.url, request.form, signature)
        inbox.take(Callback(request.form["MessageSid"], request.form["MessageStatus"], monotonic(), is_genuine))
        return Response(status=204 if is_genuine else 403)

    return app


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve *app* on a free port; give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def fake_twilio() -> Iterator[dict[str, str]]:
    """Run the fake as a user would; give the variables that it asks to be set."""
    command = [sys.executable, "-m", "fake_twilio", "serve", str(SCENARIO), "--port", "0"]
    with (
        TemporaryFile("w+") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            pasted = next((line for line in process.stdout if line.startswith("export ")), None)
            if pasted is None:
                log.seek(0)
                sys.exit(f"the fake did not start: {log.read()}")
            yield dict(pair.split("=", 1) for pair in pasted.removeprefix("export ").split())
        finally:
            process.terminate()


@dataclass(frozen=True)
class Sent:
    """A message as it was created, and when."""

    message: Message
    at: float


def send_all(client: Client, status_url: str) -> list[Sent]:
    return [
        Sent(
            client.messages.send(to=to, from_=SENDER, body=f"Hello, number {n}", status_callback=status_url),
            monotonic(),
        )
        for n, to in enumerate(EXPECTED, 1)
    ]


def timeline(sent: Sent, inbox: Inbox) -> str:
    """Return the first status and each callback, with its seconds after the send and whether it was genuine."""
    told = [
        f"{callback.status} {callback.at - sent.at:.1f} s {'✓' if callback.is_genuine else '✗'}"
        for callback in inbox.of(sent.message.sid)
    ]
    return " → ".join([sent.message.status_text, *told])


def table_of(sent: list[Sent], ended: list[Message], inbox: Inbox) -> Table:
    table = Table("recipient", "message", "timeline (callbacks ✓ signature right)", "ended", "as the scenario says")
    for begun, message in zip(sent, ended, strict=True):
        error = f" {message.error_code} {message.error_message}" if message.error_code else ""
        verdict = "yes" if message.status == EXPECTED[message.to] else f"NO, wanted {EXPECTED[message.to]}"
        table.add_row(message.to, message.sid, timeline(begun, inbox), message.status_text + error, verdict)
    return table


def main() -> int:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    inbox = Inbox()
    with (
        fake_twilio() as variables,
        serving(customer_app(variables["TWILIO_AUTH_TOKEN"], inbox)) as url,
        Client.from_env({**os.environ, **variables}) as client,
    ):
        sent = send_all(client, f"{url}/status")
        all_told = inbox.wait_for_last({one.message.sid for one in sent}, LONGEST_SECONDS)
        ended = [client.messages.get(one.message.sid) for one in sent]
    Console(width=165).print(table_of(sent, ended, inbox))
    genuine = sum(callback.is_genuine for callback in inbox.callbacks)
    print(f"{len(ended)} messages, {len(inbox.callbacks)} callbacks, {genuine} with the right signature")
    as_said = all(message.status == EXPECTED[message.to] for message in ended)
    return 0 if all_told and as_said and genuine == len(inbox.callbacks) else 1


if __name__ == "__main__":
    sys.exit(main())
