"""What a setting must be: a whole number, seconds, a switch."""

from typing import TypeGuard

from twilio_sms.errors import ValidationError

MOST_SECONDS = 10**9  # thirty years: longer ones run out of what a clock can count


def check_counts(settings: object, *names: str) -> None:
    """Raise `ValidationError` for the first of the named *settings* that is no whole number from 1 on."""
    for name in names:
        check_count(name, getattr(settings, name))


def check_count(name: str, count: object) -> None:
    """Raise `ValidationError` for what is no whole number from 1 on."""
    if not is_whole(count) or count < 1:
        raise ValidationError(f"{name} must be a whole number from 1 on, is {count!r}")


def check_seconds(settings: object, *names: str, may_be_zero: bool = False, most: float = MOST_SECONDS) -> None:
    """Raise `ValidationError` for the first of the named *settings* that is no number of seconds above 0."""
    for name in names:
        check_duration(name, getattr(settings, name), may_be_zero=may_be_zero, most=most)


def check_duration(name: str, seconds: object, *, may_be_zero: bool = False, most: float = MOST_SECONDS) -> None:
    """Raise `ValidationError` for what is no number of seconds above 0, or from 0 on."""
    if not is_number(seconds) or not 0 <= seconds <= most or not (seconds or may_be_zero):
        least = "from 0 on" if may_be_zero else "above 0"
        raise ValidationError(f"{name} must be a number of seconds {least}, at most {most:g}, is {seconds!r}")


def check_switches(settings: object, *names: str) -> None:
    """Raise `ValidationError` for the first of the named *settings* that is neither ``True`` nor ``False``."""
    for name in names:
        check_switch(name, getattr(settings, name))


def check_switch(name: str, switch: object) -> None:
    """Raise `ValidationError` for what is neither ``True`` nor ``False``."""
    if not isinstance(switch, bool):
        raise ValidationError(f"{name} must be True or False, is {switch!r}")


def is_whole(value: object) -> TypeGuard[int]:
    """Whether *value* is a whole number; a truth value, which Python counts as one, is not."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether *value* is a number, NaN and the infinities included; a truth value is not."""
    return is_whole(value) or isinstance(value, float)
