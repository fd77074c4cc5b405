"""Tests of senders as rows."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from fake_twilio.accounts.service_book import Pool
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.accounts.application import Application
from fake_twilio.domain.accounts.incoming_number import IncomingNumber
from fake_twilio.domain.accounts.service import DEFAULTS, Service
from fake_twilio.inspector.number_rows import NumberRow, Told, Traffic, number_rows, told, traffic_of
from fake_twilio.messages.inventory import Inventory
from tests.fake_twilio.doubles import (
    ACCOUNT_SID,
    APPLICATION_SID,
    AUTH_TOKEN,
    RECIPIENT,
    SENDER,
    SERVICE_SID,
    START,
    make_message,
    make_scenario,
)

SHOP = "AC" + "0e" * 16
OTHER = "+18005550123"
OWN = {"SmsUrl": "https://shop:hunter2@app.test/own#rc=2", "SmsMethod": "GET"}


def number(phone_number: str, account_sid: str = ACCOUNT_SID, **settings: str) -> IncomingNumber:
    return IncomingNumber(
        sid="PN" + "1" * 32,
        account_sid=account_sid,
        phone_number=phone_number,
        created_at=START,
        updated_at=START,
        settings=settings,
    )


def service(**settings: str | bool) -> Service:
    return Service(sid=SERVICE_SID, account_sid=ACCOUNT_SID, settings=MappingProxyType({**DEFAULTS, **settings}))


def inventory(*numbers: IncomingNumber, pools: tuple[Pool, ...] = ()) -> Inventory:
    accounts = (Account(ACCOUNT_SID, AUTH_TOKEN), Account(SHOP, AUTH_TOKEN))
    return Inventory(accounts=accounts, numbers=numbers, pools=pools, queues={}, under_way={})


def rows(found: Inventory, *listed: str, traffic: dict[tuple[str, str], Traffic] | None = None) -> list[NumberRow]:
    return number_rows(found, make_scenario(numbers=listed), ACCOUNT_SID, traffic or {}).rows


def test_a_number_has_its_account_its_name_and_its_traffic() -> None:
    found = inventory(number(SENDER, FriendlyName="codes"), number(OTHER, SHOP))

    ours, theirs = rows(found, SENDER, traffic={(ACCOUNT_SID, SENDER): Traffic(3, 1)})

    assert (ours.account_sid, ours.number, ours.kind, ours.friendly_name) == (ACCOUNT_SID, SENDER, "long code", "codes")
    assert (ours.traffic, theirs.traffic) == ((3, 1), (0, 0))
    assert (theirs.account_sid, theirs.kind) == (SHOP, "toll-free number")


def test_what_has_no_sid_is_a_sender_too() -> None:
    seen = {(ACCOUNT_SID, RECIPIENT): Traffic(1)}

    found = rows(inventory(number(SENDER)), SENDER, "12345", "SHOP", traffic=seen)

    assert [(row.number, row.is_owned) for row in found] == [
        (SENDER, True),
        ("12345", True),
        ("SHOP", True),
        (RECIPIENT, False),
    ]


def test_where_no_number_is_listed_whoever_sent_may_send() -> None:
    pool = Pool(service(), (OTHER,))

    found = rows(inventory(pools=(pool,)), traffic={(SHOP, SENDER): Traffic(1)})

    assert [(row.account_sid, row.number, row.is_owned) for row in found] == [
        (ACCOUNT_SID, OTHER, True),
        (SHOP, SENDER, True),
    ]


def test_a_number_of_a_service_without_an_address_hears_nothing() -> None:
    deaf, own = Pool(service(), (SENDER,)), Pool(service(UseInboundWebhookOnNumber=True), (SENDER,))

    assert [row.is_deaf for row in rows(inventory(number(SENDER, **OWN), pools=(deaf,)))] == [True]
    assert [(row.is_deaf, row.told) for row in rows(inventory(number(SENDER, **OWN), pools=(own,)))] == [
        (False, Told("https://app.test/own", "GET", "its own"))
    ]


SHARED = Application(sid=APPLICATION_SID, account_sid=ACCOUNT_SID, settings={"SmsUrl": "https://a:b@app.test/shared"})


@pytest.mark.parametrize(
    ("settings", "around", "application", "expected"),
    [
        ({}, None, None, None),
        (OWN, None, None, Told("https://app.test/own", "GET", "its own")),
        (OWN, None, SHARED, Told("https://app.test/shared", "POST", "of its application")),
        (OWN, service(), None, None),
        (
            OWN,
            service(InboundRequestUrl="https://x@app.test/all"),
            SHARED,
            Told("https://app.test/all", "POST", "of its service"),
        ),
    ],
    ids=["nothing set", "its own", "of an application", "of a deaf service", "of a service"],
)
def test_what_comes_in_is_told_where_the_inbox_tells_it_without_a_password(
    settings: dict[str, str], around: Service | None, application: Application | None, expected: Told | None
) -> None:
    assert told(settings, around, application) == expected


def test_the_application_of_another_account_counts_for_nothing() -> None:
    named = number(SENDER, SHOP, SmsApplicationSid=APPLICATION_SID, SmsUrl="https://app.test/own")

    (row,) = rows(replace(inventory(named), applications=(SHARED,)))

    assert row.told == Told("https://app.test/own", "POST", "its own")


def test_messages_are_counted_for_the_number_that_sent_or_got_them() -> None:
    inbound = {"direction": "inbound", "sender": RECIPIENT, "to": SENDER}
    messages = [make_message(), make_message(), make_message(sender=None), make_message(**inbound)]

    assert traffic_of([*messages, make_message(account_sid=SHOP)]) == {
        (ACCOUNT_SID, SENDER): (2, 1),
        (SHOP, SENDER): (1, 0),
    }


def test_of_many_senders_those_with_traffic_are_shown_and_no_number_is_logged() -> None:
    found = inventory(*(number(f"+1561555{place:04}") for place in range(1_000)))

    short = number_rows(found, make_scenario(), ACCOUNT_SID, {(ACCOUNT_SID, "+15615550900"): Traffic(1)})

    assert (len(short.rows), short.left, short.rows[-1].number) == (200, 800, "+15615550900")
    assert repr(short.rows[-1]) == "<NumberRow of +1561***0900>"
