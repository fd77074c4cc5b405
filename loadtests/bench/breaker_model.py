"""What a breaker does, in plain words: the judge of the real one.

It is written from the rules of issue 6, and knows nothing of the real breaker's table. It is a value, so that a search
can go back to it; instead of epochs it remembers, for each call that is out, whether its result still matters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Stand = Literal["closed", "open", "half-open"]
Result = Literal["success", "failure", "neutral", "refused", "abandoned"]
RESULTS: tuple[Result, ...] = ("success", "failure", "neutral", "refused", "abandoned")


@dataclass(frozen=True, kw_only=True)
class Model:
    """A breaker that opens after *limit* failures in a row and wants *trials* calls to pass."""

    limit: int
    trials: int
    stand: Stand = "closed"
    in_a_row: int = 0
    passed: int = 0
    has_rested: bool = False
    out: Mapping[int, bool] = field(default_factory=dict)  # the calls that went out, and whether their results matter


def ask(model: Model, call: int) -> Model:
    """A call asks to go out; it is in `Model.out` then if it may."""
    if model.stand == "closed":
        return _let_out(model, call)
    if model.stand == "open" and model.has_rested:
        return _let_out(_turn(model, "half-open"), call)
    if model.stand == "half-open" and model.passed + sum(model.out.values()) < model.trials:
        return _let_out(model, call)
    return model


def rest(model: Model) -> Model:
    """So much time passes that an open breaker has rested."""
    return replace(model, has_rested=True) if model.stand == "open" else model


def report(model: Model, call: int, result: Result) -> Model:
    """The result of a call that went out comes."""
    after = replace(model, out={other: matters for other, matters in model.out.items() if other != call})
    if not model.out[call]:
        return after
    return _report_closed(after, result) if model.stand == "closed" else _report_trial(after, result)


def _report_closed(model: Model, result: Result) -> Model:
    if result == "success":
        return replace(model, in_a_row=0)
    if result == "failure" and model.in_a_row + 1 == model.limit:
        return _turn(model, "open")
    if result == "failure":
        return replace(model, in_a_row=model.in_a_row + 1)
    return model


def _report_trial(model: Model, result: Result) -> Model:
    if result == "failure":
        return _turn(model, "open")
    if result in ("neutral", "abandoned"):
        return model
    if model.passed + 1 == model.trials:
        return _turn(model, "closed")
    return replace(model, passed=model.passed + 1)


def _let_out(model: Model, call: int) -> Model:
    return replace(model, out={**model.out, call: True})


def _turn(model: Model, stand: Stand) -> Model:
    """Take another stand: what is out does not matter any more, and everything is counted from zero."""
    old = dict.fromkeys(model.out, False)
    return replace(model, stand=stand, in_a_row=0, passed=0, has_rested=False, out=old)
