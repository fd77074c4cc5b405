"""The senders of all accounts as rows: where what is sent to them goes, and how much they sent and got."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fake_twilio.domain.accounts.application import Application
from fake_twilio.domain.accounts.service import Service
from fake_twilio.domain.inbound.hook import hook_of, is_deaf, uses_number
from fake_twilio.domain.messages.message import Message
from fake_twilio.domain.rules.rates import kind_of
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.domain.values.logged import masked_number
from fake_twilio.domain.values.numbers import is_e164
from fake_twilio.domain.webhooks.signature import signed_url
from fake_twilio.inspector.shortened import Shortened, shortened
from fake_twilio.messages.inventory import Inventory

Owner = tuple[str, str]  # an account's SID, and its number


class Traffic(NamedTuple):
    """How many messages a number sent and got, whatever became of them."""

    sent: int = 0
    received: int = 0


class Told(NamedTuple):
    """Where a message to a number is told, without a password, and *whose* address that is."""

    url: str
    method: str
    whose: str


class NumberRow(NamedTuple):
    """A sender of an account; *is_owned* is false for one that only old messages know."""

    account_sid: str
    number: str
    kind: str
    friendly_name: str
    service: Service | None
    told: Told | None
    is_deaf: bool  # its service receives nothing
    traffic: Traffic
    is_owned: bool

    def __repr__(self) -> str:
        return f"<NumberRow of {masked_number(self.number)}>"


def number_rows(
    inventory: Inventory, scenario: Scenario, main_sid: str, traffic: Mapping[Owner, Traffic]
) -> Shortened[NumberRow]:
    """Return the senders that accounts have, then who else is in a pool, sent, or got messages.

    Of a long list they are those with most *traffic*.
    """
    services, applications = _services(inventory), _applications(inventory)
    owned = {**_registered(inventory), **_listed(scenario, main_sid)}

    def row(owner: Owner) -> NumberRow:
        settings, service = owned.get(owner, scenario.number_settings), services.get(owner)
        return NumberRow(
            account_sid=owner[0],
            number=owner[1],
            kind=kind_of(owner[1]).value,
            friendly_name=settings.get("FriendlyName", ""),
            service=service,
            told=told(settings, service, applications.get((owner[0], settings.get("SmsApplicationSid", "")))),
            is_deaf=is_deaf(service),
            traffic=traffic.get(owner, Traffic()),
            is_owned=owner in owned or not scenario.numbers,
        )

    owners = list(dict.fromkeys([*owned, *services, *traffic]))
    chosen = shortened(owners, weight=lambda owner: sum(traffic.get(owner, ())))
    return Shortened([row(owner) for owner in chosen.rows], chosen.left)


def told(settings: Mapping[str, str], service: Service | None, application: Application | None) -> Told | None:
    """Return where a message is told that comes to a number with these *settings*, as the inbox does; or nothing."""
    hook = hook_of(service, settings, application)
    if hook is None:
        return None
    if not uses_number(service):
        return Told(signed_url(hook.url), hook.method, "of its service")
    return Told(signed_url(hook.url), hook.method, "its own" if application is None else "of its application")


def traffic_of(messages: Iterable[Message]) -> dict[Owner, Traffic]:
    """Return how much each number sent and got, in one pass; whom a service has not chosen yet sent nothing."""
    sent: Counter[Owner] = Counter()
    received: Counter[Owner] = Counter()
    for message in messages:
        if message.direction == "inbound":
            received[message.account_sid, message.to] += 1
        elif message.sender:
            sent[message.account_sid, message.sender] += 1
    return {owner: Traffic(sent[owner], received[owner]) for owner in dict.fromkeys([*sent, *received])}


def _registered(inventory: Inventory) -> dict[Owner, Mapping[str, str]]:
    return {(number.account_sid, number.phone_number): number.settings for number in inventory.numbers}


def _listed(scenario: Scenario, main_sid: str) -> dict[Owner, Mapping[str, str]]:
    """Return what a scenario lists that has no SID: short codes and names."""
    return {(main_sid, sender): scenario.number_settings for sender in scenario.numbers if not is_e164(sender)}


def _services(inventory: Inventory) -> dict[Owner, Service]:
    """Return the service of each sender that is in a pool; it is in one at most."""
    return {(service.account_sid, sender): service for service, senders in inventory.pools for sender in senders}


def _applications(inventory: Inventory) -> dict[tuple[str, str], Application]:
    return {(one.account_sid, one.sid): one for one in inventory.applications}
