"""Tests of queues and requests as rows."""

from fractions import Fraction

import pytest

from fake_twilio.accounts.sender_queues import QueueFill
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.rules.limits import UNLIMITED, Limits, SenderLimit
from fake_twilio.domain.values.patterns import Glob
from fake_twilio.inspector.queue_rows import QueueRow, RequestsRow, pace_of, queue_rows, request_rows
from fake_twilio.messages.inventory import Inventory
from tests.fake_twilio.doubles import ACCOUNT_SID, AUTH_TOKEN, SENDER

SHOP = "AC" + "0e" * 16
SLOW = Limits(paces_senders=True, senders=(SenderLimit((Glob("*"),), Fraction(1, 2), 60.0),), concurrency=2)


def inventory(queues: dict[str, tuple[QueueFill, ...]], **under_way: int) -> Inventory:
    accounts = (Account(ACCOUNT_SID, AUTH_TOKEN), Account(SHOP, AUTH_TOKEN))
    return Inventory(accounts=accounts, queues=queues, under_way=under_way)


def test_a_sender_that_sent_has_what_waits_and_another_an_empty_queue() -> None:
    full = QueueFill(SENDER, 60.0, 60.0, 0.5)

    found = queue_rows(inventory({SHOP: (full,)}), SLOW, [(ACCOUNT_SID, SENDER), (SHOP, SENDER)])

    assert found == [QueueRow(ACCOUNT_SID, QueueFill(SENDER, 0.0, 60.0, 0.5)), QueueRow(SHOP, full)]


def test_where_nobody_is_paced_there_are_no_queues() -> None:
    assert queue_rows(inventory({}), UNLIMITED, [(ACCOUNT_SID, SENDER)]) == []


@pytest.mark.parametrize(
    ("sender", "rate", "told"),
    [
        (SENDER, 0.5, "0.5 a second"),
        (SENDER, None, "1 a second to CA and US, 10 elsewhere"),
        ("+18005550123", None, "3 a second to CA and US, 10 elsewhere"),
        ("12345", None, "100 a second to CA, GB, and US, 10 elsewhere"),
        ("SHOP", None, "10 a second"),
    ],
    ids=["of the scenario", "long code", "toll-free number", "short code", "name"],
)
def test_a_pace_is_told_also_that_of_twilios_table(sender: str, rate: float | None, told: str) -> None:
    # Source of the numbers: Twilio, "Understanding Twilio Rate Limits and Message Queues".
    fill = QueueFill(sender, 0.0, 36_000, rate)

    assert (pace_of(fill), QueueRow(ACCOUNT_SID, fill).pace) == (told, told)


def test_requests_under_way_are_told_where_they_are_limited() -> None:
    busy = inventory({}, **{SHOP: 2})

    assert request_rows(busy, SLOW, ACCOUNT_SID) == [RequestsRow(ACCOUNT_SID, 0, 2), RequestsRow(SHOP, 2, 2)]
    assert request_rows(busy, UNLIMITED, ACCOUNT_SID) == []
