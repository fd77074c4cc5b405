"""Spans of time as people write them: ``500ms``, ``1.5s``, ``10m``, ``36h``, ``30d``."""

import re
from datetime import timedelta

_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)", re.ASCII)
MAX_SECONDS = 366 * 86_400.0


def parse_duration(text: str) -> float:
    """Return the seconds in *text*; raise `ValueError` if it is no duration of at most a year."""
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise ValueError("wanted a duration such as 500ms, 1.5s, 10m, 36h or 30d")
    seconds = float(found[1]) * _SECONDS[found[2]]
    if seconds > MAX_SECONDS:
        raise ValueError("wanted a duration of at most 366d")
    return seconds


def to_seconds(span: float | str | timedelta) -> float:
    """Return a span in seconds, given as seconds, text or timedelta; it may not be negative."""
    if isinstance(span, str):
        return parse_duration(span)
    seconds = span.total_seconds() if isinstance(span, timedelta) else float(span)
    if not 0 <= seconds <= MAX_SECONDS:
        raise ValueError(f"time moves forward, by at most 366d: {seconds:g} s is not possible")
    return seconds
