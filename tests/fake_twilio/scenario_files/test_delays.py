"""Tests of how a file writes a time that is left to chance."""

from typing import Any

import pytest
from hypothesis import given

from fake_twilio.domain.fate.delays import Delay, Empirical, Fixed, LogNormal, Normal, Uniform
from fake_twilio.domain.fate.draws import Draws
from fake_twilio.scenario_files.delays import MAX_LENGTHS, read_delay
from tests.fake_twilio.domain.fate.test_delays import DELAYS

A_TIME = "wanted a time such as 500ms, uniform"


@pytest.mark.parametrize(
    ("value", "delay"),
    [
        ("500ms", Fixed(0.5)),
        ("0s", Fixed(0.0)),
        ("uniform(1s, 3s)", Uniform(1.0, 3.0)),
        ("uniform( 1s,3s )", Uniform(1.0, 3.0)),
        (" uniform(2s, 2s) ", Uniform(2.0, 2.0)),
        ("normal(1m, 200ms)", Normal(60.0, 0.2)),
        ("lognormal(1s, 0.5)", LogNormal(1.0, 0.5)),
        ("lognormal(1s, 5)", LogNormal(1.0, 5.0)),
        ({"empirical": ["0.5s", "1s", "1s"]}, Empirical((0.5, 1.0, 1.0))),
    ],
)
def test_a_delay_is_read(value: Any, delay: Delay) -> None:
    assert read_delay(value) == delay


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("soon", "wanted a duration such as"),
        ("-1s", "wanted a duration such as"),
        ("367d", "at most 366d"),
        ("uniform(3s, 1s)", "the shorter time first"),
        ("uniform(1s)", A_TIME),
        ("uniform(1s, 2s, 3s)", A_TIME),
        ("Uniform(1s, 2s)", A_TIME),
        ("gauss(1s, 2s)", A_TIME),
        ("uniform(1, 2)", "wanted a duration such as"),
        ("normal(1s, -1s)", "wanted a duration such as"),
        ("lognormal(1s, 6)", "a sigma from 0 to 5"),
        ("lognormal(1s, 1s)", "a sigma from 0 to 5"),
        ("lognormal(1s, nan)", "a sigma from 0 to 5"),
        (None, A_TIME),
        (["1s"], A_TIME),
        ({"empirical": []}, "a list of 1 to 10000 times"),
        ({"empirical": "1s"}, "a list of 1 to 10000 times"),
        ({"empirical": ["1s", ["2s"]]}, "nothing but times"),
        ({"empirical": ["1s"] * (MAX_LENGTHS + 1)}, "a list of 1 to 10000 times"),
        ({"empirical": ["1s"], "by": "1s"}, A_TIME),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_delay_is_refused(value: Any, wanted: str) -> None:
    with pytest.raises(ValueError, match=wanted):
        read_delay(value)


@given(delay=DELAYS)
def test_a_delay_is_told_as_a_file_has_it(delay: Delay) -> None:
    told = delay.told()

    again = read_delay({"empirical": told[12:-1].split(", ")} if isinstance(delay, Empirical) else told)

    assert type(again) is type(delay)
    assert again.told() == told
    assert not isinstance(again, Fixed) or again.length == pytest.approx(delay.seconds(Draws(1), "x"), abs=1e-6)
