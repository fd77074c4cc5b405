"""Who takes the callbacks of a user's messages, and when a message was delivered as that one knows it."""

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TypedDict

from fake_twilio.load.addresses import addresses_of
from fake_twilio.load.agreement import ENDS
from fake_twilio.load.arrived import Arrivals
from fake_twilio.load.errors import RequestFailed
from fake_twilio.load.kept import Kept
from fake_twilio.load.options import Options
from fake_twilio.timing.clock import monotonic

LOOK_SECONDS = 0.25
DELIVERED = "delivered"


class Told(TypedDict, total=False):
    """What of `Messages.send` says who is told."""

    status_callback: str


class Taker:
    """A sink, which tells when a callback came; or an app, which does not: then *look* tells a message's status."""

    def __init__(
        self,
        options: Options,
        look: Callable[[str], str],
        now: Callable[[], float] = monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        addresses = addresses_of(options)
        self._told: Told = {} if addresses is None else {"status_callback": addresses.status_callback}
        self._arrivals = None if options.sink is None else Arrivals(partial(Kept, options.sink), now)
        self._look = look
        self._now = now
        self._sleep = sleep or Event().wait

    def told(self) -> Told:
        """Return what a message must say for its callbacks to come; nothing, if nobody takes them."""
        return self._told

    def delivered_at(self, sid: str, seconds: float) -> float:
        """Return when a message was delivered, on the clock *now*, as soon as that is known.

        Raises `RequestFailed` if it is not within *seconds*, or ends otherwise; what *look* raises, if the message
        is looked at.
        """
        if self._arrivals is not None:
            return self._arrivals.wait_for(sid, DELIVERED, seconds)
        deadline = self._now() + seconds
        while self._now() < deadline:
            status = self._look(sid)
            if status in ENDS:
                return self._ended(status)
            self._sleep(LOOK_SECONDS)
        raise RequestFailed("not delivered in time")

    def close(self) -> None:
        if self._arrivals is not None:
            self._arrivals.close()

    def _ended(self, status: str) -> float:
        if status != DELIVERED:
            raise RequestFailed(f"ended {status}")
        return self._now()
