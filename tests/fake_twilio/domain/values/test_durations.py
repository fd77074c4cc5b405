"""Tests of spans of time."""

from datetime import timedelta
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.values.durations import MAX_SECONDS, parse_duration, to_seconds

UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400}
EXAMPLES = [("500ms", 0.5), ("1.5s", 1.5), ("10m", 600.0), ("36h", 129_600.0), ("30d", 2_592_000.0), (" 1s ", 1.0)]


@pytest.mark.parametrize(("text", "seconds"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_a_duration_is_read_as_people_write_it(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@given(st.integers(0, 366), st.sampled_from(sorted(UNITS)))
def test_a_number_of_units_is_that_many_times_the_unit(number: int, unit: str) -> None:
    assert parse_duration(f"{number}{unit}") == pytest.approx(number * UNITS[unit])


@pytest.mark.parametrize("text", ["", "1", "s", "-1s", "1 s", "1.s", ".5s", "1S", "1s2", "٣s", "1e3s", "infs", "1w"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="wanted a duration such as 500ms"):
        parse_duration(text)


@given(st.text())
def test_any_text_is_a_duration_of_at_most_a_year_or_a_value_error(text: str) -> None:
    try:
        seconds = parse_duration(text)
    except ValueError:
        return
    assert 0 <= seconds <= MAX_SECONDS


@pytest.mark.parametrize("text", ["366.1d", "31622401s", "9" * 5000 + "ms"], ids=["days", "seconds", "digits"])
def test_a_duration_of_more_than_a_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="at most 366d"):
        parse_duration(text)


@pytest.mark.parametrize("span", ["90s", 90, 90.0, timedelta(minutes=1, seconds=30)], ids=repr)
def test_a_span_may_be_given_in_three_ways(span: str | float | timedelta) -> None:
    assert to_seconds(span) == 90.0


def test_both_ends_of_what_is_possible_are_included() -> None:
    assert (to_seconds(0), to_seconds("366d")) == (0.0, MAX_SECONDS)


@pytest.mark.parametrize("span", [-1, timedelta(seconds=-1), nan, inf, MAX_SECONDS + 1], ids=repr)
def test_a_span_that_time_cannot_move_by_is_refused(span: float | timedelta) -> None:
    with pytest.raises(ValueError, match="time moves forward"):
        to_seconds(span)
