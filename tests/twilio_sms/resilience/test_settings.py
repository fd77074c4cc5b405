"""A number in a policy that cannot work is refused by its name."""

from dataclasses import dataclass
from math import inf, nan

import pytest

from twilio_sms.errors import ValidationError
from twilio_sms.resilience.settings import check_counts, check_seconds


@dataclass(frozen=True)
class Policy:
    """Two numbers."""

    first: object = 1
    second: object = 1


@pytest.mark.parametrize("count", [0, -1, 1.0, True, "3", None, nan], ids=repr)
def test_a_count_that_is_no_whole_number_from_one_on_is_refused(count):
    with pytest.raises(ValidationError, match=r"^second must be a whole number from 1 on, is "):
        check_counts(Policy(second=count), "first", "second")


@pytest.mark.parametrize("seconds", [0, -0.5, inf, nan, True, "3", None], ids=repr)
def test_a_time_that_is_no_number_of_seconds_above_zero_is_refused(seconds):
    with pytest.raises(ValidationError, match=r"^second must be a number of seconds above 0, is "):
        check_seconds(Policy(second=seconds), "first", "second")


def test_numbers_that_can_work_are_taken():
    check_counts(Policy(1, 10**9), "first", "second")
    check_seconds(Policy(1, 0.001), "first", "second")


def test_only_the_settings_that_are_named_are_looked_at():
    check_counts(Policy(1, 0), "first")
    check_seconds(Policy(1, 0), "first")
