"""A circuit breaker: when Twilio is in trouble, calls are turned away at once.

What follows what stands in `breaker_table`; here is what a table cannot say: counts, permits and time.

Each change of state begins a new *epoch*, and a permit carries the epoch in which its call went out. A result from
another epoch says how Twilio was before the change, so it is counted as late and changes nothing: a slow failure from
before the trouble cannot end a trial, and a slow success cannot close what has just opened. A trial is known by its
number too, so that one that was given up or noted already is late as well.

Check, transition and permit are one step under one lock. Nothing is waited for under it, and listeners are told when it
is free. An epoch is replaced as a whole: a signal handler may raise between any two lines, and finds no half of one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import NamedTuple

from twilio_sms.clock import Clock
from twilio_sms.domain.settings import check_counts, check_seconds
from twilio_sms.errors import BreakerOpenError, Evidence
from twilio_sms.forks import tell_of_forks
from twilio_sms.resilience.breaker_table import FOLLOWS, Deed, Moment, Outcome, State
from twilio_sms.resilience.notices import Notices
from twilio_sms.resilience.trials import NS, Permit, Trials, ask_again_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakerPolicy:
    """When a breaker opens, and how it closes again. Raises `ValidationError` for a setting that cannot work."""

    failures: int = 5  # in a row: so many are no accident, and so few are soon reached
    open_seconds: float = 30.0  # long enough for a restart or a failover, short enough for a person who waits
    trials: int = 1  # calls that go out half-open, all of which must pass: one message is enough to risk
    max_half_open_seconds: float = 60.0  # then a silent trial is given up; above the total deadline of a call (30)

    def __post_init__(self) -> None:
        check_counts(self, "failures", "trials")
        check_seconds(self, "open_seconds", "max_half_open_seconds")


class Change(NamedTuple):
    """A breaker went from one state to another."""

    before: State
    after: State
    retry_after_seconds: float  # until a call may go out; 0 if one may now
    failures: int  # so many in a row opened it; 0 when it has closed


class _Epoch(NamedTuple):
    """What holds from one change to the next."""

    state: State
    number: int
    trials: Trials
    shared_permit: Permit | None  # for every call, while all may go out


class Breaker:
    """One breaker, for the calls of one account to one host; any number of threads may share it.

    Each of *listeners* gets every `Change`, in order and under no lock, in a thread that makes a call. What it raises
    is logged and ignored; it may call the breaker.
    """

    def __init__(self, policy: BreakerPolicy, clock: Clock, listeners: Iterable[Callable[[Change], None]] = ()) -> None:
        self._policy = policy
        self._clock = clock
        self._notices = Notices(listeners)
        self._numbers = count(1)
        self.begin_anew()
        tell_of_forks(self)

    def begin_anew(self) -> None:
        """Close; runs in a child process, where a permit of the parent counts as late."""
        self._lock = Lock()
        self._notices.begin_anew()
        self._failures = 0
        self._late_results = 0
        self._rested_ns = 0
        self._epoch = self._new_epoch(State.CLOSED)

    def admit(self) -> Permit:
        """Return leave for one call, to be given to `note`; raise `BreakerOpenError` if none may go out now."""
        with self._lock:
            epoch = self._epoch
            if epoch.shared_permit:
                return epoch.shared_permit
            permit = self._ask()
            wait_seconds = self._wait_seconds()
            is_changed = self._epoch is not epoch
        if is_changed:
            self._notices.tell()
        if permit is None:
            raise rejection(wait_seconds)
        return permit

    def note(self, permit: Permit, outcome: Outcome) -> None:
        """Take what became of the call of *permit*; once for each permit, whatever happened."""
        with self._lock:
            epoch = self._epoch
            if permit.epoch != epoch.number or (permit.trial and not epoch.trials.is_out(permit)):
                self._late_results += 1
                return
            self._take(permit, outcome)
            is_changed = self._epoch is not epoch
        if is_changed:
            self._notices.tell()

    @property
    def state(self) -> State:
        """How the breaker stands. An open one that has rested is half-open only when the next call asks."""
        return self._epoch.state

    @property
    def retry_after_seconds(self) -> float:
        """After how long it is of use to ask; 0 if a call may go out now."""
        with self._lock:
            return self._wait_seconds()

    @property
    def late_results(self) -> int:
        """How many outcomes came from another epoch, and changed nothing."""
        return self._late_results

    def _ask(self) -> Permit | None:
        now_ns = self._clock.monotonic_ns()
        if FOLLOWS[self.state, Moment.ASKED].deed is Deed.REJECT:
            if now_ns < self._rested_ns:
                return None
            self._notice(Moment.RESTED)
        return self._epoch.trials.begin(now_ns)

    def _take(self, permit: Permit, outcome: Outcome) -> None:
        step = FOLLOWS[self.state, outcome]
        moment = self._do(step.deed, permit)
        if step.state is not self.state:
            self._change(step.state)
        if moment:
            self._notice(moment)

    def _notice(self, moment: Moment) -> None:
        self._change(FOLLOWS[self.state, moment].state)

    def _do(self, deed: Deed, permit: Permit) -> Moment | None:
        """Do what an outcome asks for, and return what there is to notice then."""
        match deed:
            case Deed.FORGET_FAILURES:
                self._failures = 0
            case Deed.COUNT_FAILURE:
                self._failures += 1
                return Moment.FAILED_IN_A_ROW if self._failures >= self._policy.failures else None
            case Deed.FREE_TRIAL:
                self._epoch.trials.free(permit)
            case Deed.COUNT_TRIAL:
                return Moment.TRIALS_PASSED if self._epoch.trials.use_up(permit) else None
        return None

    def _change(self, state: State) -> None:
        before = self.state
        if state is State.CLOSED:
            self._failures = 0
        if state is State.OPEN:
            self._rested_ns = self._clock.monotonic_ns() + round(self._policy.open_seconds * NS)
        self._epoch = self._new_epoch(state)
        self._notices.put(
            Change(before=before, after=state, retry_after_seconds=self._wait_seconds(), failures=self._failures)
        )

    def _new_epoch(self, state: State) -> _Epoch:
        number = next(self._numbers)
        policy = self._policy
        trials = Trials(number, policy.trials, policy.max_half_open_seconds, ask_again_seconds(policy.open_seconds))
        admits_all = FOLLOWS[state, Moment.ASKED].deed is Deed.ADMIT
        return _Epoch(state, number, trials, Permit(number) if admits_all else None)

    def _wait_seconds(self) -> float:
        now_ns = self._clock.monotonic_ns()
        if self.state is State.OPEN:
            return max(0, self._rested_ns - now_ns) / NS
        return self._epoch.trials.wait_seconds(now_ns)


def rejection(wait_seconds: float) -> BreakerOpenError:
    """Return what a call is turned away with; it is of use to ask again in *wait_seconds*."""
    return BreakerOpenError(
        f"Twilio is in trouble, so nothing was sent: try again in {wait_seconds:.3g} seconds",
        Evidence(retry_after_seconds=wait_seconds, repeatable=True, attempts=0),
    )
