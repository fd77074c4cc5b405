"""Webhooks are kept for seven days or more."""

from datetime import timedelta

import pytest

from twilio_sms.errors import ValidationError
from twilio_sms.stores.webhook_terms import check_claim, kept_for
from twilio_sms.stores.webhooks_memory import MemoryWebhooks
from twilio_sms.stores.webhooks_sqlite import SqliteWebhooks


@pytest.mark.parametrize("days", [7, 7.5, 3650])
def test_seven_days_and_more_are_taken(days):
    assert kept_for(days) == timedelta(days=days)


@pytest.mark.parametrize("days", [6.99, 0, -7, float("nan"), float("inf"), 10**12, True, "7", None])
def test_less_and_what_is_no_number_is_refused(days, tmp_path):
    for make in (kept_for, lambda given: MemoryWebhooks(keep_days=given)):
        with pytest.raises(ValidationError, match="keep_days must be a number from 7"):
            make(days)
    with pytest.raises(ValidationError):
        SqliteWebhooks(tmp_path / "webhooks.db", keep_days=days)
    assert list(tmp_path.iterdir()) == []


def test_a_key_of_two_hundred_characters_is_taken():
    check_claim("x" * 200, 0.001)
