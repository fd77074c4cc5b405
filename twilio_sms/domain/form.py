"""How Python values become form parameters, as the official SDKs write them."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from math import isfinite
from typing import Any

from twilio_sms.errors import ValidationError

# A form is pairs: order and repetition mean something (MediaUrl may come ten times).
Form = tuple[tuple[str, str], ...]


def to_texts(value: object) -> tuple[str, ...]:
    """Return the texts that *value* puts on the wire: one, or one for each item of a sequence."""
    if isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray):
        return tuple(to_text(item) for item in value)
    return (to_text(value),)


def to_text(value: object) -> str:
    """Return *value* as one parameter: ``true``, ``2026-01-02T03:04:05Z``, seconds, JSON."""
    try:
        text = _to_text(value)
        text.encode()
    except UnicodeEncodeError:
        raise ValidationError("holds half a character (a lone surrogate), which UTF-8 cannot carry") from None
    except (TypeError, ValueError, RecursionError) as error:
        raise error if isinstance(error, ValidationError) else ValidationError("cannot be written as JSON") from None
    return text


def plain(text: str) -> str:
    """Return the text that *text* holds; ``str()`` of a member of an enumeration is its name, and would be sent."""
    return str.__str__(text)


def to_utc(moment: datetime) -> datetime:
    """Return *moment* in UTC; one without a time zone is refused, since it could mean any hour."""
    if not isinstance(moment, datetime):
        raise ValidationError(f"must be a datetime with a time zone, is {type(moment).__name__}")
    if moment.utcoffset() is None:
        raise ValidationError("must have a time zone: datetime(..., tzinfo=UTC), has none")
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValidationError("lies outside the calendar") from None


def _to_text(value: object) -> str:
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    raise ValidationError(f"cannot send a value of type {type(value).__name__}")


def _finite(value: float) -> str:
    if not isfinite(value):
        raise ValidationError(f"must be a finite number, is {value}")
    return float.__repr__(value)


# The first that fits counts: a truth value is a number to Python, and a moment a day.
_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, plain),
    (bool, lambda value: "true" if value else "false"),
    (int, int.__repr__),
    (float, _finite),
    (datetime, lambda value: to_utc(value).strftime("%Y-%m-%dT%H:%M:%SZ")),
    (date, date.isoformat),
    (timedelta, lambda value: str(int(value.total_seconds()))),
    (Mapping, lambda value: json.dumps(dict(value), ensure_ascii=False, allow_nan=False)),
)
