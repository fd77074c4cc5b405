"""Conditions, faults and mischief of a scenario in words."""

import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from fake_twilio.domain.fate.chaos import Chaos, Mischief, Trick
from fake_twilio.domain.fate.delays import Delay, Fixed
from fake_twilio.domain.fate.outcome import FaultPlan, PlannedReply, Refuse
from fake_twilio.domain.fate.timeline import Step
from fake_twilio.domain.rules.conditions import Patterns, Span, When
from fake_twilio.domain.rules.turns import Turn
from fake_twilio.domain.values.patterns import Glob, NumberRange, Pattern
from fake_twilio.domain.values.regex import Regex
from fake_twilio.scenario_files.problems import shown
from fake_twilio.scenario_tools.quantiles import quantile

MOST_SHOWN = 5  # patterns of one list
MAX_TOLD_CHARACTERS = 60
_UNITS = ((86_400.0, "d"), (3_600.0, "h"), (60.0, "m"), (1.0, "s"))
_SECOND = (1.0, "s")
_MANY_SECONDS = 1_000
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "to": "the recipient",
        "from": "the sender",
        "body": "the text",
        "service": "the service",
        "account": "the account",
        "number_type": "the kind of sender",
        "country": "the country",
        "segments": "the number of segments",
        "media": "the number of media",
    }
)  # of what a condition looks at
_PER = {"to": "recipient", "from": "sender", "body": "text"}


def time(seconds: float) -> str:
    """Return *seconds* as a scenario file has them, to three digits: ``400ms``, ``1.5s``, ``10m``."""
    if 0 < seconds < 1:
        return f"{seconds * 1_000:.0f}ms"
    exact = next(((size, unit) for size, unit in _UNITS if seconds >= size and not seconds % size), None)
    near = next(((size, unit) for size, unit in _UNITS if seconds >= 10 * size), _SECOND)
    size, unit = near if exact == _SECOND and seconds >= _MANY_SECONDS else exact or near
    return f"{seconds / size:.3g}{unit}"


def delay(found: Delay) -> str:
    """Return how long something takes, with the median and what nine in ten stay within."""
    if isinstance(found, Fixed):
        return time(found.length)
    told = found.told()
    if len(told) > MAX_TOLD_CHARACTERS:
        told = told[:MAX_TOLD_CHARACTERS] + "…"
    return f"{told}: half within {time(quantile(found, 0.5))}, 90% within {time(quantile(found, 0.9))}"


def share(fraction: float) -> str:
    """Return a share of the whole as a percentage."""
    return f"{fraction * 100:.4g}%"


def conditions(when: When) -> Iterator[str]:
    """Yield each thing that is asked of a message."""
    for name, patterns in when.patterns().items():
        if patterns:
            yield f"{NAMES[name]} is {_one_of(patterns)}"
    if when.number_type:
        yield f"the sender is a {' or a '.join(sorted(kind.value for kind in when.number_type))}"
    if when.country:
        yield f"the recipient's country is {' or '.join(sorted(when.country))}"
    if when.segments:
        yield f"segments: {_span(when.segments)}"
    if when.media:
        yield f"media: {_span(when.media)}"


def turns(turn: Turn) -> Iterator[str]:
    """Yield each thing that must hold of the occasion: its number, its chance, its time."""
    counted = list(_counts(turn))
    if counted:
        per = f", counted for each {_PER.get(turn.per, turn.per)}" if turn.per else ""
        yield f"its turn is {' and '.join(counted)}{per}"
    if turn.probability is not None:
        yield f"chance wants it, {share(turn.probability)} of the times"
    if turn.since or turn.until < math.inf:
        end = f" until {time(turn.until)}" if turn.until < math.inf else " on"
        yield f"the time is from {time(turn.since)}{end}"


def life(steps: Sequence[Step]) -> str:
    """Return which statuses a message takes, each with the time after the one before it."""
    return ", then ".join(map(_step, steps)) or "stays queued"


def refusal(found: Refuse) -> str:
    """Return what a request is refused with."""
    what = f"code {found.code}" if found.code is not None else f"HTTP {found.status}"
    after = f", Retry-After {time(found.retry_after_seconds)}" if found.retry_after_seconds is not None else ""
    return f"refused with {what}{after}"


def fault(found: FaultPlan) -> str:
    """Return what goes wrong with the connection."""
    parts = [found.kind.value.replace("_", " ")] if found.kind else []
    parts += ["after the message was taken"] if found.is_committed else []
    parts += [f"latency {delay(found.latency)}"] if found.latency else []
    parts += [f"drip {delay(found.drip)}"] if found.drip else []
    return "; ".join(parts)


def mischief(chaos: Chaos) -> Iterator[str]:
    """Yield what goes wrong with callbacks."""
    return (_trick(kind, trick) for kind, trick in chaos.tricks)


def reply(found: PlannedReply) -> str:
    """Return what the recipient answers, and when."""
    media = f" with {len(found.media_urls)} media" if found.media_urls else ""
    return f"'{shown(found.body)}'{media}, {delay(found.after)} after delivered"


def _step(step: Step) -> str:
    error = f" with error {step.error_code}" if step.error_code is not None else ""
    return f"{step.status}{error} after {delay(step.delay) if step.delay else time(step.after_seconds)}"


def _trick(kind: Mischief, trick: Trick) -> str:
    parts = [kind.value.replace("_", " ")]
    parts += [f"{trick.times} times"] if kind is Mischief.DUPLICATE else []
    parts += [f"by {delay(trick.delay)}"] if trick.delay else []
    parts += [f"{share(trick.probability)} of the times"] if trick.probability < 1 else []
    parts += [f"of {', '.join(sorted(trick.statuses))}"] if trick.statuses else []
    return " ".join(parts)


def _counts(turn: Turn) -> Iterator[str]:
    if turn.nth:
        yield f"number {', '.join(map(str, sorted(turn.nth)))}"
    if turn.first is not None:
        yield f"one of the first {turn.first}"
    if turn.every is not None:
        yield f"every {turn.every}{_ending(turn.every)}"


def _ending(number: int) -> str:
    return "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")


def _one_of(patterns: Patterns) -> str:
    named = [_pattern(pattern) for pattern in patterns[:MOST_SHOWN]]
    left = len(patterns) - len(named)
    return " or ".join(named) + (f" or one of {left} others" if left else "")


def _pattern(pattern: Pattern) -> str:
    if isinstance(pattern, NumberRange):
        return f"{pattern.low}..{pattern.high}"
    if isinstance(pattern, Regex):
        return shown(f"re:{pattern.text}")
    assert isinstance(pattern, Glob)
    return f'"{shown(pattern.text)}"'


def _span(span: Span) -> str:
    if span.high == span.low:
        return f"{span.low}"
    return f"{span.low} to {span.high:g}" if span.high < math.inf else f"{span.low} or more"
