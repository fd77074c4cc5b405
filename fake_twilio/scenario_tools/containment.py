"""Whether what one condition takes another takes too; where that is hard to say, the answer is no."""

from typing import NamedTuple

from fake_twilio.domain.rules.conditions import Patterns, Span, When
from fake_twilio.domain.rules.turns import Turn
from fake_twilio.domain.values.patterns import Glob, NumberRange, Pattern

MAX_CHARACTERS = 500  # of patterns with wildcards that are compared: the time grows with the product
_ANYTHING: Patterns = (Glob("*"),)
_ANY_COUNT = Span(0)


class _State(NamedTuple):
    """The last ``*`` that was met, and how far what it stands for reaches."""

    star: int
    reach: int


def covers(wide: When, narrow: When) -> bool:
    """Whether *wide* takes every message that *narrow* does, at every moment at which it does."""
    return (
        _takes_always(wide.turn, narrow.turn)
        and _covers_patterns(wide.to, narrow.to)
        and _covers_patterns(wide.sender, narrow.sender)
        and _covers_patterns(wide.body, narrow.body)
        and _covers_patterns(wide.service, narrow.service)
        and _covers_patterns(wide.account, narrow.account)
        and _covers_set(wide.number_type, narrow.number_type)
        and _covers_set(wide.country, narrow.country)
        and _covers_span(wide.segments, narrow.segments)
        and _covers_span(wide.media, narrow.media)
    )


def covers_pattern(wide: Pattern, narrow: Pattern) -> bool:
    """Whether *wide* matches every text that *narrow* matches."""
    if wide == narrow:
        return True
    if isinstance(narrow, Glob) and not _has_wildcard(narrow.text):
        return wide.matches(narrow.text)
    if isinstance(wide, NumberRange):
        return isinstance(narrow, NumberRange) and _holds_range(wide, narrow)
    return isinstance(wide, Glob) and _covers_shape(wide.text, _shape(narrow))


def takes_all_its_turns(turn: Turn) -> bool:
    """Whether a rule of this *turn* takes whatever matches while it is its time."""
    return not turn.counts and (turn.probability is None or turn.probability >= 1)


def _takes_always(wide: Turn, narrow: Turn) -> bool:
    return takes_all_its_turns(wide) and wide.since <= narrow.since and wide.until >= narrow.until


def _covers_patterns(wide: Patterns, narrow: Patterns) -> bool:
    if not wide:
        return True
    return all(any(covers_pattern(one, other) for one in wide) for other in narrow or _ANYTHING)


def _covers_set(wide: frozenset[object], narrow: frozenset[object]) -> bool:
    return not wide or (bool(narrow) and narrow <= wide)


def _covers_span(wide: Span | None, narrow: Span | None) -> bool:
    inner = narrow or _ANY_COUNT
    return wide is None or (wide.low <= inner.low and wide.high >= inner.high)


def _holds_range(wide: NumberRange, narrow: NumberRange) -> bool:
    return len(wide.low) == len(narrow.low) and wide.low <= narrow.low and narrow.high <= wide.high


def _has_wildcard(text: str) -> bool:
    return "*" in text or "?" in text


def _shape(pattern: Pattern) -> str:
    """Return a glob that matches all that *pattern* does: for a range its common beginning and its length."""
    if isinstance(pattern, NumberRange):
        start = _common_start(pattern.low, pattern.high)
        return start + "?" * (len(pattern.low) - len(start))
    return pattern.text if isinstance(pattern, Glob) else "*"


def _common_start(one: str, other: str) -> str:
    differing = (place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    return one[: next(differing, len(one))]


def _covers_shape(wide: str, narrow: str) -> bool:
    """Match *narrow* by *wide* as if it were a text, in which ``*`` is only matched by ``*``."""
    if wide.count("*") == len(wide) > 0:
        return True
    if max(len(wide), len(narrow)) > MAX_CHARACTERS:
        return False
    at, place, last = 0, 0, None
    while place < len(narrow):
        if at < len(wide) and wide[at] == "*":
            last, at = _State(at, place), at + 1
        elif at < len(wide) and _stands_for(wide[at], narrow[place]):
            at, place = at + 1, place + 1
        elif last:
            last = _State(last.star, last.reach + 1)
            at, place = last.star + 1, last.reach
        else:
            return False
    return not wide[at:].strip("*")


def _stands_for(wanted: str, found: str) -> bool:
    return found != "*" and wanted in ("?", found)
