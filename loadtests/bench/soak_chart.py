"""Curves over time as one SVG file, one below the other."""

from collections.abc import Sequence
from typing import NamedTuple

from fake_twilio.drawing import Frame, curve, line, svg_file, words

WIDTH, TITLE, PANEL, LEFT = 720, 34, 154, 12
PLOT = 110  # of a panel; above it stand its words


class Curve(NamedTuple):
    """A title with its unit, and the points (seconds, value)."""

    title: str
    points: Sequence[tuple[float, float]]


def draw(title: str, curves: Sequence[Curve]) -> str:
    """Return an SVG with one curve below the other, each from 0 to its highest value."""
    panels = [_panel(each, TITLE + (place + 1) * PANEL) for place, each in enumerate(curves)]
    return svg_file(title, WIDTH, TITLE + len(curves) * PANEL + LEFT, panels)


def _panel(drawn: Curve, foot: float) -> str:
    highest = max((value for _, value in drawn.points), default=0.0) or 1.0
    longest = max((seconds for seconds, _ in drawn.points), default=0.0) or 1.0
    frame = Frame(LEFT, foot - PLOT, WIDTH - LEFT, foot, longest, highest)
    told = f"{drawn.title}: up to {highest:.4g}, {longest:.0f} s"
    ends = [line((frame.left, y), (frame.right, y), "grid") for y in (frame.top, frame.foot)]
    return words(LEFT, frame.top - 7, told, anchor="start") + "".join(ends) + curve(frame, drawn.points, "line")
