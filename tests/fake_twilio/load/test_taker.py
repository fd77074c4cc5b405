"""A sink tells when a callback came; without one, the message is looked at."""

from collections.abc import Iterator
from time import monotonic

import pytest

from fake_twilio.load.callback_book import CallbackBook
from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.options import Options
from fake_twilio.load.sink_app import SinkApp
from fake_twilio.load.taker import LOOK_SECONDS, Taker
from fake_twilio.wire.http_server import Server

SID = "SM" + "5a" * 16
APP = Options(app_url="http://127.0.0.1:5000")


class Hand:
    """Time that passes by sleeping."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def looking(*statuses: str) -> Iterator[str]:
    yield from statuses
    while True:
        yield statuses[-1]


def taker(*statuses: str) -> tuple[Taker, Hand]:
    hand, seen = Hand(), looking(*statuses)
    return Taker(APP, lambda _sid: next(seen), hand.now, hand.sleep), hand


def test_a_message_is_looked_at_until_it_is_delivered() -> None:
    taken, _ = taker("queued", "sent", "delivered")

    assert taken.delivered_at(SID, 60) == 2 * LOOK_SECONDS


@pytest.mark.parametrize(
    ("status", "failure"), [("undelivered", "ended undelivered"), ("sent", "not delivered in time")]
)
def test_one_that_is_not_delivered_is_a_failure_without_its_sid(status: str, failure: str) -> None:
    taken, hand = taker(status)

    with pytest.raises(RequestFailed, match=f"^{failure}$"):
        taken.delivered_at(SID, 5)
    assert hand.seconds <= 5


def test_a_sink_is_asked_and_no_message_looked_at() -> None:
    book = CallbackBook(monotonic)
    book.note(SID, "delivered")
    server = Server("127.0.0.1", 0, SinkApp(book, ""), monotonic)
    server.start()
    taken = Taker(Options(sink=f"http://127.0.0.1:{server.port}"), lambda _sid: pytest.fail("it was looked at"))

    assert taken.delivered_at(SID, 5) <= monotonic()
    taken.close()
    server.stop(0.1)


@pytest.mark.parametrize(
    ("options", "told"),
    [(Options(), {}), (APP, {"status_callback": "http://127.0.0.1:5000/twilio/status"})],
)
def test_a_message_says_who_is_told(options: Options, told: dict[str, str]) -> None:
    assert Taker(options, lambda _sid: "").told() == told
