"""Charts of figures as SVG files: bars, goals, lines.

They stand in a page as pictures, so each brings its style along: light or dark as the reader has it. What a colour
tells is also told by a text or a dash, and all numbers stand in the tables of the page.
"""

from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH, ROW, TOP = 720, 24, 44
LEFT, RIGHT = 300, 100  # for labels and values
PLOT_HEIGHT, PLOT_LEFT, PLOT_RIGHT, PLOT_BOTTOM = 220, 60, 190, 34
MOST_SHARE = 1.5  # of a goal: what is further off is cut there
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600; font-size: 15px }
.quiet { fill: #59636e }
.ours, .met { fill: #1a7f37 } .other { fill: #8c959f } .miss { fill: #cf222e }
.rule { stroke: #59636e; stroke-dasharray: 4 3 } .grid { stroke: #d1d9e0 }
.line { fill: none; stroke: #0969da; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .quiet { fill: #9198a1 }
  .ours, .met { fill: #3fb950 } .other { fill: #656c76 } .miss { fill: #f85149 }
  .rule { stroke: #9198a1 } .grid { stroke: #3d444d }
  .line { stroke: #4493f8 }
}
"""
DASHES = ("none", "7 4", "2 3", "9 3 2 3")


class Bar(NamedTuple):
    """One bar: whose it is says the colour."""

    label: str
    value: float
    kind: str = "other"


def bars(title: str, unit: str, rows: Sequence[Bar]) -> str:
    """Return a chart of bars from zero; each with its value in *unit*."""
    widest = max(row.value for row in rows) or 1.0
    shapes = [_bar(place, row, row.value / widest, f"{row.value:,.4g} {unit}") for place, row in enumerate(rows)]
    return _picture(title, TOP + ROW * len(rows) + 8, "".join(shapes))


def goals(title: str, shares: Mapping[str, float]) -> str:
    """Return a chart of how much of each goal is used up: what passes the line at 1 is missed."""
    shapes = []
    for place, (name, share) in enumerate(shares.items()):
        row = Bar(name, share, "met" if share <= 1 else "miss")
        shapes.append(
            _bar(place, row, min(share, MOST_SHARE) / MOST_SHARE, f"{share:.2f}{'' if share <= 1 else ' missed'}")
        )
    height = TOP + ROW * len(shares) + 8
    x = _across(1 / MOST_SHARE)
    return _picture(
        title, height, "".join(shapes) + f'<line class="rule" x1="{x}" y1="{TOP - 8}" x2="{x}" y2="{height - 8}"/>'
    )


def lines(title: str, unit: str, steps: Sequence[str], series: Mapping[str, Sequence[float]]) -> str:
    """Return a chart of lines over *steps* at even distances; the name of each stands at its end."""
    top = nice_ceiling(max(max(values) for values in series.values()))
    grid = "".join(_level(top * quarter / 4, top, unit) for quarter in range(5))
    texts = "".join(_text(_x(place, len(steps)), TOP + PLOT_HEIGHT + 20, step) for place, step in enumerate(steps))
    drawn = "".join(
        _line(values, top, len(steps), dashes)
        for values, dashes in zip(series.values(), _cycled(len(series)), strict=True)
    )
    return _picture(title, TOP + PLOT_HEIGHT + PLOT_BOTTOM, grid + texts + drawn + _names(series, top, len(steps)))


def nice_ceiling(most: float) -> float:
    """Return the least of 1, 2, 5, 10, … times a power of ten that is not below *most*; 1 for nothing."""
    if most <= 0:
        return 1.0
    power = 10.0 ** floor(log10(most))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= most)


def _picture(title: str, height: int, shapes: str) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title">'
    heading = f'<title id="title">{escape(title)}</title><text class="title" x="12" y="22">{escape(title)}</text>'
    return f"{head}\n<style>{STYLE}</style>\n{heading}\n{shapes}</svg>\n"


def _bar(place: int, row: Bar, share: float, told: str) -> str:
    y, end = TOP + place * ROW, _across(share)
    label = _text(LEFT - 10, y + 13, row.label, anchor="end")
    bar = f'<rect class="{row.kind}" x="{LEFT}" y="{y + 1}" width="{max(end - LEFT, 1):.1f}" height="{ROW - 7}"/>\n'
    return label + bar + _text(end + 6, y + 13, told, anchor="start", kind="quiet")


def _across(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _text(x: float, y: float, text: str, *, anchor: str = "middle", kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>\n'


def _level(value: float, top: float, unit: str) -> str:
    y = _y(value, top)
    line = f'<line class="grid" x1="{PLOT_LEFT}" y1="{y}" x2="{WIDTH - PLOT_RIGHT}" y2="{y}"/>\n'
    return line + _text(PLOT_LEFT - 6, y + 4, f"{value:g} {unit}", anchor="end", kind="quiet")


def _line(values: Sequence[float], top: float, steps: int, dashes: str) -> str:
    points = " ".join(f"{_x(place, steps)},{_y(value, top)}" for place, value in enumerate(values))
    return f'<polyline class="line" stroke-dasharray="{dashes}" points="{points}"/>\n'


def _names(series: Mapping[str, Sequence[float]], top: float, steps: int) -> str:
    """Write the names of lines at their ends, and each at least a line of text below the one above it."""
    ends = sorted((_y(values[-1], top), name, _x(len(values) - 1, steps)) for name, values in series.items())
    written, lowest = "", 0.0
    for y, name, x in ends:
        lowest = max(y + 4, lowest + 15)
        written += _text(x + 8, lowest, name, anchor="start")
    return written


def _x(place: int, steps: int) -> float:
    return round(PLOT_LEFT + (WIDTH - PLOT_LEFT - PLOT_RIGHT) * (place + 0.5) / steps, 1)


def _y(value: float, top: float) -> float:
    return round(TOP + PLOT_HEIGHT * (1 - value / top), 1)


def _cycled(number: int) -> list[str]:
    return [DASHES[place % len(DASHES)] for place in range(number)]
