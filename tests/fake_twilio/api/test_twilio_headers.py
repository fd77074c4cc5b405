"""Tests of Twilio's headers."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug import Request, Response
from werkzeug.test import Client, create_environ

from fake_twilio.accounts.under_way import VISIT, UnderWay
from fake_twilio.api.twilio_headers import REQUEST_ID, TwilioHeaders
from fake_twilio.domain.fate.faults import ANSWERED, FAULT, Fault
from tests.fake_twilio.doubles import Stopwatch


def client(view: Callable[[], Response], step: float = 0.0) -> Client:
    @Request.application
    def application(_request: Request) -> Response:
        return view()

    ids = iter(["RQ1", "RQ2"])
    return Client(TwilioHeaders(application, lambda: next(ids), Stopwatch(step)))


def test_every_answer_has_the_headers() -> None:
    asked = client(lambda: Response("x", 404), step=0.25)

    one, two = asked.get("/"), asked.get("/")

    assert (one.status_code, one.text) == (404, "x")
    assert [answer.headers["Twilio-Request-Id"] for answer in (one, two)] == ["RQ1", "RQ2"]
    assert one.headers["Twilio-Request-Duration"] == "0.250"
    assert (one.headers["X-Home-Region"], one.headers["X-Api-Domain"]) == ("us1", "api.twilio.com")


def test_the_id_that_a_view_chose_stays() -> None:
    @Request.application
    def application(request: Request) -> Response:
        request.environ[REQUEST_ID] = "RQ9"
        return Response("x")

    answer = Client(TwilioHeaders(application, lambda: "RQ1", Stopwatch())).get("/")

    assert answer.headers.getlist("Twilio-Request-Id") == ["RQ9"]


def test_a_request_of_an_account_is_told_how_many_are_under_way_and_ends_also_when_it_breaks() -> None:
    house, breaks = UnderWay(), [False, True]
    house.begin("AC1", None)

    @Request.application
    def application(request: Request) -> Response:
        request.environ[VISIT] = house.begin("AC1", None)
        if breaks.pop(0):
            raise RuntimeError("broken")
        return Response("x")

    asked = Client(TwilioHeaders(application, lambda: "RQ1", Stopwatch()))

    assert asked.get("/").headers["Twilio-Concurrent-Requests"] == "2"
    with pytest.raises(RuntimeError, match="broken"):
        asked.get("/")
    assert house.counts() == {"AC1": 1}


def test_a_request_whose_answer_meets_a_fault_is_under_way_until_the_connection_has_performed_it() -> None:
    house, environ = UnderWay(), create_environ()
    environ |= {VISIT: house.begin("AC1", None), FAULT: Fault(latency_seconds=1.0)}

    list(TwilioHeaders(Response("x"), lambda: "RQ1", Stopwatch())(environ, lambda *_: None))
    before = house.counts()
    environ[ANSWERED]()

    assert (before, house.counts()) == ({"AC1": 1}, {})


def test_a_request_of_nobody_known_is_alone() -> None:
    assert client(lambda: Response("x", 401)).get("/").headers["Twilio-Concurrent-Requests"] == "1"


def test_what_the_application_says_of_an_error_comes_through() -> None:
    heard: list[Any] = []

    def application(_environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("500 X", [], ("kind", "error", "trace"))
        return [b""]

    TwilioHeaders(application, lambda: "RQ1", Stopwatch())({}, lambda *words: heard.extend(words))

    assert (heard[0], heard[2]) == ("500 X", ("kind", "error", "trace"))
