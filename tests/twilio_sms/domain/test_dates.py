"""Dates are read into UTC, and what is none is none."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.domain.dates import read_date


@pytest.mark.parametrize(
    "text",
    [
        "Thu, 24 Aug 2023 05:01:45 +0000",
        "Thu, 24 Aug 2023 05:01:45 GMT",
        "Thu, 24 Aug 2023 05:01:45 -0000",
        "Thu, 24 Aug 2023 07:01:45 +0200",
    ],
    ids=["as the API writes it", "as HTTP does", "without a zone", "in another zone"],
)
def test_a_date_is_read_into_utc(text):
    date = read_date(text)

    assert (date, date.tzinfo) == (datetime(2023, 8, 24, 5, 1, 45, tzinfo=UTC), UTC)


@pytest.mark.parametrize("text", ["", "soon", "2023-08-24T05:01:45Z", "Thu, 99 Aug 2023 05:01:45 GMT", "0" * 400])
def test_what_is_no_date_is_none(text):
    assert read_date(text) is None


def test_a_date_that_has_no_place_in_utc_is_none():
    assert read_date("Fri, 31 Dec 9999 23:59:59 -2359") is None


MOMENTS = st.datetimes(min_value=datetime(2000, 1, 2), max_value=datetime(2100, 1, 1), timezones=st.timezones())


@given(moment=MOMENTS)
def test_a_moment_is_read_as_it_was_written(moment):
    assert read_date(format_datetime(moment)).timestamp() == moment.replace(microsecond=0).timestamp()
