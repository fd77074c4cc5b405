"""Counts over time as one SVG file, read in light, in dark and without colours.

Numbers in, text out. All lines of a chart share one axis, since what they are drawn for is the difference; the second
is dashed, so that it is told from the first where colours are not seen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 720, 220, 48, 20, 62, 28
BIN_SECONDS = 0.5
_BASE = TOP + HEIGHT
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1a1e24}.title{font-weight:600}"
    "polyline{fill:none;stroke-width:2}.line0{stroke:#0b57b0}.line1{stroke:#b3400a;stroke-dasharray:6 3}"
    ".grid{stroke:#d3d7de}.band{fill:#8f98a61f}"
    "@media(prefers-color-scheme:dark){text{fill:#e6e9ee}.line0{stroke:#8ab8ff}.line1{stroke:#ffab7a}"
    ".grid{stroke:#39414d}}"
)


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


class _Axes(NamedTuple):
    """How far the axes go."""

    seconds: int
    per_second: float

    def x(self, moment: float) -> float:
        return LEFT + min(moment, self.seconds) / self.seconds * (WIDTH - LEFT - RIGHT)

    def y(self, per_second: float) -> float:
        return _BASE - per_second / self.per_second * HEIGHT


def draw(title: str, lines: Sequence[Line], bands: Iterable[Band] = ()) -> str:
    """Return an SVG of how many a second there were, for two lines at most."""
    rates = [line.per_second() for line in lines]
    longest = max([1, *map(len, rates)])
    axes = _Axes(ceil(longest * BIN_SECONDS), _round_up(max([1.0, *(value for values in rates for value in values)])))
    shapes = [_text(LEFT, 16, title, "title"), *_bands(axes, bands), *_grid(axes)]
    for place, (line, values) in enumerate(zip(lines, rates, strict=True)):
        shapes += _line(axes, place, line.name, values)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_BASE + FOOT}" role="img"'
    return "\n".join([f'{head} aria-label="{escape(title)}">', f"<style>{_STYLE}</style>", *shapes, "</svg>\n"])


def _bands(axes: _Axes, bands: Iterable[Band]) -> Iterator[str]:
    for name, begins, ends in bands:
        left, width = axes.x(begins), axes.x(ends) - axes.x(begins)
        yield f'<rect class="band" x="{left:.1f}" y="{TOP}" width="{width:.1f}" height="{HEIGHT}"/>'
        yield _text(left + width / 2, TOP - 6, name, anchor="middle")


def _grid(axes: _Axes) -> Iterator[str]:
    for share in (0.0, 0.5, 1.0):
        y = axes.y(share * axes.per_second)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _text(LEFT - 6, y + 4, f"{share * axes.per_second:g}", anchor="end")
    for moment in range(0, axes.seconds + 1, ceil(axes.seconds / 10)):
        yield _text(axes.x(moment), _BASE + 18, f"{moment} s", anchor="middle")


def _line(axes: _Axes, place: int, name: str, values: Sequence[float]) -> Iterator[str]:
    middles = ((at + 0.5) * BIN_SECONDS for at in range(len(values)))
    points = " ".join(f"{axes.x(at):.1f},{axes.y(value):.1f}" for at, value in zip(middles, values, strict=True))
    left = LEFT + 220 * place
    yield f'<polyline class="line{place}" points="{points}"/>'
    yield f'<polyline class="line{place}" points="{left},32 {left + 28},32"/>'
    yield _text(left + 34, 36, name)


def _text(x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _round_up(value: float) -> float:
    """Return the next number of two digits that count, and that can be halved: 742 is 760."""
    step = 2 * 10.0 ** (floor(log10(value)) - 1 if value >= 10 else 0)
    return ceil(value / step) * step
