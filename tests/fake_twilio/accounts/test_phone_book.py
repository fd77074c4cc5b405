"""Tests of the numbers of all accounts."""

import pytest

from fake_twilio.accounts.phone_book import DEFAULT_SENDER, PhoneBook
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.timing.clock import ManualClock
from tests.fake_twilio.doubles import ACCOUNT_SID, SENDER, START

ANOTHER = "+15005550010"
SHOP = "AC" + "0e" * 16


def make_book(*listed: str) -> PhoneBook:
    return PhoneBook(ACCOUNT_SID, 7, ManualClock(START), lambda: listed)


def refused(book: PhoneBook, **form: str) -> int:
    with pytest.raises(Refusal) as caught:
        book.buy(ACCOUNT_SID, tuple(form.items()))
    return caught.value.code


def may_send(book: PhoneBook, sender: str, account_sid: str = ACCOUNT_SID) -> bool:
    return book.refusal_code(account_sid, sender) is None


def test_a_world_without_numbers_lets_every_account_send_from_everything() -> None:
    book = make_book()

    assert may_send(book, SENDER)
    assert may_send(book, SENDER, SHOP)
    assert book.all(ACCOUNT_SID) == []
    assert book.senders(ACCOUNT_SID) == (DEFAULT_SENDER,)


def test_listed_numbers_are_the_main_accounts_and_other_senders_are_owned_without_being_numbers() -> None:
    book = make_book(SENDER, "INFO", "12345")

    assert [number.phone_number for number in book.all(ACCOUNT_SID)] == [SENDER]
    assert [may_send(book, sender) for sender in (SENDER, "INFO", "12345", ANOTHER)] == [True, True, True, False]
    assert book.get(ACCOUNT_SID, book.all(ACCOUNT_SID)[0].sid) == book.all(ACCOUNT_SID)[0]
    assert book.senders(ACCOUNT_SID) == (SENDER, "INFO", "12345")
    assert (book.all(SHOP), book.senders(SHOP)) == ([], ())


def test_a_sender_of_another_account_is_told_from_one_of_nobody() -> None:
    book = make_book(SENDER)
    book.buy(SHOP, (("PhoneNumber", ANOTHER),))

    assert [book.refusal_code(SHOP, sender) for sender in (SENDER, ANOTHER, "+15005550099")] == [21660, None, 21659]
    assert book.refusal_code(ACCOUNT_SID, ANOTHER) == 21660
    assert refused(book, PhoneNumber=ANOTHER) == 21422


def test_what_another_account_bought_is_its_own_also_in_a_world_that_lists_nothing() -> None:
    book = make_book()
    book.buy(SHOP, (("PhoneNumber", ANOTHER),))

    assert book.refusal_code(ACCOUNT_SID, ANOTHER) == 21660
    assert book.senders(SHOP) == (ANOTHER,)


def test_a_number_that_is_bought_may_send_until_it_is_released() -> None:
    book = make_book(SENDER)

    bought = book.buy(ACCOUNT_SID, (("PhoneNumber", ANOTHER), ("FriendlyName", "shop")))
    was_owned = may_send(book, ANOTHER)
    released = book.release(ACCOUNT_SID, bought.sid)

    assert (was_owned, may_send(book, ANOTHER), bought.setting("FriendlyName")) == (True, False, "shop")
    assert released == bought
    assert book.buy(ACCOUNT_SID, (("PhoneNumber", ANOTHER),)).sid != bought.sid
    assert may_send(book, ANOTHER)


def test_a_listed_number_that_is_released_does_not_come_back() -> None:
    book = make_book(SENDER)

    book.release(ACCOUNT_SID, book.all(ACCOUNT_SID)[0].sid)

    assert (book.all(ACCOUNT_SID), may_send(book, SENDER), book.senders(ACCOUNT_SID)) == ([], False, ())


