"""Charts of a load as SVG: how long things took, and how many there were in each second.

Colours come from the page's style sheet. Durations lie on a logarithmic axis: what matters at 2 ms and at 2 s is the
factor, and a tail of one in a thousand is seen only if it has room.
"""

import math
from collections.abc import Iterable, Iterator, Sequence

from fake_twilio.drawing import DASHES, Frame, bar, curve, levels, line, svg_element, ticks, words
from fake_twilio.load.summary import Figure, Rate
from fake_twilio.load.summary_text import shown_seconds

WIDTH, HEIGHT = 720, 240
PLOT = Frame(left=52, top=38, right=WIDTH - 30, foot=HEIGHT - 36)
BINS = 48
_STEPS = (1, 2, 5)
_MARKED = {"p50": 0, "p99": 2}  # which of a figure's quantiles are drawn


def histogram_chart(figure: Figure) -> str:
    """Return how many took how long, as bars over a logarithmic axis, with the median and the 99th percentile."""
    low, high = _round_range(figure.bars[0][0], figure.bars[-1][1])
    bins = _binned(figure.bars, low, high)
    plot = PLOT._replace(longest=BINS, highest=max(bins))
    names = ((BINS * _share_of(seconds, low, high), shown_seconds(seconds)) for seconds in _round_seconds(low, high))
    told = f"{figure.name}: {figure.times} times, half of them within {shown_seconds(figure.quantiles_seconds[0])}"
    axes = [*levels(plot, [0, *_round_counts(max(bins))]), *ticks(plot, names)]
    return svg_element(told, WIDTH, HEIGHT, [*axes, *_bars(plot, bins), *_marks(figure, low, high)])


def rate_chart(rates: Sequence[Rate]) -> str:
    """Return requests and failures in each second, as two lines."""
    top = max(1, *(rate.requests for rate in rates))
    last = max(1, rates[-1].second)
    plot = PLOT._replace(longest=last, highest=top)
    lines = [
        curve(plot, ((rate.second, rate.requests) for rate in rates), "requests", DASHES[0]),
        curve(plot, ((rate.second, rate.failures) for rate in rates), "failures", DASHES[1]),
    ]
    axes = [*levels(plot, [0, *_round_counts(top)]), *ticks(plot, ((at, f"{at} s") for at in _round_counts(last)))]
    return svg_element(f"requests and failures in each of {len(rates)} seconds", WIDTH, HEIGHT, [*axes, *lines])


def _binned(bars: Iterable[tuple[float, float, int]], low: float, high: float) -> list[int]:
    bins = [0] * BINS
    for begins, ends, count in bars:
        share = _share_of(math.sqrt(begins * ends), low, high)
        bins[min(BINS - 1, int(share * BINS))] += count
    return bins


def _bars(plot: Frame, bins: Sequence[int]) -> Iterator[str]:
    width = plot.x(1) - plot.x(0) - 1
    for place, count in enumerate(bins):
        if count:
            yield bar(plot.x(place), plot.y(count), width, plot.foot - plot.y(count), "bar")


def _marks(figure: Figure, low: float, high: float) -> Iterator[str]:
    for row, (name, place) in enumerate(_MARKED.items()):
        seconds = figure.quantiles_seconds[place]
        x = PLOT.x(_share_of(seconds, low, high))
        anchor, shift = ("end", -4) if x > WIDTH / 2 else ("start", 4)
        yield line((x, PLOT.top - 30), (x, PLOT.foot), "mark")
        yield words(x + shift, PLOT.top - 20 + 14 * row, f"{name} {shown_seconds(seconds)}", anchor=anchor)


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
    """Return where a duration lies on the axis; what is shorter than any bucket lies at the foot of the first."""
    return math.log(min(high, max(low, seconds)) / low) / math.log(high / low)
