"""An arrival is told on the clock of who asks."""

from collections.abc import Iterator
from time import monotonic

import pytest

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


@pytest.fixture
def sink(book: CallbackBook) -> Iterator[Kept]:
    server = Server("127.0.0.1", 0, SinkApp(book, ""), monotonic)
    server.start()
    kept = Kept(f"http://127.0.0.1:{server.port}")
    yield kept
    kept.close()
    server.stop(0.1)


def test_it_is_told_by_the_clock_of_who_asks_whatever_that_shows(book: CallbackBook, sink: Kept) -> None:
    came_at = monotonic()
    book.note(SID, "sent")

    arrived = Arrivals(sink, lambda: monotonic() + 1_000_000).wait_for(SID, "sent", 5)

    assert arrived - 1_000_000 == pytest.approx(came_at, abs=1)


def test_what_does_not_come_in_time_is_a_failure(book: CallbackBook, sink: Kept) -> None:
    book.note(SID, "sent")

    with pytest.raises(RequestFailed, match="no callback delivered in time"):
        Arrivals(sink).wait_for(SID, "delivered", 0.01)


def test_a_sink_that_is_none_is_a_failure(sink: Kept) -> None:
    with pytest.raises(RequestFailed, match="sink: HTTP 400"):
        Arrivals(sink).wait_for("SM1", "delivered", 5)
