"""The gates of a mock: the real ones, and beside each a real one that is in the state in which it refuses."""

from collections.abc import Callable
from typing import Unpack

from twilio_sms.assembly import OnChange, OneProcess
from twilio_sms.clock import Clock
from twilio_sms.compliance.opt_outs import OptOuts
from twilio_sms.credentials.basic import BasicAuth, FixedCredentials
from twilio_sms.domain.opt_out import OptOutEvent
from twilio_sms.errors import (
    BreakerOpenError,
    CredentialsError,
    LocalOptOutError,
    LocalRateLimitError,
    OptOutUnknownError,
)
from twilio_sms.resilience.breaker import Breaker, BreakerPolicy
from twilio_sms.resilience.breaker_table import Outcome, State
from twilio_sms.resilience.guard import CircuitBreaker
from twilio_sms.resilience.limits import OnHoldUp, RateLimits
from twilio_sms.resilience.patience import Waiting
from twilio_sms.resilience.rate_limit import Limiter, RateLimiter
from twilio_sms.resilience.token_bucket import Rate
from twilio_sms.resilience.trials import Permit
from twilio_sms.simulation.mock_account import MockAccount
from twilio_sms.simulation.mock_transport import CallState
from twilio_sms.simulation.script import Script
from twilio_sms.stores.opt_outs_memory import MemoryOptOuts

_EXHAUSTED = RateLimits(global_rate=Rate(1, 1), recipient_rate=None, on_limit="raise")


class MockOptOuts(OptOuts):
    """The first gate: here it is known whom a message is to, and which gate is to stop it."""

    def __init__(self, clock: Clock, script: Script, calls: CallState, account: MockAccount) -> None:
        super().__init__(MemoryOptOuts(), clock, read_date_created=account.date_created)
        self._script = script
        self._calls = calls
        self._unreadable = OptOuts(_UnreadableStore(), clock)

    def check(self, recipient: str, sender: str | None, service: str | None, *, fresh: bool = False) -> None:
        """Raise as the real list does, and bring the gate that the script names into the state in which it refuses."""
        if not self._calls.is_repeated:  # else it is the last look of a retry, and the message is on its way
            self._arm(recipient, sender, service)
        super().check(recipient, sender, service, fresh=fresh)

    def _arm(self, recipient: str, sender: str | None, service: str | None) -> None:
        failure = self._script.stop(recipient, sender or service)
        self._calls.armed = failure.kind if failure is not None else None
        if self._calls.armed is LocalOptOutError:
            self.add(recipient, source="simulation")
        if self._calls.armed is OptOutUnknownError:
            self._unreadable.check(recipient, sender, service)


class _UnreadableStore(MemoryOptOuts):
    """A list that cannot be read."""

    def current(self, number: str) -> tuple[OptOutEvent, ...]:  # noqa: ARG002 - whoever is asked about
        raise OptOutUnknownError("the opt-out list cannot be read (simulated), so nothing is sent")


class MockGates(OneProcess):
    """Makes limiter and breaker of a client, each of which refuses when it is armed."""

    def __init__(self, calls: CallState) -> None:
        self._calls = calls

    def limiter(self, limits: RateLimits, scope: str, clock: Clock, on_hold_up: OnHoldUp) -> Limiter:
        return _MockLimiter(super().limiter(limits, scope, clock, on_hold_up), clock, self._calls)

    def breaker(self, policy: BreakerPolicy, scope: str, clock: Clock, listeners: list[OnChange]) -> CircuitBreaker:
        return _MockBreaker(super().breaker(policy, scope, clock, listeners), clock, self._calls)


class _MockLimiter:
    def __init__(self, real: Limiter, clock: Clock, calls: CallState) -> None:
        self._real = real
        self._clock = clock
        self._calls = calls

    def acquire(
        self, recipient: str, sender: str | None, segments: Callable[[], int], **waiting: Unpack[Waiting]
    ) -> float:
        if self._calls.armed is LocalRateLimitError:
            exhausted = RateLimiter(_EXHAUSTED, self._clock)
            exhausted.acquire(recipient, sender, segments)
            exhausted.acquire(recipient, sender, segments)
        return self._real.acquire(recipient, sender, segments, **waiting)


class _MockBreaker:
    def __init__(self, real: CircuitBreaker, clock: Clock, calls: CallState) -> None:
        self._real = real
        self._clock = clock
        self._calls = calls

    @property
    def state(self) -> State:
        return self._real.state

    def admit(self) -> Permit:
        if self._calls.armed is BreakerOpenError:
            opened = Breaker(BreakerPolicy(failures=1), self._clock)
            opened.note(opened.admit(), Outcome.FAILURE)
            opened.admit()
        return self._real.admit()

    def note(self, permit: Permit, outcome: Outcome) -> None:
        self._real.note(permit, outcome)


class MockCredentials:
    """Credentials that can be had, unless they are armed."""

    def __init__(self, real: FixedCredentials, calls: CallState) -> None:
        self._real = real
        self._calls = calls

    def basic_auth(self) -> BasicAuth:
        if self._calls.armed is CredentialsError:
            raise CredentialsError("the secret cannot be had (simulated): the vault does not answer")
        return self._real.basic_auth()
