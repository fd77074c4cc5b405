"""Dates as HTTP and Twilio's 2010 API write them."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache


@lru_cache(maxsize=64)  # the messages, and the answers, of one second have the same
def read_date(text: str) -> datetime | None:
    """Read an RFC 2822 date, such as ``Thu, 24 Aug 2023 05:01:45 +0000``, in UTC; ``None`` for what is none.

    A date without a time zone is one in UTC.

    >>> read_date("Thu, 24 Aug 2023 05:01:45 GMT").isoformat()
    '2023-08-24T05:01:45+00:00'
    """
    try:
        date = parsedate_to_datetime(text)
        return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None
