"""The date is made anew once it may have changed, and not for each answer."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic

from fake_twilio.wire.http_date import FRESH_SECONDS, HttpDate


class Moments:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_date_is_used_again_as_long_as_it_is_fresh() -> None:
    moments, written = Moments(), iter(["first", "second"])
    date = HttpDate(moments, lambda: next(written))

    told = [date.text()]
    for moments.now in (FRESH_SECONDS / 2, FRESH_SECONDS, FRESH_SECONDS * 1.5):
        told.append(date.text())

    assert told == ["first", "first", "second", "second"]


def test_it_is_the_machines_own_date_in_the_form_of_http() -> None:
    text = HttpDate(monotonic).text()

    assert text.endswith(" GMT")
    assert abs(parsedate_to_datetime(text) - datetime.now(UTC)) < timedelta(seconds=5)
