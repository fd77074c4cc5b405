"""Tests of what an account sends from."""

import pytest

from fake_twilio.accounts.application_book import ApplicationBook
from fake_twilio.accounts.opt_out_book import OptOutBook
from fake_twilio.accounts.phone_book import PhoneBook
from fake_twilio.accounts.senders import Senders
from fake_twilio.accounts.service_book import ServiceBook
from fake_twilio.domain.inbound.opt_outs import Word
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.timing.clock import ManualClock
from tests.fake_twilio.doubles import ACCOUNT_SID, RECIPIENT, SENDER, START

SHOP = "AC" + "0e" * 16


def make_senders(*listed: str) -> Senders:
    clock = ManualClock(START)
    book = PhoneBook(ACCOUNT_SID, 7, clock, lambda: listed)
    services = ServiceBook(ACCOUNT_SID, 7, clock, lambda: ())
    applications = ApplicationBook(ACCOUNT_SID, 7, clock, lambda: ())
    return Senders(ACCOUNT_SID, book, services, OptOutBook(clock), applications)


def code_of(act, *words) -> int:
    with pytest.raises(Refusal) as caught:
        act(*words)
    return caught.value.code


def opened(senders: Senders) -> tuple[str, str]:
    """Return the SID of a new service and that of the newest number."""
    return senders.services.open((("FriendlyName", "shop"),)).sid, senders.numbers.all(ACCOUNT_SID)[0].sid


def test_a_sender_is_refused_with_a_masked_number_and_the_account() -> None:
    senders = make_senders(SENDER)
    senders.numbers.buy(SHOP, (("PhoneNumber", "+15005550010"),))

    senders.check(SENDER)
    with pytest.raises(Refusal, match=r"'From' \+1500555XXXX is not a Twilio phone number"):
        senders.check("+15005550011")
    with pytest.raises(Refusal, match=rf"'From' number \+1500555XXXX and the account {ACCOUNT_SID}"):
        senders.check("+15005550010")


def test_a_number_joins_a_pool_and_leaves_it() -> None:
    senders = make_senders(SENDER)
    service_sid, number_sid = opened(senders)

    joined = senders.join(service_sid, number_sid)

    assert (joined.sid, joined.number.phone_number, joined.joined_at) == (number_sid, SENDER, START)
    assert senders.pool(service_sid) == [joined]
    assert senders.pooled(service_sid, number_sid) == joined
    assert senders.choose(service_sid, RECIPIENT) == SENDER
    senders.leave(service_sid, number_sid)
    assert senders.pool(service_sid) == []
    with pytest.raises(LookupError):
        senders.leave(service_sid, number_sid)


def test_a_number_that_is_released_is_in_no_pool() -> None:
    senders = make_senders(SENDER)
    service_sid, number_sid = opened(senders)
    senders.join(service_sid, number_sid)

    senders.release(number_sid)

    assert senders.pool(service_sid) == []
    assert code_of(senders.choose, service_sid, RECIPIENT) == 21704


def test_what_is_taken_for_a_service_sends_from_all_that_the_account_has() -> None:
    senders = make_senders(SENDER, "+15005550010")

    assert senders.choose("MG" + "0" * 32, RECIPIENT) == SENDER
    assert senders.choose("MG" + "1" * 32, "+15551230000") == "+15005550010"


def test_the_numbers_and_services_of_others_are_not_found() -> None:
    senders = make_senders(SENDER)
    service_sid, number_sid = opened(senders)
    foreign = senders.numbers.buy(SHOP, (("PhoneNumber", "+15005550010"),)).sid

    for act in (senders.join, senders.pooled, senders.leave):
        for pair in ((service_sid, foreign), ("MG" + "0" * 32, number_sid)):
            with pytest.raises(LookupError):
                act(*pair)


def test_an_opt_out_of_a_service_counts_for_each_of_its_numbers() -> None:
    senders = make_senders(SENDER, "+15005550010")
    service_sid, number_sid = opened(senders)
    pooled = senders.join(service_sid, number_sid).number.phone_number
    assert not senders.is_opted_out(RECIPIENT, pooled, None)

    senders.opt_outs.change(Word.STOP, RECIPIENT, pooled, service_sid)

    assert senders.is_opted_out(RECIPIENT, pooled, None)
    assert senders.is_opted_out(RECIPIENT, None, service_sid)
    assert not senders.is_opted_out("+15551230000", pooled, service_sid)
