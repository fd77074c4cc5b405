"""Finds the rules that a message may match without asking each: a thousand rules take as long as a few.

Equal texts, prefixes and ranges are looked up. Of the other patterns only those are asked of which a piece stands in
the text, and those that have no piece.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from fake_twilio.domain.rules.conditions import When, texts_of
from fake_twilio.domain.rules.envelope import Envelope
from fake_twilio.domain.values.patterns import Glob, NumberRange, Pattern
from fake_twilio.domain.values.required_text import required_text

PIECE = 4  # characters
Entry = tuple[Pattern, int]
_NAMES = ("to", "from", "body", "service", "account")


class PatternIndex:
    """Patterns with the places of the rules they belong to."""

    def __init__(self) -> None:
        self._equal: dict[str, list[int]] = {}
        self._prefixes: dict[int, dict[str, list[int]]] = {}
        self._ranges: dict[int, list[tuple[str, str, int]]] = {}  # by length
        self._tops: dict[int, list[str]] = {}  # the highest number of a range and of all before it
        self._by_piece: dict[str, list[Entry]] = {}  # what only matches a text that has this piece
        self._others: list[Entry] = []

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
        """Put the ranges in order, and what is asked one by one under its rarest piece; nothing is added afterwards."""
        for length, ranges in self._ranges.items():
            ranges.sort()
            self._tops[length] = list(accumulate((high for _, high, _ in ranges), max))
        pieces = [_pieces(required_text(pattern)) for pattern, _ in self._others]
        counts = Counter(chain.from_iterable(pieces))
        for entry, own in zip(self._others, pieces, strict=True):
            if own:
                self._by_piece.setdefault(min(own, key=lambda piece: (counts[piece], piece)), []).append(entry)
        self._others = [entry for entry, own in zip(self._others, pieces, strict=True) if not own]

    def places(self, text: str) -> set[int]:
        """Return the places of the rules of which a pattern matches *text*."""
        found = set(self._equal.get(text, ()))
        for length, prefixes in self._prefixes.items():
            found.update(prefixes.get(text[:length], ()) if len(text) >= length else ())
        if self._ranges:
            found.update(self._within_ranges(text))
        found.update(place for pattern, place in self._others if pattern.matches(text))
        if self._by_piece:
            for piece in self._by_piece.keys() & _pieces(text):
                found.update(place for pattern, place in self._by_piece[piece] if pattern.matches(text))
        return found

    def _within_ranges(self, text: str) -> Iterator[int]:
        """Look back from the last range that begins below *text*, as long as one of them may reach it."""
        ranges = self._ranges.get(len(text))
        if ranges and text[0] == "+" and text[1:].isascii() and text[1:].isdigit():
            tops = self._tops[len(text)]
            at = bisect_right(ranges, text, key=lambda found: found[0]) - 1
            while at >= 0 and tops[at] >= text:
                _, high, place = ranges[at]
                if text <= high:
                    yield place
                at -= 1


def _pieces(text: str) -> set[str]:
    """Return all runs of a few characters in *text*."""
    return {text[at : at + PIECE] for at in range(len(text) - PIECE + 1)}


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
