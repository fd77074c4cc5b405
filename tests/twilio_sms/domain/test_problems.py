"""Everything that is wrong, said at once."""

import pytest

from twilio_sms.domain.problems import Problems
from twilio_sms.errors import ValidationError


def test_all_problems_are_said_in_one_error():
    problems = Problems()
    with problems.of("to"):
        raise ValidationError("is missing")
    with problems.of("body"):
        raise ValidationError("is too long")

    with pytest.raises(ValidationError, match=r"^to is missing; body is too long$"):
        problems.raise_any()


def test_nothing_wrong_raises_nothing():
    problems = Problems()

    with problems.of("to"):
        pass

    problems.raise_any()


def test_what_is_not_the_callers_fault_is_not_collected():
    with pytest.raises(ZeroDivisionError), Problems().of("to"):
        raise ZeroDivisionError
