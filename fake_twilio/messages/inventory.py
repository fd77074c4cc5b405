"""What the accounts of a world have at one moment, as values for whoever looks.

Nothing in it changes any more, so it can be read without a lock; each part is as it was when it was asked for, one
after the other, which is enough for people.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fake_twilio.accounts.sender_queues import QueueFill
from fake_twilio.accounts.service_book import Pool
from fake_twilio.domain.accounts.account import Account, ApiKey
from fake_twilio.domain.accounts.application import Application
from fake_twilio.domain.accounts.incoming_number import IncomingNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """All accounts and what is theirs, in the order of their making."""

    accounts: tuple[Account, ...]
    keys: tuple[ApiKey, ...] = ()
    numbers: tuple[IncomingNumber, ...] = ()  # those with a SID
    pools: tuple[Pool, ...] = ()
    applications: tuple[Application, ...] = ()
    queues: Mapping[str, tuple[QueueFill, ...]]  # by account; of senders that sent lately
    under_way: Mapping[str, int]  # requests, by account

    def __repr__(self) -> str:
        return f"<Inventory of {len(self.accounts)} accounts, {len(self.numbers)} numbers, {len(self.pools)} services>"
