"""Tests of the connection to the API that is recorded."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from fake_twilio.recording.upstream import Upstream, check_upstream
from fake_twilio.recording.wire import Asked, NotAnswered
from fake_twilio.timing.clock import monotonic
from tests.fake_twilio import customers
from tests.fake_twilio.recording.answers import CREATION, MESSAGES


@pytest.fixture
def upstream(httpserver: HTTPServer) -> Iterator[Upstream]:
    with closing(Upstream(httpserver.url_for("/"), monotonic)) as made:
        yield made


def test_a_request_goes_on_as_it_came(httpserver: HTTPServer, upstream: Upstream) -> None:
    httpserver.expect_request(MESSAGES, method="POST").respond_with_data(b"{}", 201, {"Twilio-Request-Id": "RQ1"})

    answered = upstream.send(CREATION)

    assert (answered.status, answered.body, dict(answered.headers)["Twilio-Request-Id"]) == (201, b"{}", "RQ1")
    ((request, _),) = httpserver.log
    assert (request.data, request.headers["Authorization"]) == (CREATION.body, "Basic c2VjcmV0")
    assert answered.seconds > 0


def test_an_address_is_called_character_by_character(httpserver: HTTPServer, upstream: Upstream) -> None:
    seen: list[str] = []

    def take(request: Request) -> Response:
        seen.append(request.environ["RAW_URI"])
        return Response(status=204)

    httpserver.expect_request("/a b~").respond_with_handler(take)

    upstream.send(Asked(method="GET", target="/%61%20b%7E?To=%2B1555&x"))

    assert seen == ["/%61%20b%7E?To=%2B1555&x"]


def test_a_redirect_is_passed_on(httpserver: HTTPServer, upstream: Upstream) -> None:
    httpserver.expect_request("/old").respond_with_data(status=307, headers={"Location": "/new"})

    assert upstream.send(Asked(method="GET", target="/old")).status == 307
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    "behave",
    [customers.reset, customers.answer(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nha")],
    ids=["reset", "half a body"],
)
def test_no_whole_answer_is_told_and_not_asked_for_again(behave: customers.Behaviour) -> None:
    with (
        customers.customer(behave) as customer,
        closing(Upstream(customer.url(""), monotonic)) as upstream,
        pytest.raises(NotAnswered, match="the upstream gave no answer: "),
    ):
        upstream.send(CREATION)

    assert customer.connections == 1


@pytest.mark.parametrize(
    "url", ["https://api.twilio.com/", "https://proxy.example/twilio", "http://127.0.0.1:7670", "http://[::1]:1"]
)
def test_an_api_is_called_by_https_or_on_this_machine(url: str) -> None:
    assert check_upstream(url) == url.rstrip("/")


@pytest.mark.parametrize(
    "url",
    [
        "http://api.twilio.com",
        "http://127.0.0.1.example",
        "ftp://127.0.0.1",
        "x",
        "https://a:b@h.test",
        "https://h.test?a",
    ],
)
def test_nothing_else_is_called(url: str) -> None:
    with pytest.raises(ValueError, match="wanted"):
        check_upstream(url)
