"""What moves the time of a run, by its clock: a hand, a jumper or a ticker; each can do what the others cannot."""

from fake_twilio.delivery.courier import Courier
from fake_twilio.timing.activity import Activity
from fake_twilio.timing.clock import InstantClock, ManualClock, RealClock
from fake_twilio.timing.jumper import Jumper
from fake_twilio.timing.scheduler import Scheduler
from fake_twilio.timing.timekeeper import Hand, Ticker, TimeError

Mover = Hand | Jumper | Ticker


def make_mover(
    clock: ManualClock | RealClock, scheduler: Scheduler, courier: Courier, activity: Activity | None
) -> Mover:
    """Return what moves *clock*; *activity* is there for an instant clock."""
    if isinstance(clock, RealClock):
        return Ticker(clock, scheduler)
    if isinstance(clock, InstantClock) and activity is not None:
        return Jumper(clock, scheduler, courier, activity)
    return Hand(clock, scheduler, courier)


def hand_of(mover: Mover) -> Hand:
    """Return what moves the time when it is told to; raises `TimeError` if time moves by itself."""
    if isinstance(mover, Ticker):
        raise TimeError("this clock is real, time passes by itself: use clock='manual' to move it")
    if isinstance(mover, Jumper):
        raise TimeError("this clock is instant, time jumps by itself: wait for it, or use clock='manual' to move it")
    return mover


def freezer_of(mover: Mover) -> Ticker | Jumper:
    """Return what can stop and start the time; raises `TimeError` if it only moves by hand."""
    if isinstance(mover, Hand):
        raise TimeError("this clock is manual, time stands still by itself: move it with advance or settle")
    return mover


def ticker_of(mover: Mover) -> Ticker:
    """Return what lets real time pass; raises `TimeError` on another clock."""
    if not isinstance(mover, Ticker):
        raise TimeError("only a real clock has a speed: use clock='real'")
    return mover
