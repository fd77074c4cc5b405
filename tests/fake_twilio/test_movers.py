"""Tests of what moves the time of a run."""

from collections.abc import Callable

import pytest

from fake_twilio.delivery.courier import Courier
from fake_twilio.delivery.workers import Workers
from fake_twilio.movers import Mover, freezer_of, hand_of, make_mover, ticker_of
from fake_twilio.timing.activity import Activity
from fake_twilio.timing.clock import InstantClock, ManualClock, RealClock
from fake_twilio.timing.jumper import Jumper
from fake_twilio.timing.scheduler import Scheduler
from fake_twilio.timing.timekeeper import Hand, Ticker, TimeError
from tests.fake_twilio.doubles import Stopwatch


def mover(clock: ManualClock | RealClock) -> Mover:
    courier = Courier(Workers(1, "nobody"), lambda _webhook: iter(()))
    return make_mover(clock, Scheduler(), courier, Activity(Stopwatch()))


@pytest.mark.parametrize(
    ("clock", "kind", "own", "other"),
    [
        (ManualClock(1.0), Hand, hand_of, [freezer_of, ticker_of]),
        (InstantClock(1.0), Jumper, freezer_of, [hand_of, ticker_of]),
        (RealClock(), Ticker, ticker_of, [hand_of]),
    ],
    ids=["manual", "instant", "real"],
)
def test_each_clock_has_its_mover_and_is_asked_for_no_other(
    clock: ManualClock | RealClock, kind: type, own: Callable[[Mover], Mover], other: list[Callable[[Mover], Mover]]
) -> None:
    made = mover(clock)

    assert type(made) is kind
    assert own(made) is made
    for wrong in other:
        with pytest.raises(TimeError, match=r"clock"):
            wrong(made)
