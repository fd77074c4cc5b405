"""One connection carries many questions, and is opened anew after a failure."""

from collections.abc import Iterator
from contextlib import closing
from threading import get_ident
from time import monotonic
from typing import Any

import pytest

from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.kept import Kept
from fake_twilio.wire.http_server import Server


class Echo:
    """An application that tells what it was asked, and by whom: the server has a thread for each connection."""

    def __init__(self) -> None:
        self.threads: list[int] = []
        self.answers: list[bytes] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.threads.append(get_ident())
        start("200 OK", [])
        body = environ["wsgi.input"].read().decode().replace('"', "'")
        parts = [environ["REQUEST_METHOD"], environ["PATH_INFO"], environ.get("HTTP_X_SIGN")]
        asked = " ".join(part for part in (*parts, environ.get("CONTENT_TYPE"), body) if part)
        return [self.answers.pop(0) if self.answers else f'{{"asked": "{asked}"}}'.encode()]


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def server(echo: Echo) -> Iterator[Server]:
    made = Server("127.0.0.1", 0, echo, monotonic)
    made.start()
    yield made
    made.stop(0.1)


def test_questions_share_a_connection_and_bring_their_headers(server: Server, echo: Echo) -> None:
    kept = Kept(f"http://127.0.0.1:{server.port}/base/", {"X-Sign": "yes"})

    told = [kept.get("/a"), kept.post("/b", {"c": 1}), kept.post_form("/d", (("To", "+1"), ("To", "2")))]

    assert [each.tree["asked"] for each in told] == [
        "GET /base/a yes",
        "POST /base/b yes application/json {'c': 1}",
        "POST /base/d yes application/x-www-form-urlencoded To=%2B1&To=2",
    ]
    assert len(set(echo.threads)) == 1
    kept.close()


@pytest.mark.parametrize("body", [b"", b"[1]", b"<html>"])
def test_what_is_no_object_is_an_empty_one(server: Server, echo: Echo, body: bytes) -> None:
    echo.answers.append(body)

    with closing(Kept(f"http://127.0.0.1:{server.port}")) as kept:
        assert kept.get("/") == (200, {})


def test_no_answer_is_one_failure_and_the_next_question_goes_out_anew(server: Server, echo: Echo) -> None:
    kept = Kept(f"http://127.0.0.1:{server.port}")
    kept.get("/a")
    server.stop(0.1)

    for _ in range(2):
        with pytest.raises(RequestFailed, match=r"no answer \(\w+\)"):
            kept.get("/a")

    again = Server("127.0.0.1", server.port, echo, monotonic)
    again.start()
    assert kept.get("/a").status == 200
    kept.close()
    again.stop(0.1)
