"""Counts over time as one SVG file, two clients in one frame.

All lines of a chart share one axis, since what they are drawn for is the difference.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import ceil
from typing import NamedTuple

from fake_twilio.drawing import DASHES, Frame, bar, curve, levels, nice_ceiling, svg_file, ticks, words

WIDTH, HEIGHT = 720, 320
PLOT = Frame(left=52, top=76, right=WIDTH - 20, foot=HEIGHT - 32)
KINDS = ("line", "line beside")
LEGEND = Frame(left=12, top=36, right=12 + 28, foot=36)  # the first line's; the next ones stand to its right
BIN_SECONDS = 0.5


class Line(NamedTuple):
    """A name, and the moments that are counted, in seconds from 0 on."""

    name: str
    moments: Sequence[float]

    def per_second(self) -> list[float]:
        """Return how many a second there were in each half second; the last one, which is not over, is left out."""
        counts = Counter(int(moment / BIN_SECONDS) for moment in self.moments)
        return [counts[place] / BIN_SECONDS for place in range(max(counts, default=0))]


class Band(NamedTuple):
    """A name for a span of time, in seconds."""

    name: str
    begins: float
    ends: float


def draw(title: str, lines: Sequence[Line], bands: Iterable[Band] = ()) -> str:
    """Return an SVG of how many a second there were, for two lines at most."""
    rates = [line.per_second() for line in lines]
    seconds = ceil(max([1, *map(len, rates)]) * BIN_SECONDS)
    highest = nice_ceiling(max([1.0, *(value for values in rates for value in values)]))
    plot = PLOT._replace(longest=seconds, highest=highest)
    shapes = [*_bands(plot, bands), *levels(plot, (0, highest / 2, highest))]
    shapes += ticks(plot, ((at, f"{at} s") for at in range(0, seconds + 1, ceil(seconds / 10))))
    for place, (line, values) in enumerate(zip(lines, rates, strict=True)):
        shapes += _line(plot, place, line.name, values)
    return svg_file(title, WIDTH, HEIGHT, shapes)


def _bands(plot: Frame, bands: Iterable[Band]) -> Iterator[str]:
    for name, begins, ends in bands:
        left, right = plot.x(min(begins, plot.longest)), plot.x(min(ends, plot.longest))
        yield bar(left, plot.top, right - left, plot.foot - plot.top, "band")
        yield words((left + right) / 2, plot.top - 6, name)


def _line(plot: Frame, place: int, name: str, values: Sequence[float]) -> Iterator[str]:
    kind, dashes, right = KINDS[place], DASHES[place], 220 * place
    sample = LEGEND._replace(left=LEGEND.left + right, right=LEGEND.right + right)
    yield curve(plot, (((at + 0.5) * BIN_SECONDS, value) for at, value in enumerate(values)), kind, dashes)
    yield curve(sample, [(0, 0), (1, 0)], kind, dashes)
    yield words(sample.right + 6, sample.foot + 4, name, anchor="start")
