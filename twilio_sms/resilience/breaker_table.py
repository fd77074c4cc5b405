"""What follows what in a circuit breaker, as data.

A breaker is *closed* while Twilio works: every call goes out. Failures in a row *open* it: no call goes out, so that a
Twilio in trouble is left alone and a caller learns at once what it would have learned after a timeout. When it has
rested it is *half-open*: a few calls go out on trial. If all of them pass it closes, and the first that fails opens it
again.

Two things move it: what becomes of a call (`Outcome`), and what it notices itself (`Moment`). A pair that is not in
the table cannot come about: nothing goes out of an open breaker, and only a closed one counts failures.
"""

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How a breaker stands."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


class Outcome(StrEnum):
    """What a call that went out says about Twilio."""

    SUCCESS = "success"  # it did what it was asked
    FAILURE = "failure"  # it is in trouble, or cannot be reached
    NEUTRAL = "neutral"  # it answered, and that says nothing about its health
    REFUSED = "refused"  # it judged the request and said no: enough to see that it is back, no more
    ABANDONED = "abandoned"  # the call was broken off in this process: nothing is known


class Moment(StrEnum):
    """What a breaker notices itself."""

    ASKED = "a call asks to go out"
    FAILED_IN_A_ROW = "so many calls failed in a row that it opens"
    RESTED = "it was open for long enough"
    TRIALS_PASSED = "every trial passed"


class Deed(StrEnum):
    """What a breaker does besides taking its next state."""

    NOTHING = "nothing"
    ADMIT = "let the call out"
    ADMIT_TRIAL = "let the call out if a permit is free"
    REJECT = "turn the call away"
    FORGET_FAILURES = "count failures from zero"
    COUNT_FAILURE = "count a failure; enough of them are FAILED_IN_A_ROW"
    COUNT_TRIAL = "count a passed trial; if it is the last it is TRIALS_PASSED"
    FREE_TRIAL = "give the trial's permit to the next call that asks"


Event = Outcome | Moment


class Step(NamedTuple):
    """What follows an event."""

    state: State
    deed: Deed = Deed.NOTHING


FOLLOWS: dict[tuple[State, Event], Step] = {
    (State.CLOSED, Moment.ASKED): Step(State.CLOSED, Deed.ADMIT),
    (State.CLOSED, Outcome.SUCCESS): Step(State.CLOSED, Deed.FORGET_FAILURES),
    (State.CLOSED, Outcome.FAILURE): Step(State.CLOSED, Deed.COUNT_FAILURE),
    (State.CLOSED, Outcome.NEUTRAL): Step(State.CLOSED),
    (State.CLOSED, Outcome.REFUSED): Step(State.CLOSED),
    (State.CLOSED, Outcome.ABANDONED): Step(State.CLOSED),
    (State.CLOSED, Moment.FAILED_IN_A_ROW): Step(State.OPEN),
    (State.OPEN, Moment.ASKED): Step(State.OPEN, Deed.REJECT),
    (State.OPEN, Moment.RESTED): Step(State.HALF_OPEN),
    (State.HALF_OPEN, Moment.ASKED): Step(State.HALF_OPEN, Deed.ADMIT_TRIAL),
    (State.HALF_OPEN, Outcome.SUCCESS): Step(State.HALF_OPEN, Deed.COUNT_TRIAL),
    (State.HALF_OPEN, Outcome.REFUSED): Step(State.HALF_OPEN, Deed.COUNT_TRIAL),
    (State.HALF_OPEN, Outcome.FAILURE): Step(State.OPEN),
    (State.HALF_OPEN, Outcome.NEUTRAL): Step(State.HALF_OPEN, Deed.FREE_TRIAL),
    (State.HALF_OPEN, Outcome.ABANDONED): Step(State.HALF_OPEN, Deed.FREE_TRIAL),
    (State.HALF_OPEN, Moment.TRIALS_PASSED): Step(State.CLOSED),
}
