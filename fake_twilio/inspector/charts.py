"""Charts: numbers in, shapes of SVG out.

A shape is a name and attributes; the template writes them down. Colours come from the style sheet, by class: no style
stands in a page. Lines that only a colour would tell apart are also dashed, and below each chart stand its numbers.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from fake_twilio.drawing import DASHES, nice_ceiling
from fake_twilio.inspector.measures import Measures, Series, Spans
from fake_twilio.inspector.page import clock, moment

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 64, 12, 30, 52  # room for words that a phone shows twice as large
LABELS_ACROSS = 6


class Text(NamedTuple):
    """A text at a place; *anchor* is SVG's text-anchor."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


class Line(NamedTuple):
    """A line through points."""

    name: str
    points: str
    dashes: str


class Bar(NamedTuple):
    """A rectangle of one series."""

    name: str
    x: float
    y: float
    width: float
    height: float


class Row(NamedTuple):
    """The numbers of one span, for the table."""

    begins: str
    values: tuple[str, ...]


class Chart(NamedTuple):
    """A chart, ready to be written; its *grid* are heights, between *left* and *right*."""

    key: str
    title: str
    names: tuple[str, ...]
    grid: tuple[float, ...]
    texts: tuple[Text, ...]
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    rows: tuple[Row, ...]
    box: str = f"0 0 {WIDTH} {HEIGHT}"  # SVG's viewBox
    left: float = LEFT
    right: float = WIDTH - RIGHT


def charts_of(measures: Measures) -> tuple[Chart, ...]:
    """Return the charts of a run."""
    spans = measures.spans
    divisor, unit = (60, "minute") if spans.seconds >= 60 else (1, "second")
    rates = tuple(
        Series(series.name, tuple((value or 0.0) * divisor / spans.seconds for value in series.values))
        for series in measures.traffic
    )
    return (
        _lined("traffic", f"Messages and callbacks per {unit}", f"per {unit}", spans, rates),
        _lined("lag", "Callback lag: from the status to the webhook's end", "seconds", spans, measures.lags),
        _stacked("statuses", "Messages by status over time", "messages", spans, measures.statuses),
    )


def _lined(key: str, title: str, up: str, spans: Spans, series: tuple[Series, ...]) -> Chart:
    top = nice_ceiling(max(max(_known(each)) for each in series))
    lines = tuple(
        Line(each.name, _points(each.values, top), DASHES[number % len(DASHES)]) for number, each in enumerate(series)
    )
    return _chart(key, title, up, spans, series, top)._replace(lines=lines)


def _stacked(key: str, title: str, up: str, spans: Spans, series: tuple[Series, ...]) -> Chart:
    top = nice_ceiling(max(map(sum, zip(*map(_known, series), strict=True))))
    return _chart(key, title, up, spans, series, top)._replace(bars=tuple(_bars(series, top)))


def _chart(key: str, title: str, up: str, spans: Spans, series: tuple[Series, ...], top: float) -> Chart:
    heights = [top * quarter / 4 for quarter in range(5)]
    texts = (
        Text(LEFT, TOP - 12, up, "start"),
        *(Text(LEFT - 6, _y(height, top) + 4, f"{height:g}", "end") for height in heights),
        *_labels_across(spans),
        Text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, "time (UTC)"),
    )
    return Chart(
        key=key,
        title=title,
        names=tuple(each.name for each in series),
        grid=tuple(_y(height, top) for height in heights),
        texts=texts,
        lines=(),
        bars=(),
        rows=tuple(_rows(spans, series)),
    )


def _bars(series: Iterable[Series], top: float) -> Iterator[Bar]:
    """Yield the rectangles of each span, one on top of the other; of what is not there, none."""
    below: dict[int, float] = {}
    for each in series:
        width = (WIDTH - LEFT - RIGHT) / len(each.values)
        for place, value in enumerate(_known(each)):
            foot = below.get(place, 0.0)
            below[place] = foot + value
            if value > 0:
                y = _y(foot + value, top)
                height = round(_y(foot, top) - y, 1)
                yield Bar(each.name, round(LEFT + place * width, 1), y, round(max(width - 1, 1), 1), height)


def _known(series: Series) -> tuple[float, ...]:
    return tuple(value or 0.0 for value in series.values)


def _points(values: tuple[float | None, ...], top: float) -> str:
    """Return a line through what is known; a single point is a line to itself, which has a round end and is seen."""
    known = [f"{_x(place, len(values))},{_y(value, top)}" for place, value in enumerate(values) if value is not None]
    return " ".join(known * 2 if len(known) == 1 else known)


def _labels_across(spans: Spans) -> Iterator[Text]:
    step = max(1, ceil(spans.number / LABELS_ACROSS))
    characters = len("14:05") if spans.seconds >= 60 else len("14:05:09")
    for place in range(0, spans.number, step):
        yield Text(_x(place, spans.number), HEIGHT - BOTTOM + 22, clock(spans.begins[place])[:characters])


def _rows(spans: Spans, series: tuple[Series, ...]) -> Iterator[Row]:
    """Yield the numbers of the spans in which something differs from the one before."""
    columns = list(zip(*(each.values for each in series), strict=True))
    for place, (before, values) in enumerate(pairwise([(), *columns])):
        if values != before:
            yield Row(moment(spans.begins[place])[:19], tuple(map(_written, values)))


def _written(value: float | None) -> str:
    if value is None:
        return "none"
    return f"{value:.3g}" if value < 999.5 else f"{value:.0f}"


def _x(place: int, count: int) -> float:
    return round(LEFT + (place + 0.5) * (WIDTH - LEFT - RIGHT) / count, 1)


def _y(value: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / top, 1)
