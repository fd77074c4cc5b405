"""Tests of what accounts have, at one moment."""

from fake_twilio.domain.accounts.account import Account
from fake_twilio.messages.inventory import Inventory
from tests.fake_twilio.doubles import ACCOUNT_SID, AUTH_TOKEN


def test_an_inventory_in_a_log_says_how_much_there_is_and_nothing_of_it() -> None:
    inventory = Inventory(accounts=(Account(ACCOUNT_SID, AUTH_TOKEN),), queues={}, under_way={})

    assert repr(inventory) == "<Inventory of 1 accounts, 0 numbers, 0 services>"
