"""Dates as Twilio writes and reads them. A moment is a number of seconds since 1970, in UTC."""

from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache

Interval = tuple[float, float]
_FORMS = ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")  # whatever the language of the machine
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = timedelta(days=1)
# For "06/11/2019 22:05:25 MST", a form that the specification shows.
_ZONE_HOURS = {
    "UTC": 0,
    "GMT": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}


def rfc2822(moment: float | None) -> str | None:
    """Write *moment* as the 2010 API does: ``Thu, 24 Aug 2023 05:01:45 +0000``."""
    return None if moment is None else _rfc2822(int(moment))


@lru_cache(256)  # most of what is written was a moment ago, and many things happen in one second
def _rfc2822(second: int) -> str:
    date = datetime.fromtimestamp(second, UTC)
    day = f"{_WEEKDAYS[date.weekday()]}, {date.day:02} {_MONTHS[date.month - 1]} {date.year:04}"
    return f"{day} {date.hour:02}:{date.minute:02}:{date.second:02} +0000"


def carrier_date(moment: float) -> str:
    """Write *moment* as carriers do in a receipt: ``YYMMDDhhmm``."""
    return _carrier_date(int(moment) // 60)


@lru_cache(256)
def _carrier_date(minutes: int) -> str:
    return datetime.fromtimestamp(minutes * 60, UTC).strftime("%y%m%d%H%M")


def iso8601(moment: float) -> str:
    """Write *moment* as the newer APIs do: ``2015-07-30T20:12:31Z``."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_moment(text: str) -> datetime:
    """Read a date in any form that Twilio's specification shows; raise `ValueError` for others."""
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    try:
        date = _parse_with_zone(text)
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except OverflowError as error:
        raise ValueError(f"a date outside the calendar: {text}") from error


def _parse_with_zone(text: str) -> datetime:
    rest, _, zone = text.rpartition(" ")
    if zone in _ZONE_HOURS and "/" in rest:
        offset = timezone(timedelta(hours=_ZONE_HOURS[zone]))
        return datetime.strptime(rest, "%m/%d/%Y %H:%M:%S").replace(tzinfo=offset)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parsedate_to_datetime(text)


def interval(text: str) -> Interval:
    """Return the first and the last moment that *text* means: its day if it is midnight, else its second."""
    begin = parse_moment(text)
    midnight = begin.hour == begin.minute == begin.second == begin.microsecond == 0
    span = (_DAY if midnight else timedelta(seconds=1)) - timedelta(microseconds=1)
    return begin.timestamp(), begin.timestamp() + span.total_seconds()
