"""Charts of a load as SVG: how long things took, and how many there were in each second.

Numbers in, text out. Colours come from the page's style sheet, by class; lines that only a colour would tell apart are
also dashed. Durations lie on a logarithmic axis: what matters at 2 ms and at 2 s is the factor, and a tail of one in a
thousand is seen only if it has room.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from fake_twilio.load.summary import Figure, Rate
from fake_twilio.load.summary_text import shown_seconds

WIDTH, HEIGHT = 720, 240
LEFT, RIGHT, TOP, BOTTOM = 52, 30, 38, 36
BINS = 48
_STEPS = (1, 2, 5)
_FOOT = HEIGHT - BOTTOM
_MARKED = {"p50": 0, "p99": 2}  # which of a figure's quantiles are drawn


def histogram_chart(figure: Figure) -> str:
    """Return how many took how long, as bars over a logarithmic axis, with the median and the 99th percentile."""
    low, high = _round_range(figure.bars[0][0], figure.bars[-1][1])
    bins = _binned(figure.bars, low, high)
    width = (WIDTH - LEFT - RIGHT) / BINS
    top = max(bins)
    bars = [
        f'<rect class="bar" x="{LEFT + place * width:.1f}" y="{_y(count, top):.1f}" width="{width - 1:.1f}" '
        f'height="{_FOOT - _y(count, top):.1f}"/>'
        for place, count in enumerate(bins)
        if count
    ]
    marks = _marks(figure, low, high)
    axis = [_tick(_x_of(seconds, low, high), shown_seconds(seconds)) for seconds in _round_seconds(low, high)]
    told = f"{figure.name}: {figure.times} times, half of them within {shown_seconds(figure.quantiles_seconds[0])}"
    return _svg(told, [*_grid(top), *axis, *bars, *marks])


def rate_chart(rates: Sequence[Rate]) -> str:
    """Return requests and failures in each second, as two lines."""
    top = max(1, *(rate.requests for rate in rates))
    last = max(1, rates[-1].second)

    def line(name: str, values: Iterable[int]) -> str:
        places = [LEFT + rate.second * (WIDTH - LEFT - RIGHT) / last for rate in rates]
        points = " ".join(f"{x:.1f},{_y(value, top):.1f}" for x, value in zip(places, values, strict=True))
        return f'<polyline class="{name}" points="{points}"/>'

    lines = [line("requests", (rate.requests for rate in rates)), line("failures", (rate.failures for rate in rates))]
    axis = [_tick(LEFT + at * (WIDTH - LEFT - RIGHT) / last, f"{at} s") for at in _round_counts(last)]
    return _svg(f"requests and failures in each of {len(rates)} seconds", [*_grid(top), *axis, *lines])


def _binned(bars: Iterable[tuple[float, float, int]], low: float, high: float) -> list[int]:
    bins = [0] * BINS
    for begins, ends, count in bars:
        share = _share_of(math.sqrt(begins * ends), low, high)
        bins[min(BINS - 1, max(0, int(share * BINS)))] += count
    return bins


def _marks(figure: Figure, low: float, high: float) -> Iterator[str]:
    for row, (name, place) in enumerate(_MARKED.items()):
        seconds = figure.quantiles_seconds[place]
        x = _x_of(seconds, low, high)
        anchor = "end" if x > WIDTH / 2 else "start"
        shift = -4 if anchor == "end" else 4
        yield f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 30}" y2="{_FOOT}"/>'
        yield _text(x + shift, TOP - 20 + 14 * row, f"{name} {shown_seconds(seconds)}", anchor)


def _grid(top: int) -> Iterator[str]:
    for count in [0, *_round_counts(top)]:
        y = _y(count, top)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _text(LEFT - 6, y + 4, f"{count}", "end")


def _tick(x: float, text: str) -> str:
    return f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{_FOOT}" y2="{_FOOT + 5}"/>' + _text(x, _FOOT + 20, text)


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(told: str, shapes: Iterable[str]) -> str:
    head = f'<svg role="img" aria-label="{escape(told)}" viewBox="0 0 {WIDTH} {HEIGHT}">'
    return "\n".join([head, *shapes, "</svg>"])


def _round_range(shortest: float, longest: float) -> tuple[float, float]:
    """Return round durations below and above all others, so that both ends of the axis have a name."""
    around = list(_round_seconds(shortest / 10, longest * 10))
    return max(at for at in around if at <= shortest), min(at for at in around if at >= longest)


def _round_seconds(low: float, high: float) -> Iterator[float]:
    for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        yield from (step * 10.0**power for step in _STEPS if low <= step * 10.0**power <= high * (1 + 1e-9))


def _round_counts(top: int) -> Iterator[int]:
    """Yield four to ten whole numbers up to *top*, at round distances."""
    power = 10 ** max(0, math.floor(math.log10(top)) - 1)
    distance = next((step * power for step in (1, 2, 5, 10, 20, 50) if top // (step * power) <= 8), top)
    yield from range(distance, top + 1, distance)


def _share_of(seconds: float, low: float, high: float) -> float:
    return math.log(seconds / low) / math.log(high / low)


def _x_of(seconds: float, low: float, high: float) -> float:
    """Return where a duration lies; what is shorter than any bucket lies at the foot of the first."""
    return LEFT + _share_of(min(high, max(low, seconds)), low, high) * (WIDTH - LEFT - RIGHT)


def _y(count: int, top: int) -> float:
    return _FOOT - (_FOOT - TOP) * count / top
