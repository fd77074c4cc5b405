"""A circuit breaker that many processes share; Redis keeps it, `redis_breaker_script` moves it.

What this process sees of it is the state of the last answer: so `state` costs nothing, and listeners are told of what
this process sees change. Answers may come in another order than they were given; an older one is left out.

While Redis is gone a breaker of this process's own takes over. If the common one was not closed when it was last seen,
the own one begins open. A result of a call that the common one let out is lost then; a trial's lease ends by itself.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import count
from threading import Lock

from twilio_sms.clock import Clock
from twilio_sms.errors import BreakerOpenError
from twilio_sms.forks import tell_of_forks
from twilio_sms.resilience.breaker import Breaker, BreakerPolicy, Change, rejection
from twilio_sms.resilience.breaker_table import Outcome, State
from twilio_sms.resilience.notices import Notices
from twilio_sms.resilience.trials import Permit
from twilio_sms.stores.redis_breaker_script import ADMIT, NOTE, Told, limits_of
from twilio_sms.stores.redis_keys import Keys
from twilio_sms.stores.redis_server import RedisGone, RedisServer

_Age = tuple[int, int]  # the spell of the server in which something was asked, and the epoch that was told


class SharedPermit(Permit):
    """Leave that the common breaker gave."""

    __slots__ = ()


class RedisBreaker:
    """The breaker of one scope; any number of threads and processes may share it. For *listeners* see `Breaker`."""

    def __init__(
        self,
        policy: BreakerPolicy,
        *,
        server: RedisServer,
        keys: Keys,
        clock: Clock,
        listeners: Iterable[Callable[[Change], None]] = (),
    ) -> None:
        self._policy = policy
        self._server = server
        self._key = keys.named("breaker", policy)
        self._limits = limits_of(policy)
        self._notices = Notices(listeners)
        self._seen, self._seen_at = State.CLOSED, (-1, 0)
        self._late_results = 0
        self._alone_since = -1
        self._moves = count(1)
        self._own = Breaker(policy, clock, [self._see_own])
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        self._lock = Lock()
        self._notices.begin_anew()

    def admit(self) -> Permit:
        """Return leave for one call, to be given to `note`; raise `BreakerOpenError` if none may go out now."""
        spell = self._server.spell
        try:
            told = self._server.run(ADMIT, [self._key], *self._limits)
        except RedisGone:
            return self._alone().admit()
        self._see_common(spell, told)
        if not told.is_taken:
            raise rejection(told.wait_seconds)
        return SharedPermit(told.epoch, told.trial)

    def note(self, permit: Permit, outcome: Outcome) -> None:
        """Take what became of the call of *permit*; once for each permit, whatever happened."""
        if not isinstance(permit, SharedPermit):
            self._own.note(permit, outcome)
            return
        spell = self._server.spell
        with suppress(RedisGone):
            told = self._server.run(NOTE, [self._key], *self._limits, permit.epoch, permit.trial or 0, outcome.name)
            with self._lock:
                self._late_results += not told.is_taken
            self._see_common(spell, told)

    @property
    def state(self) -> State:
        """How the breaker stood when this process last heard of it."""
        return self._seen

    @property
    def late_results(self) -> int:
        """How many outcomes of this process came from another epoch, and changed nothing."""
        return self._late_results

    def _alone(self) -> Breaker:
        """Return the own breaker, opened if the common one was not closed when Redis was lost."""
        spell = self._server.spell
        with self._lock:
            is_new, self._alone_since = spell > self._alone_since, max(spell, self._alone_since)
            must_open = is_new and self._seen is not State.CLOSED
        if must_open:
            self._open_own()
        if is_new:
            state = self._own.state
            failures = 0 if state is State.CLOSED else self._policy.failures
            self._see((spell, 0), state, self._own.retry_after_seconds, failures)
        return self._own

    def _open_own(self) -> None:
        with suppress(BreakerOpenError):
            while self._own.state is not State.OPEN:
                self._own.note(self._own.admit(), Outcome.FAILURE)

    def _see_common(self, spell: int, told: Told) -> None:
        self._see((spell, told.epoch), told.state, told.wait_seconds, told.failures)

    def _see_own(self, change: Change) -> None:
        self._see((self._server.spell, next(self._moves)), change.after, change.retry_after_seconds, change.failures)

    def _see(self, age: _Age, state: State, wait_seconds: float, failures: int) -> None:
        """Take it that the breaker stands so, unless something newer is known, and tell of it if that is a change."""
        with self._lock:
            if age <= self._seen_at:
                return
            before, self._seen, self._seen_at = self._seen, state, age
            if state is not before:
                told = Change(before=before, after=state, retry_after_seconds=wait_seconds, failures=failures)
                self._notices.put(told)
        self._notices.tell()
