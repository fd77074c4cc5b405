"""Writing to the opt-out list: recorded first, then the cache forgets."""

from datetime import datetime, timedelta

from twilio_sms.clock import Clock
from twilio_sms.compliance.opt_out_cache import OptOutCache
from twilio_sms.compliance.opt_out_store import OptOutStore
from twilio_sms.domain.form import to_utc
from twilio_sms.domain.opt_out import OptOutEvent
from twilio_sms.errors import ValidationError

_TICK = timedelta(microseconds=1)
_CLOCK_SKEW = timedelta(minutes=5)


class OptOutJournal:
    """Records events, and dates those that say "now"."""

    def __init__(self, store: OptOutStore, cache: OptOutCache, clock: Clock) -> None:
        self._store = store
        self._cache = cache
        self._clock = clock

    def record(self, *events: OptOutEvent) -> int:
        """Record all of *events* or none, durably; return how many were new. Raises `OptOutUnknownError`."""
        try:
            return self._store.append(*events)
        finally:  # also after an error: who knows what of it reached the disk
            self._cache.forget(*{event.number for event in events})

    def now(self) -> datetime:
        return self._clock.now()

    def now_for(self, number: str) -> datetime:
        """Return now or, if the clock is behind, just after all that is known of *number*.

        So what is said now counts, though this clock was set back or Twilio's is ahead of it.
        """
        known = (event.event_time + _TICK for event in self._store.current(number))
        return max((self.now(), *known))

    def past(self, moment: datetime) -> datetime:
        """Return *moment* in UTC; one that lies ahead is refused, since nothing that is said before it would count."""
        moment = to_utc(moment)
        if moment > self.now() + _CLOCK_SKEW:
            raise ValidationError(f"the time of an event must have passed, is {moment:%Y-%m-%d %H:%M} UTC")
        return moment
