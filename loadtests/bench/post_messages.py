"""How fast the fake takes messages, next to a bare Flask view on the same server.

The bare view parses the form, checks Basic auth and answers 700 bytes of JSON. Both servers are processes of their own;
eight kept connections post to each in turn, and the ratio of each pair of rounds counts. Prints ``name value goal
PASS|FAIL`` and ends with status 0 either way: it measures, it does not judge.
"""

import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from statistics import median
from time import monotonic, perf_counter
from urllib.parse import urlencode

from figures import report
from flask import Flask, Response, request

from fake_twilio.commands.collector import let_garbage_wait
from fake_twilio.domain.accounts.account import AUTH_TOKEN
from fake_twilio.server import ACCOUNT_SID, FakeTwilio
from fake_twilio.wire.http_server import Server

CONNECTIONS = 8
REQUESTS = 250  # for each connection and round
ROUNDS = 15
GOAL = 0.70
PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
BODIES = [  # a campaign: everybody gets one
    urlencode({"To": f"+1555{number:07}", "From": "+15005550006", "Body": "Your parcel has arrived."})
    for number in range(REQUESTS)
]
HEADERS = {
    "Authorization": "Basic " + b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode(),
    "Content-Type": "application/x-www-form-urlencoded",
}
ANSWER = b'{"body": "' + b"x" * 688 + b'"}'


def serve_bare() -> None:
    app = Flask("bare")

    @app.post(PATH)
    def create() -> Response:
        known = request.authorization is not None and request.authorization.password == AUTH_TOKEN
        if not known or not request.form["To"] or not request.form["Body"]:
            return Response(status=400)
        return Response(ANSWER, status=201, content_type="application/json")

    server = Server("127.0.0.1", 0, app.wsgi_app, monotonic)
    server.start()
    _wait_at(server.port)


def serve_fake() -> None:
    let_garbage_wait()  # as `fake-twilio serve` does
    with FakeTwilio() as fake:
        _wait_at(fake.port)


def _wait_at(port: int) -> None:
    print(port, flush=True)
    sys.stdin.read()


SERVERS: dict[str, Callable[[], None]] = {"bare": serve_bare, "fake": serve_fake}


@contextmanager
def serving(name: str) -> Iterator[int]:
    """Run a server in a process of its own; give its port. It ends when its input does."""
    command = [sys.executable, __file__, name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.communicate()


def post_many(port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port)
    for body in BODIES:
        connection.request("POST", PATH, body, HEADERS)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 201, answer.status
    connection.close()


def requests_a_second(port: int) -> float:
    threads = [threading.Thread(target=post_many, args=(port,)) for _ in range(CONNECTIONS)]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return CONNECTIONS * REQUESTS / (perf_counter() - began)


def main() -> None:
    with serving("bare") as bare, serving("fake") as fake:
        rounds = [(requests_a_second(bare), requests_a_second(fake)) for _ in range(ROUNDS + 1)][1:]
    ratio = median(fake_rate / bare_rate for bare_rate, fake_rate in rounds)
    report("bare_flask_requests_a_second", median(rate for rate, _ in rounds))
    report("fake_requests_a_second", median(rate for _, rate in rounds))
    report("fake_post_over_bare_flask", ratio, f">={GOAL}")


if __name__ == "__main__":
    SERVERS[sys.argv[1]]() if len(sys.argv) > 1 else main()
