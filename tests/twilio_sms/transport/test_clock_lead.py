"""A clock that is ahead is found out by the dates of answers, and never by how slow they are."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.transport.clock_lead import ClockLead

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def date_of(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


def test_a_clock_that_is_ahead_is_so_by_what_it_shows_beyond_the_date():
    lead = ClockLead()

    lead.note(date_of(NOON), NOON + timedelta(minutes=10))

    assert lead.most == timedelta(minutes=10, seconds=-1)


def test_the_most_that_was_seen_stays():
    lead = ClockLead()

    for minutes in (1, 10, 0, -10):
        lead.note(date_of(NOON), NOON + timedelta(minutes=minutes))

    assert lead.most == timedelta(minutes=10, seconds=-1)


@pytest.mark.parametrize("date", [None, "", "soon"])
def test_an_answer_without_a_date_tells_nothing(date):
    lead = ClockLead()

    lead.note(date, NOON)

    assert lead.most == timedelta(0)


@given(
    travel=st.timedeltas(timedelta(0), timedelta(minutes=1)), begun=st.timedeltas(timedelta(0), timedelta(seconds=1))
)
def test_a_clock_that_is_right_is_never_ahead_however_slow_the_answer_is(travel, begun):
    lead = ClockLead()
    asked_at = NOON + begun

    lead.note(date_of((asked_at + travel).replace(microsecond=0)), asked_at)

    assert lead.most == timedelta(0)
