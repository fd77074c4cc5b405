"""How long things took, in little memory and without losing the tail.

Durations fall into buckets that grow with them: each power of two is cut into 64 equal parts, so that a bucket is
never wider than a 64th of what is in it. A value is told as the point of its bucket that is relatively closest to both
ends, at most a 129th off. So 99.9 % of a million durations is as exact as 50 % of ten, histograms of several
processes add up without a loss, and a run of a day takes as much memory as a run of a minute. Averages of percentiles
mean nothing; sums of buckets do.
"""

import math
from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Self

SHORTEST_SECONDS = 1e-6
LONGEST_SECONDS = 86_400.0
PARTS = 64  # of each power of two
_NANO = 1_000_000_000


class Histogram:
    """Durations from 1 µs to a day; what is shorter or longer counts as that. Not for several threads at once."""

    __slots__ = ("_buckets", "_max_seconds", "_total_ns")

    def __init__(
        self, buckets: Mapping[int, int] = MappingProxyType({}), total_ns: int = 0, max_seconds: float = 0.0
    ) -> None:
        self._buckets = Counter(buckets)
        self._total_ns = total_ns  # whole numbers add up to the same in any order
        self._max_seconds = max_seconds

    def record(self, seconds: float, times: int = 1) -> None:
        """Note a duration, *times* often; raise `ValueError` for one that is negative or no number."""
        if not 0 <= seconds < math.inf:
            raise ValueError(f"a duration must be 0 s or more, is {seconds}")
        if times < 1:
            raise ValueError(f"times must be 1 or more, is {times}")
        self._buckets[_bucket_of(seconds)] += times
        self._total_ns += round(seconds * _NANO) * times
        self._max_seconds = max(self._max_seconds, seconds)

    @property
    def count(self) -> int:
        """How many durations were noted."""
        return self._buckets.total()

    @property
    def mean(self) -> float:
        """The exact mean in seconds; 0 without durations."""
        return self._total_ns / _NANO / self.count if self._buckets else 0.0

    @property
    def max(self) -> float:
        """The exact longest in seconds; 0 without durations."""
        return self._max_seconds

    def quantile(self, share: float | Fraction) -> float:
        """Return the seconds that a *share* of the durations (0 to 1) did not exceed, by the nearest rank.

        At most a 128th off, and never above the longest. A float counts as the number that it is written as. Raises
        `ValueError` without durations.
        """
        if not 0 <= share <= 1:
            raise ValueError(f"a share must be 0 to 1, is {share}")
        if not self._buckets:
            raise ValueError("there is no quantile of no durations")
        left = max(1, math.ceil(Fraction(str(share)) * self.count))  # 0.07 * 100 is more than 7
        for bucket in sorted(self._buckets):
            left -= self._buckets[bucket]
            if left <= 0:
                return min(_told(bucket), self._max_seconds)
        return self._max_seconds

    def bars(self) -> list[tuple[float, float, int]]:
        """Return what is in the buckets, shortest first: from and below how many seconds, and how many durations."""
        return [(_lowest(bucket), _lowest(bucket + 1), self._buckets[bucket]) for bucket in sorted(self._buckets)]

    def absorb(self, other: "Histogram") -> None:
        """Add what *other* has noted, as if it had been noted here."""
        buckets, total_ns, max_seconds = other._parts()  # noqa: SLF001 - of its own class
        self._buckets.update(buckets)
        self._total_ns += total_ns
        self._max_seconds = max(self._max_seconds, max_seconds)

    def to_tree(self) -> dict[str, Any]:
        """Return it in plain values that JSON can carry; its size goes with the buckets, not with the durations."""
        buckets = sorted(self._buckets)
        return {
            "total_ns": self._total_ns,
            "max_seconds": self._max_seconds,
            "buckets": buckets,
            "counts": [self._buckets[bucket] for bucket in buckets],
        }

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Self:
        """Return what `to_tree` gave; raises `ValueError` for what it cannot have given."""
        try:
            buckets = dict(zip(map(int, tree["buckets"]), map(int, tree["counts"]), strict=True))
            total_ns, max_seconds = int(tree["total_ns"]), float(tree["max_seconds"])
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise ValueError(f"wanted a histogram's tree, got another one: {type(error).__name__}") from None
        if len(buckets) < len(tree["buckets"]) or not _are_possible(buckets, total_ns, max_seconds):
            raise ValueError("wanted a histogram's tree, got another one: no durations come to these numbers")
        return cls(buckets, total_ns, max_seconds)

    def _parts(self) -> tuple[Mapping[int, int], int, float]:
        return self._buckets, self._total_ns, self._max_seconds

    def __repr__(self) -> str:
        return f"Histogram({self.count} durations, mean {self.mean:.6g} s, max {self.max:.6g} s)"


def _are_possible(buckets: Mapping[int, int], total_ns: int, max_seconds: float) -> bool:
    last = _bucket_of(LONGEST_SECONDS)
    return (
        all(0 <= bucket <= last and count > 0 for bucket, count in buckets.items())
        and total_ns >= 0
        and 0 <= max_seconds < math.inf
    )


def _bucket_of(seconds: float) -> int:
    """Return the bucket's number: which power of two, times 64, and which part of it."""
    scaled = min(max(seconds, SHORTEST_SECONDS), LONGEST_SECONDS) / SHORTEST_SECONDS
    fraction, exponent = math.frexp(scaled)  # scaled is fraction * 2**exponent, fraction from 0.5 to below 1
    return (exponent - 1) * PARTS + int((fraction * 2 - 1) * PARTS)


def _lowest(bucket: int) -> float:
    power, part = divmod(bucket, PARTS)
    return math.ldexp(1 + part / PARTS, power) * SHORTEST_SECONDS


def _told(bucket: int) -> float:
    low, high = _lowest(bucket), _lowest(bucket + 1)
    return 2 * low * high / (low + high)
