"""Everything that is wrong, said at once."""

import pytest

from twilio_sms.domain.problems import Problems
from twilio_sms.errors import ValidationError


def refuse(reason: str) -> str:
    raise ValidationError(reason)


def test_all_problems_are_said_in_one_error():
    problems = Problems()
    problems.read("to", refuse, "is missing")
    problems.read("body", refuse, "is too long")

    with pytest.raises(ValidationError, match=r"^to is missing; body is too long$"):
        problems.raise_all()


def test_what_is_right_is_returned():
    problems = Problems()

    assert problems.read("to", str.upper, "a") == "A"
    assert problems == []


def test_what_is_not_the_callers_fault_is_not_collected():
    problems = Problems()

    with pytest.raises(ZeroDivisionError):
        problems.read("to", divmod, 1, 0)
    assert problems == []
