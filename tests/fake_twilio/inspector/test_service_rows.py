"""Tests of messaging services as rows."""

from types import MappingProxyType

import pytest

from fake_twilio.accounts.service_book import Pool
from fake_twilio.domain.accounts.account import Account
from fake_twilio.domain.accounts.service import DEFAULTS, Service, Setting
from fake_twilio.inspector.service_rows import ServiceRow, service_rows
from fake_twilio.messages.inventory import Inventory
from tests.fake_twilio.doubles import ACCOUNT_SID, AUTH_TOKEN, SENDER, SERVICE_SID


def row(*senders: str, **settings: Setting) -> ServiceRow:
    own = MappingProxyType({**DEFAULTS, **settings})
    service = Service(sid=SERVICE_SID, account_sid=ACCOUNT_SID, friendly_name="parcels", settings=own)
    accounts = (Account(ACCOUNT_SID, AUTH_TOKEN),)
    (found,) = service_rows(Inventory(accounts=accounts, pools=(Pool(service, senders),), queues={}, under_way={}))
    return found


def test_a_service_has_its_pool_of_which_the_first_are_shown() -> None:
    found = row(*(f"+1561555{place:04}" for place in range(400)))

    assert (found.service.friendly_name, found.senders.rows[0], found.senders.left) == ("parcels", "+15615550000", 380)
    assert repr(row(SENDER)) == f"<ServiceRow of {SERVICE_SID}>"


def test_how_a_service_sends_is_told() -> None:
    plain = row(StickySender=False, AreaCodeGeomatch=False, SmartEncoding=False, ValidityPeriod=60)

    assert row().traits == (
        "sticky sender",
        "prefers the recipient's area code",
        "replaces what would force UCS-2",
        "messages may wait 36000 s",
    )
    assert plain.traits == ("senders take turns", "messages may wait 60 s")


@pytest.mark.parametrize(
    ("settings", "inbound"),
    [
        ({}, "nothing is received: it has no address"),
        ({"UseInboundWebhookOnNumber": True}, "to the address of each number"),
        ({"InboundRequestUrl": "https://u:hunter2@app.test/sms", "InboundMethod": "GET"}, "GET https://app.test/sms"),
    ],
    ids=["deaf", "of its numbers", "its own"],
)
def test_where_a_service_tells_of_what_came_is_told_without_a_password(
    settings: dict[str, Setting], inbound: str
) -> None:
    assert row(**settings).inbound == inbound


def test_a_status_callback_is_told_without_a_password() -> None:
    assert row(StatusCallback="https://u:hunter2@app.test/status").status_callback == "https://app.test/status"
    assert row().status_callback == ""
