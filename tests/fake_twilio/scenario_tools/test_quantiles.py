"""Tests of how long delays take: as often as the draws themselves say."""

import pytest

from fake_twilio.domain.fate.delays import Delay, Empirical, Fixed, LogNormal, Normal, Uniform
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.scenario_tools.quantiles import quantile

DELAYS = [Uniform(1, 3), Normal(1, 0.2), Normal(0.1, 1), LogNormal(2, 0.5), Empirical((5.0, 1.0, 3.0, 2.0, 4.0))]


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("delay", DELAYS, ids=repr)
def test_so_many_draws_stay_within(delay: Delay, share: float) -> None:
    within = [delay.seconds(Draws(number), "x") <= quantile(delay, share) for number in range(4_000)]

    assert sum(within) / len(within) == pytest.approx(share, abs=0.12 if isinstance(delay, Empirical) else 0.03)


def test_what_is_fixed_is_always_the_same() -> None:
    assert quantile(Fixed(4.0), 0.01) == quantile(Fixed(4.0), 0.99) == 4.0


def test_a_measured_time_is_one_that_was_measured() -> None:
    assert [quantile(Empirical((3.0, 1.0, 2.0)), share) for share in (0.1, 0.5, 0.99)] == [1.0, 2.0, 3.0]
