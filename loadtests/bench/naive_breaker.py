"""A breaker as one writes it first: it looks and then acts, and knows no epochs. The harnesses must find it out."""

from twilio_sms.clock import Clock
from twilio_sms.errors import BreakerOpenError
from twilio_sms.resilience.breaker import BreakerPolicy
from twilio_sms.resilience.breaker_table import Outcome, State
from twilio_sms.resilience.trials import NS, Permit


class NaiveBreaker:
    """Has no lock, counts every result whenever it comes, and keeps the place of a trial that says nothing."""

    def __init__(self, policy: BreakerPolicy, clock: Clock) -> None:
        self.state = State.CLOSED
        self._policy = policy
        self._clock = clock
        self._failures = 0
        self._free_places = 0
        self._rested_ns = 0

    def admit(self) -> Permit:
        if self.state is State.OPEN:
            if self._clock.monotonic_ns() < self._rested_ns:
                raise BreakerOpenError("open")
            self.state = State.HALF_OPEN
            self._free_places = self._policy.trials
        if self.state is State.HALF_OPEN:
            if self._free_places == 0:
                raise BreakerOpenError("half-open")
            self._free_places -= 1
        return Permit(0)

    def note(self, _permit: Permit, outcome: Outcome) -> None:
        if outcome is Outcome.SUCCESS:
            self.state = State.CLOSED
            self._failures = 0
        if outcome is Outcome.FAILURE:
            self._failures += 1
        if self._failures >= self._policy.failures:
            self.state = State.OPEN
            self._rested_ns = self._clock.monotonic_ns() + round(self._policy.open_seconds * NS)
