"""What a load must keep to: objectives, read from a line and judged by a tally.

``p99_send=300ms,callback_lag_p99=2s,errors=0`` is three objectives, each a name and the most that it may be. A name is
a measure with a percentile (``p50``, ``p99``, ``p99.9``), ``mean`` or ``max`` before or behind it, limited by a
duration; or ``errors``, or ``errors_`` and a measure, limited by a number or a share such as ``0.1%``. A measure that
was never taken is a miss: a load that did nothing has kept to nothing.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from fake_twilio.domain.values.durations import parse_duration
from fake_twilio.load.errors import LoadError
from fake_twilio.load.tally import Tally

# What the users that come along measure; a user class names its own in `measures`.
MEASURES = {
    "request": "one request, as whoever sent it saw it",
    "send": "from when a message was due until Twilio had answered for it",
    "delivered": "from when a message was due until its callback `delivered` had come",
    "callback_lag": "from a message's status until the callback about it had come",
    "reply": "from when an inbound message was due until the app's reply was there",
}
REQUESTS = "requests"  # every line of Locust's statistics
ERRORS = "errors"  # those that failed; with a measure behind it, the failures of what was measured

_STATISTIC = r"p[0-9]{1,3}(?:\.[0-9]+)?|mean|max"
_BEFORE = re.compile(rf"({_STATISTIC})_(\w+)", re.ASCII)
_BEHIND = re.compile(rf"(\w+?)_({_STATISTIC})", re.ASCII)
_COUNT = re.compile(r"[0-9]{1,12}", re.ASCII)
_SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?)%", re.ASCII)
_FOR_EXAMPLE = "such as p99_send=300ms,errors=0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """One thing that a load must keep to: the most that a statistic of a measure may be."""

    name: str  # as it was written
    measure: str  # what is measured in time; of errors, what they are errors of, or requests
    statistic: str  # p99, mean, max; count or share of errors
    limit: float  # seconds, a number, or a share of 1

    @property
    def wanted(self) -> str:
        """The limit, as it is printed."""
        return f"<={_shown(self.statistic, self.limit)}"


class Verdict(NamedTuple):
    """Whether an objective was kept; *measured* is in the objective's own unit, ``None`` if nothing was measured."""

    objective: Objective
    measured: float | None

    @property
    def name(self) -> str:
        return self.objective.name

    @property
    def wanted(self) -> str:
        return self.objective.wanted

    @property
    def is_met(self) -> bool:
        return self.measured is not None and self.measured <= self.objective.limit

    @property
    def line(self) -> str:
        """The verdict as ``name value goal PASS|FAIL``."""
        if self.measured is None:
            return f"{self.name} none {self.wanted} FAIL (nothing was measured of {self.objective.measure})"
        shown = _shown(self.objective.statistic, self.measured)
        return f"{self.name} {shown} {self.wanted} {'PASS' if self.is_met else 'FAIL'}"


def parse_slo(text: str, measures: Collection[str] = ()) -> tuple[Objective, ...]:
    """Return the objectives of a line such as ``p99_send=300ms,callback_lag_p99=2s,errors=0``.

    *measures* are names besides those of `MEASURES`. Raises `LoadError` for what is no objective, and for a measure
    that nobody takes.
    """
    if not isinstance(text, str) or not text.strip(" ,"):
        raise LoadError(f"--slo must be one objective or more, {_FOR_EXAMPLE}, is empty: leave it out to judge nothing")
    known = {*MEASURES, *measures}
    objectives = tuple(_objective(part.strip(), known) for part in text.strip(" ,").split(","))
    _check_meanings(objectives)
    return objectives


def judge(objectives: Iterable[Objective], tally: Tally) -> list[Verdict]:
    """Return whether each objective was kept, in their order."""
    return [Verdict(objective, _measured(objective, tally)) for objective in objectives]


