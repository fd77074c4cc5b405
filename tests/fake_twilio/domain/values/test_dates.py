"""Tests of dates as Twilio writes and reads them."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.values.dates import carrier_date, interval, parse_moment, rfc2822

WHOLE_SECONDS = st.integers(0, 4_000_000_000)


def test_a_moment_is_written_as_in_a_recorded_answer() -> None:
    moment = datetime(2023, 8, 24, 5, 1, 45, tzinfo=UTC).timestamp()

    assert rfc2822(moment) == "Thu, 24 Aug 2023 05:01:45 +0000"


@given(st.integers(0, 3_000_000_000), st.floats(0, 0.99))
def test_a_carrier_writes_the_minute_that_it_is(second: int, fraction: float) -> None:
    told = datetime.strptime(carrier_date(second + fraction), "%y%m%d%H%M").replace(tzinfo=UTC)

    assert told == datetime.fromtimestamp(second, UTC).replace(second=0, microsecond=0)


def test_no_moment_is_written_as_none() -> None:
    assert rfc2822(None) is None


@given(WHOLE_SECONDS)
def test_what_is_written_reads_back_as_the_same_second(moment: int) -> None:
    text = rfc2822(moment)

    assert text is not None
    assert parsedate_to_datetime(text).timestamp() == moment
    assert parse_moment(text).timestamp() == moment


# The values that Twilio's OpenAPI file shows for DateSent, what both SDKs send, and ISO dates with an offset.
SPELLINGS = [
    ("2008-01-02", datetime(2008, 1, 2, tzinfo=UTC)),
    ("06/11/2019 22:05:25 MST", datetime(2019, 6, 12, 5, 5, 25, tzinfo=UTC)),
    ("2019-06-11 22:05:25.000", datetime(2019, 6, 11, 22, 5, 25, tzinfo=UTC)),
    ("2019-06-11 22:05:25", datetime(2019, 6, 11, 22, 5, 25, tzinfo=UTC)),
    ("Wed, 19 Jun 2019 22:04:00 -0000", datetime(2019, 6, 19, 22, 4, tzinfo=UTC)),
    ("2026-01-01T00:00:00Z", datetime(2026, 1, 1, tzinfo=UTC)),
    ("2026-01-01T12:00:00+02:00", datetime(2026, 1, 1, 10, tzinfo=UTC)),
    ("Wed, 19 Jun 2019 22:04:00 -0700", datetime(2019, 6, 20, 5, 4, tzinfo=UTC)),
]


@pytest.mark.parametrize(("text", "moment"), SPELLINGS, ids=[text for text, _ in SPELLINGS])
def test_every_spelling_of_the_specification_is_read(text: str, moment: datetime) -> None:
    assert parse_moment(text) == moment


NO_DATES = ["", "soon", "2026-13-01", "2026-01-01T25:00:00Z", "9", "\x00", "1 Jan 2026 10:00:00 +9999"]
NO_DATES += ["0001-01-01T00:00:00+23:59", "1 Jan 99999999999999999999 00:00:00 +0000"]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_raises_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_moment(text)


@given(st.text())
def test_any_text_is_a_date_in_utc_or_a_value_error(text: str) -> None:
    try:
        found = parse_moment(text)
    except ValueError:
        return
    assert found.utcoffset() == UTC.utcoffset(None)


def test_midnight_means_the_whole_day() -> None:
    begin, end = interval("2026-01-01")

    assert begin == datetime(2026, 1, 1, tzinfo=UTC).timestamp()
    assert end == datetime(2026, 1, 1, 23, 59, 59, 999_999, tzinfo=UTC).timestamp()


def test_midnight_as_an_sdk_writes_it_means_the_whole_day_too() -> None:
    assert interval("2026-01-01T00:00:00Z") == interval("2026-01-01")


def test_another_time_means_its_second() -> None:
    begin, end = interval("2026-01-01T10:00:00Z")

    assert begin == datetime(2026, 1, 1, 10, tzinfo=UTC).timestamp()
    assert end == pytest.approx(begin + 1, abs=1e-5)
    assert end < begin + 1


def test_the_last_day_of_the_calendar_is_an_interval_like_any_other() -> None:
    begin, end = interval("9999-12-31")

    assert begin < end
