"""Finds the rules that a message may match without asking each: a thousand rules take as long as a few.

Equal texts, prefixes and ranges are looked up; what is left of the patterns is asked one by one.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from fake_twilio.domain.conditions import When, texts_of
from fake_twilio.domain.envelope import Envelope
from fake_twilio.domain.patterns import Glob, NumberRange, Pattern

_NAMES = ("to", "from", "body", "service", "account")


class PatternIndex:
    """Patterns with the places of the rules they belong to."""

    def __init__(self) -> None:
        self._equal: dict[str, list[int]] = {}
        self._prefixes: dict[int, dict[str, list[int]]] = {}
        self._ranges: dict[int, list[tuple[str, str, int]]] = {}  # by length
        self._others: list[tuple[Pattern, int]] = []
        self._lows: dict[int, list[str]] = {}

    def add(self, pattern: Pattern, place: int) -> None:
        """Remember that the rule at *place* has this *pattern*."""
        if isinstance(pattern, NumberRange):
            self._ranges.setdefault(len(pattern.low), []).append((pattern.low, pattern.high, place))
        elif not isinstance(pattern, Glob) or "?" in pattern.text or "*" in pattern.text[:-1]:
            self._others.append((pattern, place))
        elif pattern.text.endswith("*"):
            prefix = pattern.text[:-1]
            self._prefixes.setdefault(len(prefix), {}).setdefault(prefix, []).append(place)
        else:
            self._equal.setdefault(pattern.text, []).append(place)

    def close(self) -> None:
        """Put the ranges in order; nothing is added afterwards."""
        for length, ranges in self._ranges.items():
            ranges.sort()
            self._lows[length] = [low for low, _, _ in ranges]

    def places(self, text: str) -> set[int]:
        """Return the places of the rules of which a pattern matches *text*."""
        found = set(self._equal.get(text, ()))
        for length, prefixes in self._prefixes.items():
            found.update(prefixes.get(text[:length], ()) if len(text) >= length else ())
        found.update(self._within_ranges(text))
        found.update(place for pattern, place in self._others if pattern.matches(text))
        return found

    def _within_ranges(self, text: str) -> Iterator[int]:
        ranges = self._ranges.get(len(text))
        if ranges and text[0] == "+" and text[1:].isascii() and text[1:].isdigit():
            for _, high, place in ranges[: bisect_right(self._lows[len(text)], text)]:
                if text <= high:
                    yield place


class RuleIndex:
    """The conditions of rules, in their order."""

    def __init__(self, conditions: Sequence[When]) -> None:
        self._indexes = {name: PatternIndex() for name in _NAMES}
        self._needed = [0] * len(conditions)
        for place, when in enumerate(conditions):
            for name, patterns in when.patterns().items():
                self._needed[place] += bool(patterns)
                for pattern in patterns:
                    self._indexes[name].add(pattern, place)
        for index in self._indexes.values():
            index.close()
        self._free = frozenset(place for place, needed in enumerate(self._needed) if not needed)

    def places(self, envelope: Envelope) -> list[int]:
        """Return the places of the conditions whose patterns all match, in order."""
        hits: Counter[int] = Counter()
        for name, text in texts_of(envelope).items():
            hits.update(self._indexes[name].places(text))
        return sorted(self._free.union(place for place, count in hits.items() if count == self._needed[place]))
