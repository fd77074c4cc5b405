"""A load begins with its number led, and ends with all counts compared."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from fake_twilio.fixture import FakeTwilioFixture
from fake_twilio.load.addresses import Addresses
from fake_twilio.load.callback_lags import CallbackLags
from fake_twilio.load.counting import MESSAGES_ROUTE, name_of
from fake_twilio.load.errors import LoadError
from fake_twilio.load.kept import Kept
from fake_twilio.load.surroundings import Surroundings
from fake_twilio.load.tally import Tally

SENT = name_of("POST", MESSAGES_ROUTE)
ADDRESSES = Addresses("http://127.0.0.1:9/sms", "http://127.0.0.1:9/status")


def health(delivered: int, pending: int = 0) -> dict[str, Any]:
    return {"messages": {"delivered": delivered}, "evicted": 0, "webhooks": {"pending": pending}}


def counts(delivered: int) -> dict[str, Any]:
    return {"by_status": {"delivered": delivered}, "replies": 0, "forgotten": 0}


@pytest.fixture
def kept(fake_twilio: FakeTwilioFixture) -> Iterator[Kept]:
    with closing(Kept(fake_twilio.url)) as made:
        yield made


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
def around(kept: Kept, tally: Tally) -> Callable[..., Surroundings]:
    def make(fake: list[Any], sink: list[Any] | None, led: list[Addresses] | None = None) -> Surroundings:
        return Surroundings(
            tally=tally,
            lags=CallbackLags(kept, tally),
            health=iter(fake).__next__,
            sink=None if sink is None else iter(sink).__next__,
            addresses=ADDRESSES,
            lead=[].append if led is None else led.append,
            pause=[].append,
        )

    return make


def test_what_was_there_before_does_not_count(around: Callable[..., Surroundings], tally: Tally) -> None:
    surroundings = around([health(5), health(8), health(8)], [counts(2), counts(5)])
    surroundings.begin()
    tally.count(SENT, 3)

    assert surroundings.end() == (health(8), counts(5), ())


def test_it_is_waited_for_what_is_under_way_and_a_lost_message_is_told(
    around: Callable[..., Surroundings], tally: Tally
) -> None:
    surroundings = around([health(0), health(2, pending=1), health(2), health(2)], [counts(0), counts(2)])
    surroundings.begin()
    tally.count(SENT, 3)

    assert surroundings.end().differences == ("sent: load 3 and 0 replies, fake 2",)


def test_the_number_is_led_and_an_app_is_not_compared_with(around: Callable[..., Surroundings]) -> None:
    led: list[Addresses] = []
    surroundings = around([health(0), health(2), health(2)], None, led)
    surroundings.begin()

    assert surroundings.end() == (health(2), {}, None)
    assert led == [ADDRESSES]


def test_a_fake_that_does_not_tell_lags_is_one_line(tally: Tally) -> None:
    with closing(Kept("http://127.0.0.1:9")) as nobody:
        surroundings = Surroundings(
            tally=tally,
            lags=CallbackLags(nobody, tally),
            health=lambda: health(0),
            sink=None,
            addresses=None,
            lead=lambda _: None,
            pause=[].append,
        )

        with pytest.raises(LoadError, match="the fake does not tell how late callbacks are"):
            surroundings.begin()
