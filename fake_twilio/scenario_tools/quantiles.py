"""How long a delay takes at most, in a share of the cases."""

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Any

from fake_twilio.domain.fate.delays import Delay, Empirical, Fixed, LogNormal, Normal, Uniform

_STANDARD = NormalDist()


def quantile(delay: Delay, share: float) -> float:
    """Return the seconds that a *share* of all draws (above 0, below 1) stay within: 0.5 asks for the median."""
    return _FORMULAS[type(delay)](delay, share)


def _normal(delay: Normal, share: float) -> float:
    return max(delay.mean + delay.deviation * _STANDARD.inv_cdf(share), 0.0)


def _lognormal(delay: LogNormal, share: float) -> float:
    return delay.median * math.exp(delay.sigma * _STANDARD.inv_cdf(share))


def _empirical(delay: Empirical, share: float) -> float:
    return sorted(delay.lengths)[math.ceil(share * len(delay.lengths)) - 1]


_FORMULAS: dict[type, Callable[[Any, float], float]] = {
    Fixed: lambda delay, _: delay.length,
    Uniform: lambda delay, share: delay.low + (delay.high - delay.low) * share,
    Normal: _normal,
    LogNormal: _lognormal,
    Empirical: _empirical,
}
