"""How long a call takes, where other programs are at work, too."""

from collections.abc import Callable
from timeit import repeat


def best_us(call: Callable[[], object], times: int, runs: int) -> float:
    """Return the microseconds of a call in the fastest of *runs*, of so many *times* each: others took the rest."""
    return min(repeat(call, number=times, repeat=runs)) / times * 1e6
