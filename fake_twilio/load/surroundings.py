"""What stands around a load: who takes its webhooks, how late they are, and what all have counted in the end.

Before users start the number of the app is led to it, and fake and sink are asked where they stand. Afterwards it is
waited until the fake has nothing under way; then the counts must agree.
"""

from collections.abc import Callable
from threading import Event, Thread
from types import MappingProxyType
from typing import NamedTuple

from fake_twilio.load.addresses import Addresses
from fake_twilio.load.agreement import differences
from fake_twilio.load.callback_lags import CallbackLags
from fake_twilio.load.counting import Told, of_fake, of_load, of_sink
from fake_twilio.load.errors import LoadError, RequestFailed
from fake_twilio.load.settling import LOOK_SECONDS, STILL_SECONDS, settle
from fake_twilio.load.tally import Tally
from fake_twilio.timing.clock import monotonic

GATHER_SECONDS = 1.0
PATIENCE_SECONDS = 60.0


class Counted(NamedTuple):
    """What fake and sink tell at the end, and where they and the load do not agree; ``None`` if nobody compared."""

    fake: Told = MappingProxyType({})
    sink: Told = MappingProxyType({})
    differences: tuple[str, ...] | None = None


class Surroundings:
    """Those of one load, in the process that judges it.

    *health* and *sink* tell what fake and sink have counted, *lead* sets up the number of the app, *pause* waits for so
    many seconds; what cannot be done raises `LoadError`.
    """

    def __init__(
        self,
        *,
        tally: Tally,
        lags: CallbackLags,
        health: Callable[[], Told],
        sink: Callable[[], Told] | None,
        addresses: Addresses | None,
        lead: Callable[[Addresses], None],
        pause: Callable[[float], object],
    ) -> None:
        self._tally = tally
        self._lags = lags
        self._health = health
        self._sink = sink
        self._addresses = addresses
        self._lead = lead
        self._pause = pause
        self._is_over = Event()
        self._watch = Thread(target=self._follow, name="callback lags", daemon=True)
        self._before: tuple[Told, Told] = ({}, {})

    def begin(self) -> None:
        """Set up what users need, and note where everybody stands; raises `LoadError`."""
        if self._addresses is not None:
            self._lead(self._addresses)
        self._before = self._counts()
        try:
            self._lags.begin()
        except RequestFailed as error:
            raise LoadError(f"the fake does not tell how late callbacks are: {error}; is it of this version?") from None
        self._watch.start()

    def end(self) -> Counted:
        """Wait until nothing is under way, and compare; an app does not tell what it counted, so nobody compares.

        Raises `LoadError` if fake or sink is gone.
        """
        self._is_over.set()
        self._watch.join()
        still_seconds = STILL_SECONDS if self._addresses else LOOK_SECONDS  # what nobody is told of, nobody misses
        settle(self._health, PATIENCE_SECONDS, now=monotonic, sleep=self._pause, still_seconds=still_seconds)
        self._gather()
        fake, sink = self._counts()
        if self._sink is None:
            return Counted(fake, sink)
        of = of_load(self._tally), of_fake(self._before[0], fake), of_sink(self._before[1], sink)
        return Counted(fake, sink, differences(*of))

    def close(self) -> None:
        """Ask nobody any more."""
        self._is_over.set()
        self._lags.close()

    def _counts(self) -> tuple[Told, Told]:
        return self._health(), {} if self._sink is None else self._sink()

    def _follow(self) -> None:
        while not self._is_over.wait(GATHER_SECONDS):
            self._gather()

    def _gather(self) -> None:
        """Bring in the lags; those of a fake that hangs up now and then come with the next time."""
        try:
            self._lags.gather()
        except RequestFailed:
            return
