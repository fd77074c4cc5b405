"""Tests of the proxy as a WSGI application."""

from typing import Any

from werkzeug import Response
from werkzeug.test import EnvironBuilder, run_wsgi_app

from fake_twilio.recording.proxy import Proxy
from fake_twilio.recording.wire import Answered, Asked
from tests.fake_twilio.recording.answers import ScriptedUpstream

ANSWER = Answered(
    status=201,
    reason="CREATED",
    headers=(
        ("Content-Type", "application/json"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("Connection", "close"),
    ),
    body=b"{}",
)


def post(proxy: Proxy, target: str = "/a%20b?c=d") -> Response:
    headers = {"Authorization": "Basic x", "Accept-Encoding": "gzip"}
    environ = EnvironBuilder(method="POST", data=b"To=1", headers=headers).get_environ()
    chunks, status, answered = run_wsgi_app(proxy, {**environ, "REQUEST_URI": target})
    return Response(chunks, status, answered)


def test_request_and_answer_go_on_but_for_what_is_of_the_connection() -> None:
    upstream, noted = ScriptedUpstream(ANSWER), list[tuple[Asked, Answered]]()

    answer = post(Proxy(upstream, lambda *pair: noted.append(pair)))

    (asked,) = upstream.asked
    assert (asked.method, asked.target, asked.body) == ("POST", "/a%20b?c=d", b"To=1")
    assert (dict(asked.headers)["Authorization"], dict(asked.headers)["Accept-Encoding"]) == ("Basic x", "identity")
    assert (answer.status, answer.data, answer.headers.getlist("Set-Cookie")) == ("201 CREATED", b"{}", ["a=1", "b=2"])
    assert "Connection" not in answer.headers
    assert noted == [(asked, ANSWER)]


def test_no_answer_is_a_502_and_not_noted() -> None:
    noted: list[Any] = []

    answer = post(Proxy(ScriptedUpstream(None), lambda *pair: noted.append(pair)))

    assert (answer.status_code, (answer.json or {})["message"], noted) == (
        502,
        "the upstream gave no answer: ConnectTimeout",
        [],
    )


def test_what_is_no_path_goes_nowhere() -> None:
    upstream = ScriptedUpstream()

    assert post(Proxy(upstream, lambda *_: None), "@evil.example/").status_code == 400
    assert upstream.asked == []
