"""Charts as SVG: a frame and its axes, bars, lines, names.

Numbers in, text out. A colour comes by class: from the style sheet of the page in which a drawing stands, or, where it
is a file of its own, from `STYLE`, which is light or dark as the reader has it. What a colour tells is also told by a
dash or a text.
"""

from collections.abc import Iterable, Iterator
from html import escape
from math import floor, log10
from typing import NamedTuple

DASHES = ("none", "7 4", "2 3", "9 3 2 3")  # of lines that stand in one frame, the first first
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600; font-size: 15px }
.quiet { fill: #59636e }
.ours, .met { fill: #1a7f37 } .other { fill: #818b98 } .miss { fill: #cf222e }
.rule { stroke: #59636e; stroke-dasharray: 4 3 } .grid { stroke: #d1d9e0 } .band { fill: #8c959f; opacity: .2 }
.line { fill: none; stroke: #0969da; stroke-width: 2 } .beside { stroke: #bc4c00 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .quiet { fill: #9198a1 }
  .ours, .met { fill: #3fb950 } .other { fill: #656c76 } .miss { fill: #f85149 }
  .rule { stroke: #9198a1 } .grid { stroke: #3d444d }
  .line { stroke: #4493f8 } .beside { stroke: #f0883e }
}
"""
_NAME_HEIGHT = 15.0


class Frame(NamedTuple):
    """Where numbers are drawn: 0 lies at *left* and *foot*, *longest* at *right*, *highest* at *top*."""

    left: float
    top: float
    right: float
    foot: float
    longest: float = 1.0
    highest: float = 1.0

    def x(self, along: float) -> float:
        """Return where a number on the axis across lies."""
        return self.left + along / self.longest * (self.right - self.left)

    def y(self, up: float) -> float:
        """Return where a number on the axis upwards lies."""
        return self.foot - up / self.highest * (self.foot - self.top)


def nice_ceiling(most: float) -> float:
    """Return the least of 1, 2, 5, 10, … times a power of ten that is not below *most*; 1 for nothing."""
    if most <= 0:
        return 1.0
    power = 10.0 ** floor(log10(most))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= most)


def words(x: float, y: float, text: str, *, anchor: str = "middle", kind: str = "") -> str:
    """Return a text at a place; *anchor* is SVG's text-anchor. Whatever the text says is text."""
    return f'<text{_class(kind)} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>\n'


def line(start: tuple[float, float], end: tuple[float, float], kind: str) -> str:
    """Return a straight line between two places."""
    (x1, y1), (x2, y2) = start, end
    return f'<line{_class(kind)} x1="{x1:.1f}" x2="{x2:.1f}" y1="{y1:.1f}" y2="{y2:.1f}"/>\n'


def bar(x: float, y: float, width: float, height: float, kind: str) -> str:
    """Return a rectangle by its upper left corner."""
    return f'<rect{_class(kind)} x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"/>\n'


def curve(frame: Frame, points: Iterable[tuple[float, float]], kind: str, dashes: str = "none") -> str:
    """Return a line through numbers (along, up) in *frame*."""
    places = " ".join(f"{frame.x(along):.1f},{frame.y(up):.1f}" for along, up in points)
    return f'<polyline{_class(kind)} points="{places}" stroke-dasharray="{dashes}"/>\n'


def levels(frame: Frame, heights: Iterable[float], unit: str = "") -> Iterator[str]:
    """Yield a line across the frame at each height, with its number and *unit* to the left."""
    for height in heights:
        y = frame.y(height)
        yield line((frame.left, y), (frame.right, y), "grid")
        yield words(frame.left - 6, y + 4, f"{height:g} {unit}".rstrip(), anchor="end", kind="quiet")


def ticks(frame: Frame, names: Iterable[tuple[float, str]]) -> Iterator[str]:
    """Yield a tick at the foot of the frame for each number along, with its name below."""
    for along, name in names:
        x = frame.x(along)
        yield line((x, frame.foot), (x, frame.foot + 5), "grid")
        yield words(x, frame.foot + 20, name, kind="quiet")


def names_beside(ends: Iterable[tuple[float, float, str]]) -> Iterator[str]:
    """Yield the names of lines where each ends (x, y, name), none on top of another."""
    lowest = 0.0
    for y, name, x in sorted((y, name, x) for x, y, name in ends):
        lowest = max(y + 4, lowest + _NAME_HEIGHT)
        yield words(x + 8, lowest, name, anchor="start")


def svg_element(told: str, width: int, height: int, shapes: Iterable[str]) -> str:
    """Return a drawing for a page of HTML, which brings the style; *told* is what it shows, for who does not see it."""
    return f'<svg role="img" aria-label="{escape(told)}" {_box(width, height)}>\n{"".join(shapes)}</svg>'


def svg_file(title: str, width: int, height: int, shapes: Iterable[str]) -> str:
    """Return a drawing as a file of its own, with its title above."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {_box(width, height)} role="img" aria-labelledby="title">'
    heading = f'<title id="title">{escape(title)}</title>\n{words(12, 22, title, anchor="start", kind="title")}'
    return f"{head}\n<style>{STYLE}</style>\n{heading}{''.join(shapes)}</svg>\n"


def _box(width: int, height: int) -> str:
    return f'viewBox="0 0 {width} {height}"'


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""
