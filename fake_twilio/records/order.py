"""An order of messages from which some are gone: what is dead is skipped, and swept out once it is half of all.

That makes adding and removing amortised O(1); deleting from the front of a list would move all that is behind it.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Container, Iterator


class Order:
    """Ordinals, ascending; *living* knows which of them still count."""

    __slots__ = ("_dead", "_living", "_ordinals")

    def __init__(self, living: Container[int]) -> None:
        self._living = living
        self._ordinals: list[int] = []
        self._dead = 0

    def __len__(self) -> int:
        """Return how many are alive."""
        return len(self._ordinals) - self._dead

    def add(self, ordinal: int) -> None:
        """Put *ordinal* into its place, which mostly is the end."""
        if not self._ordinals:
            self._ordinals = [ordinal]  # with room for one: most recipients get no more
        elif ordinal > self._ordinals[-1]:
            self._ordinals.append(ordinal)
        else:
            insort(self._ordinals, ordinal)

    def bury(self) -> None:
        """Note that one of the ordinals has just left the living."""
        self._dead += 1
        if self._dead * 2 > len(self._ordinals):
            self._ordinals = [ordinal for ordinal in self._ordinals if ordinal in self._living]
            self._dead = 0

    def descending(self, before: int | None = None) -> Iterator[int]:
        """Yield the living ones below *before*."""
        end = len(self._ordinals) if before is None else bisect_left(self._ordinals, before)
        for place in range(end - 1, -1, -1):
            if self._ordinals[place] in self._living:
                yield self._ordinals[place]

    def ascending(self, after: int | None = None) -> Iterator[int]:
        """Yield the living ones above *after*."""
        begin = 0 if after is None else bisect_right(self._ordinals, after)
        for place in range(begin, len(self._ordinals)):
            if self._ordinals[place] in self._living:
                yield self._ordinals[place]
