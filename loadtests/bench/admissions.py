"""Judges a log of what was let through, and when.

In whatever window of time, the two moments at its ends included, at most burst + rate * time tokens may have been let
through. There are as many windows as pairs of admissions; one pass finds the worst. With S the sum of all tokens up to
an admission and t its time, the excess of a window is S - rate * t at its end less the least (S before - rate * t) of
all beginnings up to there. Whole numbers throughout.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

NS_PER_SECOND = 1_000_000_000


class Admission(NamedTuple):
    """Tokens that somebody was given at a moment."""

    at_ns: int
    tokens: int
    caller: int


def worst_excess(admissions: Sequence[Admission], rate: int, burst: int) -> float:
    """Return by how many tokens the worst window exceeds burst + rate * time; negative if none does."""
    total = 0  # all in tokens * 10^9, as rate * nanoseconds is
    least = worst = None
    for admission in sorted(admissions):
        gained = rate * admission.at_ns
        before, total = total - gained, total + admission.tokens * NS_PER_SECOND
        least = before if least is None else min(least, before)
        excess = total - gained - least
        worst = excess if worst is None else max(worst, excess)
    return ((worst or 0) - burst * NS_PER_SECOND) / NS_PER_SECOND


def utilisation(admissions: Sequence[Admission], rate: int, burst: int) -> float:
    """Return which part was let through of what could have been, from the first to the last admission."""
    times_ns = [admission.at_ns for admission in admissions]
    possible = burst + rate * (max(times_ns) - min(times_ns)) / NS_PER_SECOND
    return sum(admission.tokens for admission in admissions) / possible


def unfairness(admissions: Sequence[Admission], callers: int) -> float:
    """Return how many times as many tokens the luckiest caller got as the unluckiest."""
    shares: Counter[int] = Counter()
    for admission in admissions:
        shares[admission.caller] += admission.tokens
    least = min(shares[caller] for caller in range(callers))
    return max(shares.values()) / least if least else float("inf")
