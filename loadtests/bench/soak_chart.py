"""Curves over time as one SVG file, which is read in light and in dark."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

WIDTH, HEIGHT, LEFT, TOP = 720, 110, 8, 22
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1a1e24}polyline{fill:none;stroke:#0b57b0;stroke-width:1.5}"
    "rect{fill:none;stroke:#d3d7de}@media(prefers-color-scheme:dark)"
    "{text{fill:#e6e9ee}polyline{stroke:#8ab8ff}rect{stroke:#39414d}}"
)


class Curve(NamedTuple):
    """A title with its unit, and the points (seconds, value)."""

    title: str
    points: Sequence[tuple[float, float]]


def draw(curves: Sequence[Curve]) -> str:
    """Return an SVG with one curve below the other, each from 0 to its highest value."""
    panels = "".join(_panel(curve, place * (HEIGHT + 2 * TOP)) for place, curve in enumerate(curves))
    size = f'viewBox="0 0 {WIDTH} {len(curves) * (HEIGHT + 2 * TOP)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"><style>{_STYLE}</style>{panels}</svg>\n'


def _panel(curve: Curve, top: float) -> str:
    highest = max((value for _, value in curve.points), default=0.0) or 1.0
    longest = max((seconds for seconds, _ in curve.points), default=0.0) or 1.0
    width, base = WIDTH - 2 * LEFT, top + TOP + HEIGHT
    places = (
        f"{LEFT + seconds / longest * width:.1f},{base - value / highest * HEIGHT:.1f}"
        for seconds, value in curve.points
    )
    return (
        f'<text x="{LEFT}" y="{top + TOP - 7}">{escape(curve.title)}: up to {highest:.4g}, {longest:.0f} s</text>'
        f'<rect x="{LEFT}" y="{top + TOP}" width="{width}" height="{HEIGHT}"/><polyline points="{" ".join(places)}"/>'
    )
