"""Tests of the numbers of an account."""

import pytest

from fake_twilio.clock import ManualClock
from fake_twilio.domain.errors import Refusal
from fake_twilio.phone_book import PhoneBook
from tests.fake_twilio.doubles import ACCOUNT_SID, SENDER, START

ANOTHER = "+15005550010"


def make_book(*listed: str) -> PhoneBook:
    return PhoneBook(ACCOUNT_SID, 7, ManualClock(START), lambda: listed)


def refused(book: PhoneBook, **form: str) -> int:
    with pytest.raises(Refusal) as caught:
        book.buy(tuple(form.items()))
    return caught.value.code


def test_a_scenario_without_numbers_owns_every_sender() -> None:
    assert make_book().owns(SENDER)
    assert make_book().all() == []


def test_listed_numbers_are_there_and_other_senders_are_owned_without_being_numbers() -> None:
    book = make_book(SENDER, "INFO", "12345")

    assert [number.phone_number for number in book.all()] == [SENDER]
    assert [book.owns(sender) for sender in (SENDER, "INFO", "12345", ANOTHER)] == [True, True, True, False]
    assert book.get(book.all()[0].sid) == book.all()[0]


def test_a_number_that_is_bought_may_send_until_it_is_released() -> None:
    book = make_book(SENDER)

    bought = book.buy((("PhoneNumber", ANOTHER), ("FriendlyName", "shop")))
    is_owned = book.owns(ANOTHER)
    book.release(bought.sid)

    assert (is_owned, book.owns(ANOTHER), bought.setting("FriendlyName")) == (True, False, "shop")
    assert book.buy((("PhoneNumber", ANOTHER),)).sid != bought.sid
    assert book.owns(ANOTHER)


def test_a_listed_number_that_is_released_does_not_come_back() -> None:
    book = make_book(SENDER)

    book.release(book.all()[0].sid)

    assert (book.all(), book.owns(SENDER)) == ([], False)


def test_what_cannot_be_bought_is_refused() -> None:
    book = make_book(SENDER)

    assert refused(book, PhoneNumber=SENDER) == 21422
    assert refused(book, PhoneNumber="garbage") == refused(book) == 21421
    assert [refused(book, AreaCode=area) for area in ("12", "abc", "٣٣٣", "011")] == [21452] * 4


def test_a_number_is_found_in_an_area() -> None:
    book = make_book()

    one, two = (book.buy((("AreaCode", "415"),)).phone_number for _ in range(2))

    assert one != two
    assert {one[:8], two[:8]} == {"+1415555"}


def test_a_quote_keeps_nothing() -> None:
    book = make_book()

    assert book.quote((("PhoneNumber", ANOTHER),)).phone_number == ANOTHER
    assert book.all() == []


def test_what_is_not_there_is_not_changed() -> None:
    book = make_book()

    for act in (book.get, book.release, lambda sid: book.change(sid, ())):
        with pytest.raises(LookupError):
            act("PN" + "0" * 32)
