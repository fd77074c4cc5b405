"""An arrival is told on the clock of who asks."""

from collections.abc import Iterator
from contextlib import closing
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest
from pytest_httpserver import HTTPServer

from fake_twilio.load.arrived import Arrivals
from fake_twilio.load.callback_book import CallbackBook
from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.kept import Kept
from fake_twilio.load.sink_app import SinkApp
from fake_twilio.wire.http_server import Server

SID = "SM" + "5a" * 16


@pytest.fixture
def book() -> CallbackBook:
    return CallbackBook(monotonic)


class Connections(list[Kept]):
    """Connections to a sink, all that were made."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __call__(self) -> Kept:
        self.append(Kept(self._url))
        return self[-1]


@pytest.fixture
def connections(book: CallbackBook) -> Iterator[Connections]:
    server = Server("127.0.0.1", 0, SinkApp(book, ""), monotonic)
    server.start()
    made = Connections(f"http://127.0.0.1:{server.port}")
    yield made
    for each in made:
        each.close()
    server.stop(0.1)


def test_it_is_told_by_the_clock_of_who_asks_whatever_that_shows(book: CallbackBook, connections: Connections) -> None:
    came_at = monotonic()
    book.note(SID, "sent")

    arrived = Arrivals(connections, lambda: monotonic() + 1_000_000).wait_for(SID, "sent", 5)

    assert arrived - 1_000_000 == pytest.approx(came_at, abs=1)


def test_what_does_not_come_in_time_is_a_failure(book: CallbackBook, connections: Connections) -> None:
    book.note(SID, "sent")

    with pytest.raises(RequestFailed, match="no callback delivered in time"):
        Arrivals(connections).wait_for(SID, "delivered", 0.01)


def test_a_sink_that_is_none_is_a_failure(connections: Connections) -> None:
    with pytest.raises(RequestFailed, match="sink: HTTP 400"):
        Arrivals(connections).wait_for("SM1", "delivered", 5)


def test_another_server_at_its_port_is_a_failure(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/arrivals").respond_with_json({"ok": True})

    with closing(Kept(httpserver.url_for(""))) as kept, pytest.raises(RequestFailed, match="sink: HTTP 200"):
        Arrivals(lambda: kept).wait_for(SID, "delivered", 5)


def test_who_waits_one_after_the_other_share_a_connection_and_others_do_not(
    book: CallbackBook, connections: Connections
) -> None:
    arrivals = Arrivals(connections)
    with ThreadPoolExecutor(2) as waiting:
        both = [waiting.submit(arrivals.wait_for, SID, status, 30) for status in ("sent", "delivered")]
        while len(connections) < 2:
            pass
        book.note(SID, "sent")
        book.note(SID, "delivered")
        assert all(each.result(10) for each in both)

    arrivals.wait_for(SID, "sent", 5)
    arrivals.close()

    assert len(connections) == 2
