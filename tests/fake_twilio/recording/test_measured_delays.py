"""How measured delays are written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.fate.delays import Empirical, Fixed
from fake_twilio.recording.measured_delays import MOST, delay_value
from fake_twilio.scenario_files.delays import read_delay


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        ([0.5], "500ms"),
        ([0.0004, 0.0], "0ms"),
        ([1.5, 0.5, 0.5], {"empirical": ["500ms", "500ms", "1500ms"]}),
    ],
)
def test_each_delay_stands_there(seconds: list[float], written: Any) -> None:
    assert delay_value(seconds) == written


@given(st.lists(st.floats(0, 86_400), min_size=1, max_size=300))
def test_a_scenario_reads_what_is_written(seconds: list[float]) -> None:
    read = read_delay(delay_value(seconds))

    lengths = read.lengths if isinstance(read, Empirical) else (read.length,) if isinstance(read, Fixed) else ()
    assert 0 < len(lengths) <= MOST
    assert min(seconds) - 0.001 <= min(lengths) <= max(lengths) <= max(seconds) + 0.001
