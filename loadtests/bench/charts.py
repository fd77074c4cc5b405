"""Charts of figures as SVG files: bars, goals, lines.

All numbers that they show stand in the tables of the page as well.
"""

from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import NamedTuple

from fake_twilio.drawing import (
    DASHES,
    Frame,
    bar,
    curve,
    levels,
    line,
    names_beside,
    nice_ceiling,
    svg_file,
    ticks,
    words,
)

WIDTH, ROW, TOP = 720, 24, 44
ACROSS = Frame(left=312, top=TOP, right=WIDTH - 100, foot=TOP)  # of bars: labels to the left, values to the right
PLOT = Frame(left=60, top=TOP, right=WIDTH - 190, foot=TOP + 220)
MOST_SHARE = 1.5  # of a goal: what is further off is cut there


class Bar(NamedTuple):
    """One bar: whose it is says the colour."""

    label: str
    value: float
    kind: str = "other"


def bars(title: str, unit: str, rows: Sequence[Bar]) -> str:
    """Return a chart of bars from zero; each with its value in *unit*."""
    across = ACROSS._replace(longest=max(row.value for row in rows) or 1.0)
    shapes = [_row(across, place, row, f"{row.value:,.4g} {unit}") for place, row in enumerate(rows)]
    return svg_file(title, WIDTH, _height(rows), shapes)


def goals(title: str, shares: Mapping[str, float]) -> str:
    """Return a chart of how much of each goal is used up: what passes the line at 1 is missed."""
    across, rows = ACROSS._replace(longest=MOST_SHARE), list(map(_used_up, shares, shares.values()))
    shapes = [_row(across, place, row, told) for place, (row, told) in enumerate(rows)]
    x, height = across.x(1), _height(rows)
    return svg_file(title, WIDTH, height, [*shapes, line((x, TOP - 8), (x, height - 8), "rule")])


def lines(title: str, unit: str, steps: Sequence[str], series: Mapping[str, Sequence[float]]) -> str:
    """Return a chart of lines over *steps* at even distances; the name of each stands at its end."""
    highest = nice_ceiling(max(max(values) for values in series.values()))
    plot = PLOT._replace(longest=len(steps), highest=highest)
    drawn = [curve(plot, _points(values), "line", dash) for values, dash in zip(series.values(), cycle(DASHES))]
    ends = [(plot.x(len(values) - 0.5), plot.y(values[-1]), name) for name, values in series.items()]
    axes = [*levels(plot, (highest * quarter / 4 for quarter in range(5)), unit)]
    axes += ticks(plot, ((place + 0.5, step) for place, step in enumerate(steps)))
    return svg_file(title, WIDTH, int(plot.foot) + 34, [*axes, *drawn, *names_beside(ends)])


def _used_up(name: str, share: float) -> tuple[Bar, str]:
    is_met = share <= 1
    row = Bar(name, min(share, MOST_SHARE), "met" if is_met else "miss")
    return row, f"{share:.2f}{'' if is_met else ' missed'}"


def _height(rows: Sequence[object]) -> int:
    return TOP + ROW * len(rows) + 8


def _row(across: Frame, place: int, row: Bar, told: str) -> str:
    y, end = TOP + place * ROW, across.x(row.value)
    label = words(across.left - 10, y + 13, row.label, anchor="end")
    shape = bar(across.left, y + 1, max(end - across.left, 1), ROW - 7, row.kind)
    return label + shape + words(end + 6, y + 13, told, anchor="start", kind="quiet")


def _points(values: Sequence[float]) -> list[tuple[float, float]]:
    return [(place + 0.5, value) for place, value in enumerate(values)]
