"""Tests of how many requests of each account are under way."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from fake_twilio.accounts.under_way import UnderWay
from tests.fake_twilio.doubles import ACCOUNT_SID, PATIENCE_SECONDS

OTHER_SID = "AC" + "1" * 32


def test_requests_are_counted_by_account_until_they_end() -> None:
    house = UnderWay()

    visits = [house.begin(sid, None) for sid in (ACCOUNT_SID, OTHER_SID, ACCOUNT_SID)]
    assert [visit.under_way for visit in visits] == [1, 1, 2]
    assert house.counts() == {ACCOUNT_SID: 2, OTHER_SID: 1}

    for visit in visits:
        visit.end()
    assert house.counts() == {}


def test_one_too_many_is_refused_and_not_counted() -> None:
    house = UnderWay()
    held = [house.begin(ACCOUNT_SID, 2) for _ in range(2)]

    refused = [house.begin(ACCOUNT_SID, 2) for _ in range(3)]
    for visit in refused:
        visit.end()

    assert [(visit.is_refused, visit.under_way) for visit in refused] == [(True, 2)] * 3
    assert not house.begin(OTHER_SID, 2).is_refused
    held[0].end()
    assert not house.begin(ACCOUNT_SID, 2).is_refused


def test_of_many_at_once_exactly_as_many_as_may_are_taken() -> None:
    house, line = UnderWay(), Barrier(16)

    def ask(_: int) -> bool:
        line.wait(PATIENCE_SECONDS)
        visit = house.begin(ACCOUNT_SID, 5)
        line.wait(PATIENCE_SECONDS)
        visit.end()
        return visit.is_refused

    with ThreadPoolExecutor(16) as pool:
        refused = list(pool.map(ask, range(16)))

    assert (refused.count(False), house.counts()) == (5, {})
