"""A straight line through what was measured, and how sure it is."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

SURE = 2.0  # standard errors: some 95 % of the cases, for the dozens of points that a soak has


class Line(NamedTuple):
    """*slope* of y for one of x; *error* is how far the true one may be off, by the scatter of the points."""

    slope: float
    error: float

    @property
    def least(self) -> float:
        """The slope that there is at least, for sure: what scatters does not grow."""
        return max(self.slope - self.error, 0.0)


def fit(points: Sequence[tuple[float, float]]) -> Line:
    """Return the least-squares line through *points* (x, y); a flat one where there are too few to say."""
    count = len(points)
    if count < 3:
        return Line(0.0, 0.0)
    mean_x, mean_y = (sum(values) / count for values in zip(*points, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    if not spread:
        return Line(0.0, 0.0)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    residue = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    return Line(slope, SURE * sqrt(residue / (count - 2) / spread))
