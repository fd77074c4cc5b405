"""Long lists made short: the rows that count most, in their order.

A world may have a thousand rules or numbers. Nobody reads a thousand rows, and each costs the server and the browser;
what has something to tell goes first, and how many rows are left out is said.
"""

from collections.abc import Callable, Sequence
from heapq import nlargest
from typing import Generic, NamedTuple, TypeVar

MOST_ROWS = 200

Row = TypeVar("Row")


class Shortened(NamedTuple, Generic[Row]):
    """Rows, and how many more there are."""

    rows: list[Row]
    left: int


def shortened(
    rows: Sequence[Row], weight: Callable[[Row], float] = lambda _row: 0.0, most: int = MOST_ROWS
) -> Shortened[Row]:
    """Return the *most* of *rows* that weigh most, and of those that weigh the same the first ones, in their order."""
    if len(rows) <= most:
        return Shortened(list(rows), 0)
    heaviest = nlargest(most, range(len(rows)), key=lambda place: (weight(rows[place]), -place))
    return Shortened([rows[place] for place in sorted(heaviest)], len(rows) - most)
