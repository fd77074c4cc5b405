"""Messaging services as rows: who is in the pool, and how the service chooses and sends."""

from collections.abc import Iterator
from typing import NamedTuple

from fake_twilio.accounts.service_book import Pool
from fake_twilio.domain.accounts.service import Service
from fake_twilio.domain.inbound.hook import is_deaf, uses_number
from fake_twilio.domain.webhooks.signature import signed_url
from fake_twilio.inspector.shortened import Shortened, shortened
from fake_twilio.messages.inventory import Inventory

MOST_SENDERS = 20  # of one pool


class ServiceRow(NamedTuple):
    """A service, the first of its pool, what it does, and where it tells of what came."""

    service: Service
    senders: Shortened[str]
    traits: tuple[str, ...]
    inbound: str
    status_callback: str

    def __repr__(self) -> str:
        return f"<ServiceRow of {self.service.sid}>"


def service_rows(inventory: Inventory) -> list[ServiceRow]:
    """Return the services of all accounts."""
    return [_row(pool) for pool in inventory.pools]


def _row(pool: Pool) -> ServiceRow:
    service, senders = pool
    return ServiceRow(
        service=service,
        senders=shortened(senders, most=MOST_SENDERS),
        traits=tuple(_traits(service)),
        inbound=_inbound(service),
        status_callback=signed_url(service.status_callback or ""),
    )


def _traits(service: Service) -> Iterator[str]:
    yield "sticky sender" if service.is_sticky else "senders take turns"
    yield from ["prefers the recipient's area code"] if service.matches_area else []
    yield from ["replaces what would force UCS-2"] if service.is_smart else []
    yield from ["advanced opt-out"] if service.has_advanced_opt_out else []
    yield f"messages may wait {service.validity_seconds} s"


def _inbound(service: Service) -> str:
    """Return where the service tells of messages that came in."""
    if uses_number(service):
        return "to the address of each number"
    if is_deaf(service):
        return "nothing is received: it has no address"
    return f"{service.settings['InboundMethod']} {signed_url(str(service.settings['InboundRequestUrl']))}"
