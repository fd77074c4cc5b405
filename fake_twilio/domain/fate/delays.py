"""How long something takes: always as long, or as chance says. All times are seconds, from 0 to a year."""

import math
from dataclasses import dataclass
from typing import Protocol

from fake_twilio.domain.fate.draws import Draws
from fake_twilio.domain.values.durations import MAX_SECONDS


class Delay(Protocol):
    """A time that is drawn anew for each occasion."""

    def seconds(self, draws: Draws, name: str) -> float:
        """Return the seconds that *draws* has under *name*."""

    def told(self) -> str:
        """Return it as a scenario file has it."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """Always the same."""

    length: float

    def seconds(self, draws: Draws, name: str) -> float:  # noqa: ARG002 - nothing is left to chance
        return self.length

    def told(self) -> str:
        return _seconds(self.length)


@dataclass(frozen=True, slots=True)
class Uniform:
    """Anything between two times is as likely."""

    low: float
    high: float

    def seconds(self, draws: Draws, name: str) -> float:
        return self.low + (self.high - self.low) * draws.fraction(name)

    def told(self) -> str:
        return f"uniform({_seconds(self.low)}, {_seconds(self.high)})"


@dataclass(frozen=True, slots=True)
class Normal:
    """Around a mean, two thirds within one *deviation*; what would be below 0 is 0, and above a year a year."""

    mean: float
    deviation: float

    def seconds(self, draws: Draws, name: str) -> float:
        return min(max(self.mean + self.deviation * draws.deviation(name), 0.0), MAX_SECONDS)

    def told(self) -> str:
        return f"normal({_seconds(self.mean)}, {_seconds(self.deviation)})"


@dataclass(frozen=True, slots=True)
class LogNormal:
    """Half of the times below the *median*, and some far above; two thirds within a factor of e to the *sigma*."""

    median: float
    sigma: float

    def seconds(self, draws: Draws, name: str) -> float:
        return min(self.median * math.exp(self.sigma * draws.deviation(name)), MAX_SECONDS)

    def told(self) -> str:
        return f"lognormal({_seconds(self.median)}, {_plain(self.sigma)})"


@dataclass(frozen=True, slots=True)
class Empirical:
    """One of the times that were measured."""

    lengths: tuple[float, ...]

    def seconds(self, draws: Draws, name: str) -> float:
        return self.lengths[int(draws.fraction(name) * len(self.lengths))]

    def told(self) -> str:
        return f"empirical: [{', '.join(map(_seconds, self.lengths))}]"


def _seconds(length: float) -> str:
    return f"{_plain(length)}s"


def _plain(number: float) -> str:
    """Write a number to six decimals, which a file may have, and never with an exponent, which it may not."""
    return f"{number:.6f}".rstrip("0").rstrip(".")
