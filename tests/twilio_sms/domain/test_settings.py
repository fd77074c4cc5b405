"""A setting that cannot work is refused by its name."""

from dataclasses import dataclass
from math import inf, nan

import pytest

from twilio_sms.domain.settings import check_counts, check_seconds, check_switches, is_number, is_whole
from twilio_sms.errors import ValidationError


@dataclass(frozen=True)
class Policy:
    """Two settings."""

    first: object = 1
    second: object = 1


@pytest.mark.parametrize("count", [0, -1, 1.0, True, "3", None, nan], ids=repr)
def test_a_count_that_is_no_whole_number_from_one_on_is_refused(count):
    with pytest.raises(ValidationError, match=r"^second must be a whole number from 1 on, is "):
        check_counts(Policy(second=count), "first", "second")


@pytest.mark.parametrize("seconds", [0, 0.0, -0.5, inf, nan, True, "3", None, 1e300, 10**40], ids=repr)
def test_a_time_that_is_no_number_of_seconds_above_zero_is_refused(seconds):
    with pytest.raises(ValidationError, match=r"^second must be a number of seconds above 0, at most "):
        check_seconds(Policy(second=seconds), "first", "second")


@pytest.mark.parametrize("seconds", [-0.5, inf, nan, False, "3", None], ids=repr)
def test_a_time_that_may_be_zero_must_be_a_number_of_seconds_too(seconds):
    with pytest.raises(ValidationError, match=r"^second must be a number of seconds from 0 on, at most "):
        check_seconds(Policy(second=seconds), "first", "second", may_be_zero=True)


@pytest.mark.parametrize("switch", [0, 1, "yes", None], ids=repr)
def test_a_switch_that_is_neither_on_nor_off_is_refused(switch):
    with pytest.raises(ValidationError, match=r"^second must be True or False, is "):
        check_switches(Policy(True, switch), "first", "second")


def test_settings_that_can_work_are_taken():
    check_counts(Policy(1, 10**9), "first", "second")
    check_seconds(Policy(1, 0.001), "first", "second")
    check_seconds(Policy(0, 0.0), "first", "second", may_be_zero=True)
    check_switches(Policy(True, False), "first", "second")


def test_only_the_settings_that_are_named_are_looked_at():
    check_counts(Policy(1, 0), "first")
    check_seconds(Policy(1, 0), "first")
    check_switches(Policy(True, 0), "first")


@pytest.mark.parametrize(
    ("value", "whole", "number"),
    [
        (0, True, True),
        (-3, True, True),
        (1.0, False, True),
        (nan, False, True),
        (True, False, False),
        ("1", False, False),
        (None, False, False),
    ],
    ids=repr,
)
def test_a_truth_value_is_no_number(value, whole, number):
    assert (is_whole(value), is_number(value)) == (whole, number)
