"""All rows that the page of the world makes of what accounts have."""

from typing import NamedTuple

from fake_twilio.inspector.account_rows import AccountRow, account_rows
from fake_twilio.inspector.number_rows import NumberRow, number_rows, traffic_of
from fake_twilio.inspector.queue_rows import QueueRow, RequestsRow, queue_rows, request_rows
from fake_twilio.inspector.service_rows import ServiceRow, service_rows
from fake_twilio.inspector.shortened import Shortened, shortened
from fake_twilio.inspector.subject import Subject


class InventoryRows(NamedTuple):
    """The rows of each part; of long lists those that have most to tell."""

    numbers: Shortened[NumberRow]
    services: Shortened[ServiceRow]
    queues: Shortened[QueueRow]
    requests: Shortened[RequestsRow]
    accounts: Shortened[AccountRow]
    is_free: bool  # every account may send from whatever no other one has
    is_paced: bool  # senders have queues


def inventory_rows(subject: Subject) -> InventoryRows:
    """Return what a fake's accounts have now, as rows."""
    inventory, scenario = subject.inventory, subject.scenario
    numbers = number_rows(inventory, scenario, subject.account_sid, traffic_of(subject.messages))
    senders = [(row.account_sid, row.number) for row in numbers.rows]
    return InventoryRows(
        numbers=numbers,
        services=shortened(service_rows(inventory)),
        queues=shortened(
            queue_rows(inventory, scenario.limits, senders),
            weight=lambda row: row.fill.waiting_seconds / row.fill.queue_seconds,
        ),
        requests=shortened(
            request_rows(inventory, scenario.limits, subject.account_sid), weight=lambda row: row.under_way
        ),
        accounts=shortened(account_rows(inventory)),
        is_free=not scenario.numbers,
        is_paced=scenario.limits.paces_senders,
    )
