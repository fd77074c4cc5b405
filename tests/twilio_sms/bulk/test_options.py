"""Settings of a bulk that cannot work are refused, all of them at once, by name."""

from decimal import Decimal
from pathlib import Path

import pytest

from twilio_sms.bulk.options import BulkOptions
from twilio_sms.errors import ValidationError

FREE = {"journal": None, "budget": None, "price_per_segment": None}


def parse(**changes: object) -> BulkOptions:
    return BulkOptions.parse(**{**FREE, **changes})


def test_the_defaults_are_right():
    assert parse() == BulkOptions()


@pytest.mark.parametrize("money", [Decimal("0.0079"), "0.0079", 0.0079])
def test_money_is_exact(money):
    options = parse(budget=money, price_per_segment=money)

    assert options.budget == options.price_per_segment == Decimal("0.0079")


def test_a_journal_is_a_path():
    assert parse(journal="a/b.db").journal == Path("a/b.db")
    assert parse(journal=Path("a/b.db")).journal == Path("a/b.db")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"workers": 0}, "workers must be a whole number from 1 to 256, is 0"),
        ({"workers": 257}, "workers"),
        ({"workers": True}, "workers"),
        ({"workers": 1.5}, "workers"),
        ({"on_unknown": "drop"}, "on_unknown must be 'keep' or 'resend', is 'drop'"),
        ({"on_unknown": "resend"}, "on_unknown='resend' needs a journal"),
        ({"settle_seconds": -1}, "settle_seconds must be a number of seconds from 0 to 604800, is -1"),
        ({"settle_seconds": float("nan")}, "settle_seconds"),
        ({"settle_seconds": 1e300}, "settle_seconds"),
        ({"settle_seconds": "5"}, "settle_seconds"),
        ({"clock_skew_seconds": float("inf")}, "clock_skew_seconds"),
        ({"clock_skew_seconds": True}, "clock_skew_seconds"),
        ({"dry_run": "no"}, "dry_run must be True or False, is 'no'"),
        ({"dry_run": 0}, "dry_run must be True or False, is 0"),
        ({"journal": ""}, "journal must be the path of a file, is ''"),
        ({"journal": 5}, "journal must be the path of a file, is 5"),
        ({"on_result": "print"}, "on_result must be a function, is 'print'"),
        ({"on_progress": 5}, "on_progress must be a function"),
        ({"budget": 5}, "budget needs price_per_segment"),
        ({"budget": -1, "price_per_segment": 1}, "budget must be an amount from 0 on"),
        ({"budget": "a lot", "price_per_segment": 1}, "budget must be an amount from 0 on"),
        ({"price_per_segment": "nan"}, "price_per_segment must be an amount from 0 on"),
        ({"price_per_segment": True}, "price_per_segment must be an amount from 0 on"),
    ],
    ids=str,
)
def test_what_cannot_work_is_refused_by_name(changes, message):
    with pytest.raises(ValidationError) as caught:
        parse(**changes)

    assert message in str(caught.value)


def test_everything_that_is_wrong_is_told_at_once():
    with pytest.raises(ValidationError, match=r"price_per_segment .*journal .*workers .*settle_seconds "):
        parse(journal=5, workers=0, settle_seconds=-1, price_per_segment=-1)
