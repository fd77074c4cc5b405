"""The load that servers are compared by: a request, posted again and again on a few kept connections."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from time import perf_counter
from typing import NamedTuple

from fake_twilio.domain.accounts.account import AUTH_TOKEN
from fake_twilio.server import ACCOUNT_SID

CONNECTIONS = 8
PATH = f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"  # of a fake
HEADERS = {
    "Authorization": "Basic " + b64encode(f"{ACCOUNT_SID}:{AUTH_TOKEN}".encode()).decode(),
    "Content-Type": "application/x-www-form-urlencoded",
}


class WrongAnswerError(RuntimeError):
    """A server answered with another status than the one that was wanted."""


class Post(NamedTuple):
    """What each connection posts, one body after the other, and the status of each answer."""

    path: str
    headers: Mapping[str, str]
    bodies: Sequence[str]
    status: int = 201


def requests_a_second(port: int, post: Post) -> float:
    """Return how many requests a second a server of this machine answers; raise `WrongAnswerError` if it does not."""
    began = perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(lambda _: post_all(port, post), range(CONNECTIONS)))
    return CONNECTIONS * len(post.bodies) / (perf_counter() - began)


def post_all(port: int, post: Post) -> None:
    """Post all bodies on one connection; raise `WrongAnswerError` for another answer than the one that was wanted."""
    connection = HTTPConnection("127.0.0.1", port)
    for body in post.bodies:
        connection.request("POST", post.path, body, dict(post.headers))
        answer = connection.getresponse()
        answer.read()
        if answer.status != post.status:
            raise WrongAnswerError(f"wanted an answer with {post.status}, got {answer.status}")
    connection.close()
