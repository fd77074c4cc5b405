"""Tests of the messaging services of an account."""

import pytest

from fake_twilio.accounts.service_book import ServiceBook
from fake_twilio.domain.accounts.service import ServicePlan
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.timing.clock import ManualClock
from tests.fake_twilio.doubles import ACCOUNT_SID, RECIPIENT, SENDER, SERVICE_SID, START

ANOTHER = "+15005550010"
NAMED = (("FriendlyName", "shop"),)


def plan(*senders: str) -> ServicePlan:
    return ServicePlan(sid=SERVICE_SID, friendly_name="listed", senders=senders, settings={})


def make_book(*listed: ServicePlan) -> ServiceBook:
    return ServiceBook(ACCOUNT_SID, 7, ManualClock(START), lambda: listed)


def code_of(act, *words) -> int:
    with pytest.raises(Refusal) as caught:
        act(*words)
    return caught.value.code


def test_an_account_that_never_had_a_service_takes_any_sid_for_one() -> None:
    book = make_book()

    taken = book.sending(SERVICE_SID)

    assert (taken.sid, book.all()) == (SERVICE_SID, [])
    assert book.choose(taken, RECIPIENT, [SENDER]) == SENDER
    book.check_pooled(taken.sid, ANOTHER)


def test_once_it_has_had_one_others_are_unknown() -> None:
    book = make_book()
    opened = book.open(NAMED)

    assert book.sending(opened.sid) == opened
    assert code_of(book.sending, SERVICE_SID) == 21701
    book.close(opened.sid)
    assert code_of(book.sending, opened.sid) == code_of(book.sending, SERVICE_SID) == 21701


def test_a_sender_that_leaves_before_anybody_looked_stays_away() -> None:
    book = make_book(plan(SENDER, ANOTHER))

    book.leave(SENDER)

    assert list(book.pool(SERVICE_SID)) == [ANOTHER]


def test_a_service_needs_a_name_and_what_is_refused_opens_nothing() -> None:
    book = make_book()

    assert code_of(book.open, ()) == code_of(book.open, (*NAMED, ("StickySender", "perhaps"))) == 20001
    assert book.all() == []


def test_a_listed_service_is_there_with_its_pool_until_it_is_closed() -> None:
    book = make_book(plan(SENDER))

    assert [service.friendly_name for service in book.all()] == ["listed"]
    assert book.pool(SERVICE_SID) == {SENDER: START}
    book.close(SERVICE_SID)
    assert book.all() == []
    assert code_of(book.sending, SERVICE_SID) == 21701


def test_services_are_changed_and_the_newest_stands_first() -> None:
    book = make_book(plan())
    opened = book.open(NAMED)

    changed = book.change(opened.sid, (("FriendlyName", "till"),))

    assert [service.friendly_name for service in book.all()] == ["till", "listed"]
    assert book.get(opened.sid) == changed


def test_a_sender_is_in_one_pool_at_most() -> None:
    book = make_book(plan(SENDER))
    opened = book.open(NAMED).sid

    assert book.join(opened, ANOTHER) == START
    assert code_of(book.join, opened, ANOTHER) == 21710
    assert code_of(book.join, opened, SENDER) == 21712
    book.leave(SENDER)
    book.join(opened, SENDER)
    assert (list(book.pool(opened)), book.pool(SERVICE_SID)) == ([ANOTHER, SENDER], {})


def test_a_pool_is_full_at_400() -> None:
    book = make_book()
    opened = book.open(NAMED).sid
    for digits in range(400):
        book.join(opened, f"+1500555{digits:04}")

    assert code_of(book.join, opened, "+15005559999") == 21714


def test_a_sender_outside_the_pool_is_refused() -> None:
    book = make_book(plan(SENDER))
    service = book.sending(SERVICE_SID)

    book.check_pooled(service.sid, SENDER)
    assert code_of(book.check_pooled, service.sid, ANOTHER) == 21711


def test_the_intended_sender_is_chosen_as_long_as_it_is_in_the_pool() -> None:
    book = make_book(plan(SENDER, ANOTHER))
    service = book.sending(SERVICE_SID)

    assert [book.choose(service, RECIPIENT, (), who) for who in (ANOTHER, SENDER)] == [ANOTHER, SENDER]
    book.leave(ANOTHER)
    assert book.choose(service, RECIPIENT, (), ANOTHER) == SENDER
    book.leave(SENDER)
    assert code_of(book.choose, service, RECIPIENT, [SENDER], SENDER) == 21704


def test_what_is_not_there_is_not_found() -> None:
    book = make_book()

    for act in (
        book.get,
        book.close,
        book.pool,
        lambda sid: book.change(sid, ()),
        lambda sid: book.join(sid, SENDER),
    ):
        with pytest.raises(LookupError):
            act(SERVICE_SID)


def test_the_service_of_a_number_is_the_one_whose_pool_it_is_in() -> None:
    book = make_book(plan(SENDER))

    assert (book.service_of(SENDER), book.service_of(ANOTHER)) == (book.get(SERVICE_SID), None)


def test_pools_are_told_with_their_services_and_without_their_numbers_in_a_log() -> None:
    book = make_book(plan(SENDER))
    opened = book.open(NAMED)
    book.join(opened.sid, ANOTHER)

    listed, own = book.pools()

    assert (listed.service.sid, listed.senders) == (SERVICE_SID, (SENDER,))
    assert (own.service, own.senders) == (opened, (ANOTHER,))
    assert repr(own) == f"<Pool of {opened.sid}: 1 senders>"
