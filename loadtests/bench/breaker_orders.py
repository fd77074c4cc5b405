"""Every order in which four calls can go out and report, over three epochs: G14.

An order is a list of steps: a call asks, a call that is out reports one of five results, or time passes. All orders are
searched in which four calls ask one after another, each that went out reports at any later time, and time passes at
most twice, where it opens the way to a trial. The real breaker goes through each; after each step it must stand
as the model stands, and have let out the same calls.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from breaker_model import RESULTS, Model, Result, Stand, ask, report, rest
from breaker_trials import Make, StatefulBreaker
from hand_clock import HandClock

from twilio_sms.errors import BreakerOpenError
from twilio_sms.resilience.breaker import Breaker, BreakerPolicy
from twilio_sms.resilience.breaker_table import Outcome
from twilio_sms.resilience.trials import Permit

CALLS = 4
RESTS = 2  # closed, then two trials: three epochs in which calls go out
OPEN_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Ask:
    """A call asks to go out."""

    call: int


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a call comes."""

    call: int
    result: Result


@dataclass(frozen=True, slots=True)
class Rest:
    """Time passes."""


Step = Ask | Report | Rest
Order = list[tuple[Step, Model]]  # each step, and how the model stands after it


def orders(model: Model, asked: int = 0, rested: int = 0) -> Iterator[Order]:
    """Yield every way to go on from *model* until nobody is left to ask or to report."""
    is_at_its_end = True
    for step in _steps(model, asked, rested):
        is_at_its_end = False
        after = _take(model, step)
        for others in orders(after, asked + isinstance(step, Ask), rested + isinstance(step, Rest)):
            yield [(step, after), *others]
    if is_at_its_end:
        yield []


def _steps(model: Model, asked: int, rested: int) -> Iterator[Step]:
    if asked < CALLS:
        yield Ask(asked)
    for call in model.out:
        yield from (Report(call, result) for result in RESULTS)
    if model.stand == "open" and not model.has_rested and rested < RESTS and asked < CALLS:
        yield Rest()


def _take(model: Model, step: Step) -> Model:
    match step:
        case Ask(call):
            return ask(model, call)
        case Report(call, result):
            return report(model, call, result)
        case Rest():
            return rest(model)


class Replay:
    """The real breaker, taken through one order."""

    def __init__(self, breaker: StatefulBreaker, clock: HandClock) -> None:
        self._breaker = breaker
        self._clock = clock
        self._permits: dict[int, Permit] = {}

    def differs(self, order: Order) -> bool:
        """Say whether it stands otherwise than the model after any step."""
        return any(self._stand_after(step) != (model.stand, set(model.out)) for step, model in order)

    def _stand_after(self, step: Step) -> tuple[Stand, set[int]]:
        match step:
            case Ask(call):
                with suppress(BreakerOpenError):
                    self._permits[call] = self._breaker.admit()
            case Report(call, result):
                self._breaker.note(self._permits.pop(call), Outcome(result))
            case Rest():
                self._clock.sleep(OPEN_SECONDS)
        return self._breaker.state.value, set(self._permits)


def compare(limit: int, trials: int, make: Make = Breaker, every: int = 1) -> tuple[int, int]:
    """Return how many orders there were, and in how many one of *make* differed; of *every* so many one is run."""
    policy = BreakerPolicy(failures=limit, trials=trials, open_seconds=OPEN_SECONDS)
    run = differing = 0
    for number, order in enumerate(orders(Model(limit=limit, trials=trials))):
        if number % every:
            continue
        clock = HandClock()
        run += 1
        differing += Replay(make(policy, clock), clock).differs(order)
    return run, differing