def test_what_cannot_be_bought_is_refused() -> None:
    book = make_book(SENDER)

    assert refused(book, PhoneNumber=SENDER) == 21422
    assert refused(book, PhoneNumber="garbage") == refused(book) == 21421
    assert [refused(book, AreaCode=area) for area in ("12", "abc", "٣٣٣", "011")] == [21452] * 4


def test_a_number_is_found_in_an_area() -> None:
    book = make_book()

    one, two = (book.buy(ACCOUNT_SID, (("AreaCode", "415"),)).phone_number for _ in range(2))

    assert one != two
    assert {one[:8], two[:8]} == {"+1415555"}


def test_a_number_that_somebody_has_is_found_in_no_area() -> None:
    book = make_book()
    taken = book.buy(ACCOUNT_SID, (("PhoneNumber", "+14155550001"),))

    found = book.buy(SHOP, (("AreaCode", "415"),))

    assert found.phone_number not in (taken.phone_number, None)
    assert book.get(ACCOUNT_SID, taken.sid) == taken
    assert book.owner_sid(taken.phone_number) == ACCOUNT_SID


def test_an_area_in_which_all_is_taken_has_no_number() -> None:
    book = make_book(*(f"+1415555{line:04}" for line in range(10_000)))

    assert refused(book, AreaCode="415") == 21452


def test_a_quote_keeps_nothing() -> None:
    book = make_book()

    assert book.quote(ACCOUNT_SID, (("PhoneNumber", ANOTHER),)).phone_number == ANOTHER
    assert book.all(ACCOUNT_SID) == []


def test_what_is_not_there_or_another_accounts_is_not_changed() -> None:
    book = make_book()
    shops = book.buy(SHOP, (("PhoneNumber", ANOTHER),)).sid

    for sid in ("PN" + "0" * 32, shops):
        for act in (book.get, book.release, lambda account_sid, sid: book.change(account_sid, sid, ())):
            with pytest.raises(LookupError):
                act(ACCOUNT_SID, sid)
    assert book.change(SHOP, shops, (("FriendlyName", "till"),)).setting("FriendlyName") == "till"


def test_what_is_sent_to_a_number_belongs_to_its_owner() -> None:
    book = make_book(SENDER)
    book.buy(SHOP, (("PhoneNumber", ANOTHER), ("SmsUrl", "http://127.0.0.1/")))

    assert [book.owner_sid(number) for number in (SENDER, ANOTHER, "+15559999999")] == [ACCOUNT_SID, SHOP, None]
    assert (book.settings(SENDER), book.settings(ANOTHER)) == ({}, {"SmsUrl": "http://127.0.0.1/"})
    assert book.everyones() == (SENDER, ANOTHER)


def test_in_a_world_without_numbers_the_main_account_gets_what_nobody_has() -> None:
    book = make_book()
    sid = book.buy(SHOP, (("PhoneNumber", ANOTHER),)).sid

    assert (book.owner_sid("+15559999999"), book.owner_sid(ANOTHER)) == (ACCOUNT_SID, SHOP)
    book.release(SHOP, sid)
    assert book.owner_sid(ANOTHER) is None


def test_listed_numbers_begin_with_what_the_scenario_presets() -> None:
    preset = {"SmsUrl": "http://127.0.0.1/"}
    book = PhoneBook(ACCOUNT_SID, 7, ManualClock(START), lambda: (SENDER, "12345"), lambda: preset)

    (number,) = book.all(ACCOUNT_SID)
    book.change(ACCOUNT_SID, number.sid, (("SmsUrl", ""),))

    assert number.setting("SmsUrl") == "http://127.0.0.1/"
    assert (book.settings(SENDER), book.settings("12345")) == ({"SmsUrl": ""}, preset)


def test_the_registered_numbers_of_all_accounts_are_told_in_the_order_in_which_they_came() -> None:
    book = make_book(SENDER, "INFO")
    book.buy(SHOP, (("PhoneNumber", ANOTHER),))

    assert [(one.account_sid, one.phone_number) for one in book.registered()] == [
        (ACCOUNT_SID, SENDER),
        (SHOP, ANOTHER),
    ]
