"""How full the queues of senders are as rows, and how many requests of accounts are under way."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from fake_twilio.accounts.sender_queues import QueueFill
from fake_twilio.domain.rules.limits import Limits
from fake_twilio.domain.rules.rates import ELSEWHERE, RATES, kind_of
from fake_twilio.messages.inventory import Inventory
from fake_twilio.scenario_tools.sentences import listed


class QueueRow(NamedTuple):
    """The queue of a sender."""

    account_sid: str
    fill: QueueFill

    @property
    def pace(self) -> str:
        """How fast it drains, in words."""
        return pace_of(self.fill)


class RequestsRow(NamedTuple):
    """How many requests of an account are under way, of how many that may be."""

    account_sid: str
    under_way: int
    at_most: int


def queue_rows(inventory: Inventory, limits: Limits, senders: Iterable[tuple[str, str]]) -> list[QueueRow]:
    """Return the queue of each sender that sent lately and of each of *senders*, pairs of account and number."""
    if not limits.paces_senders:
        return []
    fills = {owner: QueueFill.of(owner[1], 0.0, limits) for owner in senders}
    fills |= {(sid, fill.sender): fill for sid, some in inventory.queues.items() for fill in some}
    return [QueueRow(account_sid, fill) for (account_sid, _), fill in fills.items()]


def request_rows(inventory: Inventory, limits: Limits, main_sid: str) -> list[RequestsRow]:
    """Return the requests of the main account and of each that has some, in a scenario that limits them."""
    if limits.concurrency is None:
        return []
    counts = {main_sid: 0, **inventory.under_way}
    return [RequestsRow(account_sid, count, limits.concurrency) for account_sid, count in counts.items()]


def pace_of(fill: QueueFill) -> str:
    """Return how fast a sender is, in words; by Twilio's table that depends on the country."""
    if fill.segments_per_second is not None:
        return f"{fill.segments_per_second:g} a second"
    countries: defaultdict[int, list[str]] = defaultdict(list)
    for country, rate in RATES[kind_of(fill.sender)].items():
        countries[rate].append(country)
    told = [f"{rate} a second to {listed(sorted(found))}" for rate, found in countries.items()]
    return ", ".join([*told, f"{ELSEWHERE} {'elsewhere' if told else 'a second'}"])
