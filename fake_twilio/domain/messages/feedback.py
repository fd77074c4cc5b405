"""What a customer reports of a message: whether its recipient did what was hoped for, such as to enter a code.

Source: Twilio's OpenAPI file and its page on the MessageFeedback resource.
"""

from dataclasses import dataclass
from enum import StrEnum

from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import Form, first


class Outcome(StrEnum):
    """What was reported."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Feedback:
    """A report and its moments, in seconds since 1970; a later report takes the place of the first (inferred)."""

    outcome: Outcome
    created_at: float
    updated_at: float


def read_outcome(form: Form) -> Outcome:
    """Read ``Outcome``; without one it is confirmed (inferred), another value is refused (20001)."""
    text = first(form, "Outcome") or Outcome.CONFIRMED
    try:
        return Outcome(text)
    except ValueError:
        raise Refusal(20001, 400, "The Outcome parameter must be confirmed or unconfirmed") from None
