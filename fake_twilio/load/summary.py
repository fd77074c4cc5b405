"""What a load came to, as one value.

It is made once, at the end, of the tally of all processes, so that text, CSV and page cannot tell three stories.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Self

from fake_twilio.load.histogram import Histogram
from fake_twilio.load.slo import Verdict
from fake_twilio.load.tally import Tally

Pairs = tuple[tuple[str, str], ...]
QUANTILES = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "p99.9": 0.999}


class Figure(NamedTuple):
    """One measure: how often it was taken, and how long it took, in seconds."""

    name: str
    times: int
    mean_seconds: float
    quantiles_seconds: tuple[float, ...]  # as QUANTILES has them
    max_seconds: float
    bars: tuple[tuple[float, float, int], ...]  # from and below how many seconds, and how many

    @classmethod
    def of(cls, name: str, taken: Histogram) -> Self:
        """Return what *taken* says; there must be something in it."""
        quantiles = tuple(taken.quantile(share) for share in QUANTILES.values())
        return cls(name, taken.count, taken.mean, quantiles, taken.max, tuple(taken.bars()))


class Rate(NamedTuple):
    """What Locust counted in one second of a load."""

    second: int  # from its beginning
    requests: int
    failures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What ran, how it was measured, and whether that is good enough."""

    began_at: str  # ISO 8601, UTC
    seconds: float
    ran: Pairs  # what was asked for: host, users, shape, scenario
    versions: Pairs
    figures: tuple[Figure, ...]
    counts: tuple[tuple[str, int], ...]
    verdicts: tuple[Verdict, ...]
    differences: tuple[str, ...] | None  # between load, fake and sink; None if nobody compared them
    rates: tuple[Rate, ...]
    may_differ: bool = False  # whether differences are told and not judged
    missing_workers: int = 0  # that did not tell all that they saw

    @property
    def is_agreed(self) -> bool:
        """Whether all who counted have counted the same, as far as they were to."""
        return not self.missing_workers and (self.may_differ or not self.differences)

    @property
    def is_met(self) -> bool:
        """Whether every objective was met, and nothing was lost or counted twice."""
        return self.is_agreed and all(verdict.is_met for verdict in self.verdicts)

    @property
    def outcome(self) -> str:
        """What it came to, in a few words."""
        if not self.verdicts and self.differences is None:
            return "nothing was judged"
        return "every objective is met" if self.is_met else "an objective is missed"


def figures_of(tally: Tally) -> tuple[Figure, ...]:
    """Return a figure for each measure of a tally, by name."""
    return tuple(Figure.of(name, tally.histogram(name)) for name in tally.measures)


def rates_of(asked: Mapping[int, int], failures: Mapping[int, int], began: int) -> tuple[Rate, ...]:
    """Return the rates of each second from *began* on, of what Locust counted by seconds since 1970."""
    seconds: Iterable[int] = range(began, max([began, *asked, *failures]) + 1)
    return tuple(Rate(at - began, asked.get(at, 0), failures.get(at, 0)) for at in seconds)
