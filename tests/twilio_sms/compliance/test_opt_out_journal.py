"""What is recorded counts at once, and "now" is after all that is known."""

from datetime import datetime, timedelta

import pytest

from tests.doubles import RECIPIENT
from tests.opt_outs import opted_in, opted_out
from twilio_sms.compliance.opt_out_cache import OptOutCache
from twilio_sms.compliance.opt_out_journal import OptOutJournal
from twilio_sms.errors import OptOutUnknownError, ValidationError


@pytest.fixture
def cache(store, clock):
    return OptOutCache(store, clock, rest_seconds=3600, max_numbers=10)


@pytest.fixture
def journal(store, cache, clock):
    return OptOutJournal(store, cache, clock)


def test_what_is_recorded_counts_at_once(journal, cache):
    cache.current(RECIPIENT)

    assert journal.record(opted_out(0), opted_in(1)) == 2

    assert cache.current(RECIPIENT) == (opted_in(1),)


def test_a_record_that_may_have_failed_is_not_answered_from_memory(journal, cache, store):
    cache.current(RECIPIENT)
    store.is_broken = True

    with pytest.raises(OptOutUnknownError):
        journal.record(opted_out())

    with pytest.raises(OptOutUnknownError):
        cache.current(RECIPIENT)


def test_now_is_what_the_clock_says(journal, clock):
    assert journal.now_for(RECIPIENT) == journal.now() == clock.now()


def test_now_is_after_an_event_of_a_clock_that_is_ahead(journal, clock):
    ahead = clock.now() + timedelta(minutes=1)
    journal.record(opted_in(event_time=ahead))

    assert ahead < journal.now_for(RECIPIENT) < ahead + timedelta(seconds=1)


def test_a_time_is_given_back_in_utc(journal):
    moment = datetime.fromisoformat("2025-12-31T07:00:00-05:00")

    assert journal.past(moment).isoformat() == "2025-12-31T12:00:00+00:00"


@pytest.mark.parametrize("ahead", [timedelta(minutes=6), timedelta(days=9000)])
def test_a_time_that_lies_ahead_is_refused(journal, clock, ahead):
    with pytest.raises(ValidationError, match="must have passed"):
        journal.past(clock.now() + ahead)


def test_a_clock_may_be_a_little_ahead(journal, clock):
    moment = clock.now() + timedelta(minutes=4)

    assert journal.past(moment) == moment


def test_a_time_without_a_zone_is_refused(journal):
    with pytest.raises(ValidationError, match="time zone"):
        journal.past(datetime(2025, 12, 31))
