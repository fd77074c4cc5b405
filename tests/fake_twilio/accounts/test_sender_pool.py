"""Tests of the choice of a sender."""

import pytest

from fake_twilio.accounts.sender_pool import SenderPool
from fake_twilio.domain.accounts.service import DEFAULTS, Service
from fake_twilio.domain.twilio.errors import Refusal
from tests.fake_twilio.doubles import ACCOUNT_SID, SERVICE_SID

ONE, TWO, THREE = "+14155550101", "+14155550102", "+14155550103"
ALL = [ONE, TWO, THREE]
RECIPIENTS = [f"+1212555010{digit}" for digit in range(6)]


def service(*, sticky: bool = True) -> Service:
    return Service(sid=SERVICE_SID, account_sid=ACCOUNT_SID, settings={**DEFAULTS, "StickySender": sticky})


def refused(senders: list[str], to: str) -> int:
    with pytest.raises(Refusal) as caught:
        SenderPool().choose(service(), senders, to)
    return caught.value.code


def test_senders_take_turns() -> None:
    pool = SenderPool()

    assert [pool.choose(service(), ALL, to) for to in RECIPIENTS] == [*ALL, *ALL]


def test_a_recipient_hears_from_the_sender_it_knows() -> None:
    pool = SenderPool()
    before = [pool.choose(service(), ALL, to) for to in RECIPIENTS]

    assert [pool.choose(service(), ALL, to) for to in RECIPIENTS[::-1]] == before[::-1]
    assert [pool.choose(service(sticky=False), ALL, RECIPIENTS[0]) for _ in range(3)] == ALL


def test_a_sender_that_left_is_replaced_for_good() -> None:
    pool = SenderPool()
    to = RECIPIENTS[0]
    pool.choose(service(), ALL, to)

    chosen = pool.choose(service(), [TWO, THREE], to)

    assert chosen != ONE
    assert pool.choose(service(), ALL, to) == chosen


def test_only_so_many_recipients_are_remembered() -> None:
    pool = SenderPool(bound=2)
    for to in (*RECIPIENTS[:2], RECIPIENTS[0], RECIPIENTS[2]):  # the second one was written to the longest ago
        pool.choose(service(), ALL, to)

    assert pool.choose(service(), ALL, RECIPIENTS[0]) == ONE
    assert pool.choose(service(), ALL, RECIPIENTS[1]) == ONE  # its turn, no memory of TWO


def test_a_pool_without_anybody_or_without_anybody_who_reaches_is_refused() -> None:
    assert refused([], RECIPIENTS[0]) == 21704
    assert refused(["+18005550100"], "+447700900001") == 21703
    assert refused([ONE], ONE) == 21703
