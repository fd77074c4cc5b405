"""Tests of the day that is made up."""

import pytest
from faker.providers.date_time import Provider as Dates

from fake_twilio.commands.demo_day import CAMPAIGN, CODES, DAY_SECONDS, SHOP, day_of

DAY = day_of(1)


def test_the_same_seed_makes_the_same_day() -> None:
    assert day_of(1) == DAY
    assert day_of(2) != DAY


def test_it_does_not_depend_on_the_day_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def reads_the_clock(*_: object, **__: object) -> None:
        raise AssertionError

    for name in ("date", "date_time", "date_object", "unix_time"):  # all of Faker's dates come through these
        monkeypatch.setattr(Dates, name, reads_the_clock)

    assert day_of(1) == DAY


def test_it_happens_in_order_and_within_a_day() -> None:
    moments = [act.at_seconds for act in DAY]

    assert moments == sorted(moments)
    assert moments[0] >= 0
    assert moments[-1] < DAY_SECONDS


def test_some_hundreds_are_sent_and_people_answer() -> None:
    ours = [act for act in DAY if act.is_ours]
    theirs = [act for act in DAY if not act.is_ours]

    assert 300 <= len(ours) <= 600
    assert {act.sender for act in ours} == {act.recipient for act in theirs} | {CODES} == {CODES, SHOP, CAMPAIGN}
    assert {"STOP", "YES", "HELP"} <= {act.body for act in theirs}