def _objective(part: str, known: Collection[str]) -> Objective:
    name, equals, limit = (each.strip() for each in part.partition("="))
    if not (name and equals and limit):
        raise LoadError(f"--slo must be name=limit, {_FOR_EXAMPLE}, has {part!r}")
    if name == ERRORS or name.startswith(errors_of("")):
        return _of_errors(name, limit, known)
    found, behind = _BEFORE.fullmatch(name), _BEHIND.fullmatch(name)
    if found is None and behind is None:
        raise LoadError(f"--slo must name a measure with pNN, mean or max, or errors, {_FOR_EXAMPLE}, has {name!r}")
    statistic, measure = found.groups() if found else reversed(behind.groups()) if behind else ("", "")
    _check_statistic(name, statistic)
    _check_measure(name, measure, known)
    try:
        seconds = parse_duration(limit)
    except ValueError as error:
        raise LoadError(f"--slo {name}: {error}, got {limit!r}") from None
    return Objective(name=name, measure=measure, statistic=statistic, limit=seconds)


def _of_errors(name: str, limit: str, known: Collection[str]) -> Objective:
    measure = REQUESTS if name == ERRORS else name.removeprefix(errors_of(""))
    if name != ERRORS:
        _check_measure(name, measure, known)
    share = _SHARE.fullmatch(limit)
    if share is not None and float(share[1]) <= 100:
        return Objective(name=name, measure=measure, statistic="share", limit=float(share[1]) / 100)
    if not _COUNT.fullmatch(limit):
        raise LoadError(f"--slo {name}: wanted a number such as 0 or a share such as 0.1%, got {limit!r}")
    return Objective(name=name, measure=measure, statistic="count", limit=float(limit))


def _check_meanings(objectives: Iterable[Objective]) -> None:
    """Raise `LoadError` if two say what one thing may be, in whatever words."""
    names: dict[tuple[str, object], str] = {}
    for objective in objectives:
        meaning = _meaning(objective)
        if meaning in names:
            same = f"{names[meaning]} and {objective.name} are one"
            raise LoadError(f"--slo must name each objective once, {same}: leave one out")
        names[meaning] = objective.name


def _meaning(objective: Objective) -> tuple[str, object]:
    """Return what *objective* limits, however it is written: ``p99_send``, ``send_p99`` and ``p99.0_send`` are one."""
    if objective.statistic in ("count", "share"):
        return objective.measure, ERRORS
    return objective.measure, _percentile(objective.statistic) or objective.statistic


def _percentile(statistic: str) -> Fraction | None:
    return Fraction(statistic[1:]) if statistic.startswith("p") else None


def _check_statistic(name: str, statistic: str) -> None:
    percentile = _percentile(statistic)
    if percentile is not None and not 0 < percentile <= 100:
        raise LoadError(f"--slo {name}: wanted a percentile above p0 and up to p100, got {statistic}")


def _check_measure(name: str, measure: str, known: Collection[str]) -> None:
    if measure not in known:
        there_are = ", ".join(sorted(known))
        raise LoadError(f"--slo {name}: nobody measures {measure!r}; there are {there_are}")


def _measured(objective: Objective, tally: Tally) -> float | None:
    if objective.statistic in ("count", "share"):
        return _errors(objective, tally)
    taken = tally.histogram(objective.measure)
    if not taken.count:
        return None
    percentile = _percentile(objective.statistic)
    if percentile is not None:
        return taken.quantile(percentile / 100)
    return taken.mean if objective.statistic == "mean" else taken.max


def _errors(objective: Objective, tally: Tally) -> float | None:
    of_all = objective.measure == REQUESTS
    tried = tally.counted(REQUESTS) if of_all else tally.histogram(objective.measure).count
    failed = tally.counted(ERRORS if of_all else errors_of(objective.measure))
    if not tried:
        return None
    return failed if objective.statistic == "count" else failed / tried


def errors_of(measure: str) -> str:
    """Return the name under which failures of a *measure* are counted."""
    return f"{ERRORS}_{measure}"


def _shown(statistic: str, value: float) -> str:
    if statistic == "count":
        return f"{value:g}"
    if statistic == "share":
        return f"{value * 100:.3g}%"
    return f"{value * 1000:.4g}ms" if value < 1 else f"{value:.5g}s"
