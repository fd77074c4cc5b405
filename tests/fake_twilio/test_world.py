"""One run of the fake, put together and ended."""

import threading

import pytest

from fake_twilio.delivery.outbound import Outbound
from fake_twilio.domain.accounts.account import Account
from fake_twilio.scenario_files.load import load_scenario
from fake_twilio.timing.clock import InstantClock, ManualClock, RealClock, monotonic
from fake_twilio.timing.timekeeper import TimeError
from fake_twilio.world import World
from tests.doubles import ACCOUNT_SID, AUTH_TOKEN, RECIPIENT, SENDER

FORM = (("To", RECIPIENT), ("From", SENDER), ("Body", "x"), ("StatusCallback", "http://127.0.0.1:9/"))


def world(clock: ManualClock | RealClock) -> World:
    return World(
        account=Account(ACCOUNT_SID, AUTH_TOKEN),
        test_account=Account("AC" + "7e57" * 8, "test", is_test=True),
        scenario=load_scenario("delivered"),
        seed=1,
        clock=clock,
        sender=Outbound(connections=1, monotonic=monotonic),
        monotonic=monotonic,
    )


def test_a_manual_clock_is_moved_by_a_hand_and_by_nobody_else() -> None:
    before = threading.active_count()
    run = world(ManualClock(100.0))
    run.engine.accept(FORM)

    assert [event.at for event in run.hand.settle(10)] == pytest.approx([100.1, 100.5, 101.5])
    assert run.start == 100.0
    run.end()
    run.workers.join(5)
    assert threading.active_count() <= before


def test_a_real_clock_has_a_ticker_that_ends_with_the_run() -> None:
    run = world(RealClock())

    assert [thread for thread in threading.enumerate() if thread.name == "fake-twilio-ticker"]
    run.end()
    assert not [thread for thread in threading.enumerate() if thread.name == "fake-twilio-ticker"]


def test_an_instant_clock_has_a_jumper_that_ends_with_the_run() -> None:
    run = world(InstantClock(100.0))

    assert [thread for thread in threading.enumerate() if thread.name == "fake-twilio-jumper"]
    with run.activity.request(is_work=True):  # also a run that ends from within a request
        run.engine.accept(FORM)
        run.end()
    assert not [thread for thread in threading.enumerate() if thread.name == "fake-twilio-jumper"]


@pytest.mark.parametrize(
    ("clock", "mover", "told"),
    [
        (RealClock(), "hand", "this clock is real, time passes by itself: use clock='manual' to move it"),
        (InstantClock(1.0), "hand", "time jumps by itself: wait for it, or use clock='manual' to move it"),
        (InstantClock(1.0), "ticker", "only a real clock has a speed: use clock='real'"),
        (ManualClock(1.0), "ticker", "only a real clock has a speed: use clock='real'"),
        (ManualClock(1.0), "freezer", "time stands still by itself: move it with advance or settle"),
    ],
)
def test_what_a_clock_cannot_do_is_refused_with_what_to_do(
    clock: ManualClock | RealClock, mover: str, told: str
) -> None:
    run = world(clock)

    with pytest.raises(TimeError, match=told):
        getattr(run, mover)
    run.end()


def test_after_its_end_nothing_more_happens() -> None:
    run = world(ManualClock(100.0))
    run.engine.accept(FORM)

    assert run.end() == ()
    assert run.hand.settle(10) == []
    assert run.courier.deliveries() == ()
