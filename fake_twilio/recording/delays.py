"""How measured delays are written into a scenario: the one place that knows."""

from collections.abc import Sequence
from statistics import median


def delay_text(seconds: Sequence[float]) -> str:
    """Return what stands after ``after:`` for these delays, of which there is at least one: their median."""
    return f"{round(median(seconds) * 1000)}ms"
