"""Tests of the applications of an account."""

import pytest

from fake_twilio.accounts.application_book import ApplicationBook
from fake_twilio.domain.accounts.application import ApplicationPlan
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.timing.clock import ManualClock
from tests.fake_twilio.doubles import ACCOUNT_SID, APPLICATION_SID, START

NAMED = (("FriendlyName", "shop"),)
LISTED = ApplicationPlan(sid=APPLICATION_SID, friendly_name="listed", settings={})


def make_book(*listed: ApplicationPlan) -> ApplicationBook:
    return ApplicationBook(ACCOUNT_SID, 7, ManualClock(START), lambda: listed)


def refusal_of(book: ApplicationBook, sid: str) -> int:
    with pytest.raises(Refusal) as caught:
        book.named(sid)
    return caught.value.code


def test_an_account_that_never_had_one_takes_any_sid_for_one_without_addresses() -> None:
    book = make_book()

    taken = book.named(APPLICATION_SID)

    assert (taken.sid, taken.status_callback, taken.settings) == (APPLICATION_SID, None, {})
    assert (book.all(), book.find(APPLICATION_SID)) == ([], None)
    assert refusal_of(book, "AP1") == refusal_of(book, "") == 20001


def test_once_it_has_had_one_others_are_unknown() -> None:
    book = make_book()
    made = book.make(NAMED)

    assert book.named(made.sid) == book.find(made.sid) == made
    assert refusal_of(book, APPLICATION_SID) == 20001
    book.delete(made.sid)
    assert refusal_of(book, made.sid) == refusal_of(book, APPLICATION_SID) == 20001


def test_what_is_refused_makes_nothing() -> None:
    book = make_book()

    with pytest.raises(Refusal):
        book.make((*NAMED, ("SmsMethod", "PUT")))

    assert book.all() == []


def test_applications_are_listed_newest_first_and_changed() -> None:
    book = make_book()
    older, newer = book.make(NAMED), book.make(())

    changed = book.change(older.sid, (("SmsMethod", "GET"),))

    assert book.all() == [newer, changed]
    assert (changed.friendly_name, changed.setting("SmsMethod"), newer.friendly_name) == ("shop", "GET", "")


def test_a_listed_application_is_there_until_it_is_deleted() -> None:
    book = make_book(LISTED)

    assert [one.friendly_name for one in book.all()] == ["listed"]
    book.delete(APPLICATION_SID)
    assert (book.all(), book.find(APPLICATION_SID)) == ([], None)


def test_what_is_not_there_cannot_be_had_changed_or_deleted() -> None:
    book = make_book()

    for act in (book.get, book.delete, lambda sid: book.change(sid, NAMED)):
        with pytest.raises(LookupError):
            act(APPLICATION_SID)
