"""The date is that of the clock that it is told by, and made anew once a second."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest

from fake_twilio.timing.clock import ManualClock
from fake_twilio.wire.http_date import HttpDate

NOVEMBER = 1_795_770_300.0


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        pytest.param(0.0, "Thu, 01 Jan 1970 00:00:00 GMT", id="the beginning"),
        pytest.param(NOVEMBER + 0.999, "Fri, 27 Nov 2026 09:05:00 GMT", id="the end of a second"),
        pytest.param(253_370_764_800.0, "Fri, 01 Jan 9999 00:00:00 GMT", id="the latest moment of a run"),
    ],
)
def test_it_is_written_as_http_wants_it(moment: float, text: str) -> None:
    assert HttpDate(ManualClock(moment).now).text() == text


def test_it_goes_with_its_clock() -> None:
    clock = ManualClock(NOVEMBER)
    date = HttpDate(clock.now)

    told = [date.text()]
    for moment in (NOVEMBER + 0.9, NOVEMBER + 1, NOVEMBER + 86_400):
        clock.move_to(moment)
        told.append(date.text())

    assert [text[5:25] for text in told] == [
        "27 Nov 2026 09:05:00",
        "27 Nov 2026 09:05:00",
        "27 Nov 2026 09:05:01",
        "28 Nov 2026 09:05:00",
    ]


def test_a_date_is_used_again_within_its_second() -> None:
    date = HttpDate(ManualClock(NOVEMBER).now)

    assert date.text() is date.text()


def test_without_a_clock_it_is_the_machines_own_date() -> None:
    text = HttpDate().text()

    assert text.endswith(" GMT")
    assert abs(parsedate_to_datetime(text) - datetime.now(UTC)) < timedelta(seconds=5)
