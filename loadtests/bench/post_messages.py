"""How fast the fake takes messages, next to a bare Flask view on the same server.

The bare view parses the form, checks Basic auth and answers 700 bytes of JSON. Both servers are processes of their own;
eight kept connections post to each in turn, and the ratio of each pair of rounds counts. Prints ``name value goal
PASS|FAIL`` and ends with status 0 either way: it measures, it does not judge.
``python loadtests/bench/post_messages.py [requests of a connection and round [rounds]]``
"""

import sys
from collections.abc import Callable
from statistics import median
from time import monotonic
from urllib.parse import urlencode

from figures import report
from flask import Flask, Response, request
from posting import HEADERS, PATH, Post, requests_a_second
from processes import serving, wait_at

from fake_twilio.commands.collector import let_garbage_wait
from fake_twilio.domain.accounts.account import AUTH_TOKEN
from fake_twilio.server import FakeTwilio
from fake_twilio.wire.http_server import Server

REQUESTS = 250  # for each connection and round
ROUNDS = 9
GOAL = 0.70
ANSWER = b'{"body": "' + b"x" * 688 + b'"}'


def creating(requests: int) -> Post:
    """Return a campaign in which each connection sends so many messages: everybody gets one."""
    bodies = [
        urlencode({"To": f"+1555{number:07}", "From": "+15005550006", "Body": "Your parcel has arrived."})
        for number in range(requests)
    ]
    return Post(PATH, HEADERS, bodies)


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
    wait_at(server.port)


def serve_fake() -> None:
    let_garbage_wait()  # as `fake-twilio serve` does
    with FakeTwilio() as fake:
        wait_at(fake.port)


SERVERS: dict[str, Callable[[], None]] = {"bare": serve_bare, "fake": serve_fake}


def main(requests: int = REQUESTS, rounds: int = ROUNDS) -> None:
    post = creating(requests)
    with serving(__file__, "bare") as bare, serving(__file__, "fake") as fake:
        pairs = [(requests_a_second(bare, post), requests_a_second(fake, post)) for _ in range(rounds + 1)][1:]
    report("bare_flask_requests_a_second", median(of_bare for of_bare, _ in pairs))
    report("fake_requests_a_second", median(of_fake for _, of_fake in pairs))
    report("fake_post_over_bare_flask", median(of_fake / of_bare for of_bare, of_fake in pairs), f">={GOAL}")


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in SERVERS:
        SERVERS[sys.argv[1]]()
    else:
        main(*map(int, sys.argv[1:]))
