"""Tests of how delays are written."""

import pytest

from fake_twilio.domain.durations import parse_duration
from fake_twilio.recording.delays import delay_text


@pytest.mark.parametrize(("seconds", "expected"), [([0.0], 0.0), ([1.2344], 1.234), ([1.0, 9.0, 2.0], 2.0)])
def test_a_delay_is_the_median_in_words_that_a_scenario_reads(seconds: list[float], expected: float) -> None:
    assert parse_duration(delay_text(seconds)) == pytest.approx(expected)
