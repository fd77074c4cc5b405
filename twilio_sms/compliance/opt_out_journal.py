"""Writing to the opt-out list: recorded first, then the cache forgets."""

from datetime import datetime, timedelta
from typing import TypedDict

from twilio_sms.clock import Clock
from twilio_sms.compliance.conversations import StopReach, conversations, scope_of_stop
from twilio_sms.compliance.opt_out_cache import OptOutCache
from twilio_sms.compliance.opt_out_store import OptOutStore
from twilio_sms.domain.form import to_utc
from twilio_sms.domain.number_key import number_key
from twilio_sms.domain.opt_out import OptOutEvent, State
from twilio_sms.domain.scope import BRAND, Scope
from twilio_sms.errors import ValidationError

_TICK = timedelta(microseconds=1)
_CLOCK_SKEW = timedelta(minutes=5)


class Statement(TypedDict, total=False):
    """What may be said with an opt-out or an opt-in.

    *source* is how it became known (``"api"``), *evidence* a SID that proves it, *at* when it was said (now), *actor*
    who recorded it, *note* why.
    """

    source: str
    evidence: str | None
    at: datetime | None
    actor: str | None
    note: str | None


class OptOutJournal:
    """Records events, and dates those that say "now"; *stop_reach* is that of `OptOuts`."""

    def __init__(
        self, store: OptOutStore, cache: OptOutCache, clock: Clock, stop_reach: StopReach = StopReach.BRAND
    ) -> None:
        self._store = store
        self._cache = cache
        self._clock = clock
        self.stop_reach = stop_reach

    def opt_out(self, number: str, scope: Scope | None, statement: Statement) -> bool:
        """Record that *number* opted out of *scope*, by default of the brand; return whether that is new."""
        return self._say(State.OPTED_OUT, number, scope, statement)

    def opt_in(self, number: str, scope: Scope | None, statement: Statement) -> bool:
        """Record that *number* opted in again to *scope*, by default to the brand; return whether that is new."""
        return self._say(State.OPTED_IN, number, scope, statement)

    def learn_from_twilio(self, number: str, sender: str | None, service: str | None, statement: Statement) -> bool:
        """Record that Twilio refuses *number* for a STOP, as far as that reaches; return whether that is new."""
        spoken = next(iter(conversations(sender, service)), None)
        scope = scope_of_stop(spoken, self.stop_reach)
        return self._say(State.OPTED_OUT, number, scope, statement, spoken)

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

    def _say(
        self, state: State, number: str, scope: Scope | None, statement: Statement, spoken: Scope | None = None
    ) -> bool:
        if unknown := set(statement) - Statement.__annotations__.keys():
            raise TypeError(f"an opt-out takes no argument {min(unknown)!r}")
        key = number_key(number)
        at = statement.get("at")
        event = OptOutEvent(
            number=key,
            scope=BRAND if scope is None else scope,
            state=state,
            source=statement.get("source", "api"),
            event_time=self.past(at) if at else self.now_for(key),
            received_time=self.now(),
            evidence=statement.get("evidence"),
            conversation=spoken,
            actor=statement.get("actor"),
            note=statement.get("note"),
        )
        return self.record(event) > 0
