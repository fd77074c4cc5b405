"""What a number in a policy must be."""

from math import inf

from twilio_sms.errors import ValidationError


def check_counts(policy: object, *names: str) -> None:
    """Raise `ValidationError` for the first setting of *policy* that is no whole number from 1 on."""
    for name in names:
        count = getattr(policy, name)
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise ValidationError(f"{name} must be a whole number from 1 on, is {count!r}")


def check_seconds(policy: object, *names: str) -> None:
    """Raise `ValidationError` for the first setting of *policy* that is no number of seconds above 0."""
    for name in names:
        seconds = getattr(policy, name)
        if not isinstance(seconds, int | float) or isinstance(seconds, bool) or not 0 < seconds < inf:
            raise ValidationError(f"{name} must be a number of seconds above 0, is {seconds!r}")
