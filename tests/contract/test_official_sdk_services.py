"""The official Python SDK, unchanged, against the fake's messaging services."""

from collections.abc import Iterator

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from fake_twilio.domain.fate.outcome import lives
from fake_twilio.domain.rules.scenario import Scenario
from fake_twilio.fixture import FakeTwilioFixture
from tests.doubles import RECIPIENT, SENDER


@pytest.fixture
def sdk(fake_twilio: FakeTwilioFixture) -> Iterator[Client]:
    fake_twilio.use(Scenario(name="own", about="", numbers=(SENDER,), rules=(), otherwise=lives()))
    client = Client(fake_twilio.account_sid, fake_twilio.auth_token)
    client.api.base_url = client.messaging.base_url = fake_twilio.url
    yield client
    client.http_client.session.close()


def code_of(caught: pytest.ExceptionInfo[TwilioRestException]) -> tuple[int, int]:
    return caught.value.status, caught.value.code


def test_a_service_with_a_pool_chooses_a_sender_that_sticks(sdk: Client, fake_twilio: FakeTwilioFixture) -> None:
    service = sdk.messaging.v1.services.create(friendly_name="shop", smart_encoding=True, validity_period=60)
    numbers = [sdk.incoming_phone_numbers.create(phone_number=f"+1415555001{digit}") for digit in range(3)]
    for number in numbers:
        service.phone_numbers.create(phone_number_sid=number.sid)

    recipients = [RECIPIENT, "+15551230001", RECIPIENT, RECIPIENT]
    sent = [sdk.messages.create(to=to, messaging_service_sid=service.sid, body="“hi”") for to in recipients]
    fake_twilio.settle()
    senders = [message.fetch().from_ for message in sent]

    assert [(message.status, message.from_, message.num_segments) for message in sent] == [("accepted", None, "0")] * 4
    assert senders[0] == senders[2] == senders[3] != senders[1]
    assert {message.body for message in sent} == {'"hi"'}
    assert {message.messaging_service_sid for message in sent} == {service.sid}


def test_services_are_listed_changed_and_deleted(sdk: Client) -> None:
    made = [sdk.messaging.v1.services.create(friendly_name=f"s{digit}").sid for digit in range(5)]

    listed = [service.sid for service in sdk.messaging.v1.services.list(page_size=2)]
    changed = sdk.messaging.v1.services(made[0]).update(friendly_name="till", sticky_sender=False)
    deleted = sdk.messaging.v1.services(made[0]).delete()

    assert listed == made[::-1]
    assert (changed.friendly_name, changed.sticky_sender, changed.smart_encoding) == ("till", False, True)
    assert (changed.date_created.tzinfo is not None, deleted) == (True, True)
    with pytest.raises(TwilioRestException) as caught:
        sdk.messaging.v1.services(made[0]).fetch()
    assert code_of(caught) == (404, 20404)


def test_numbers_of_a_pool_are_listed_fetched_and_taken_out(sdk: Client) -> None:
    service = sdk.messaging.v1.services.create(friendly_name="shop")
    bought = [sdk.incoming_phone_numbers.create(phone_number=f"+1415555001{digit}").sid for digit in range(3)]
    for sid in bought:
        service.phone_numbers.create(phone_number_sid=sid)

    listed = [number.sid for number in service.phone_numbers.list(page_size=2)]
    pooled = sdk.messaging.v1.services(service.sid).phone_numbers(bought[0])
    one, taken = pooled.fetch(), pooled.delete()

    assert listed == bought[::-1]
    assert one.phone_number == "+14155550010"
    assert (taken, len(service.phone_numbers.list())) == (True, 2)


def test_what_a_service_refuses(sdk: Client) -> None:
    service = sdk.messaging.v1.services.create(friendly_name="shop")

    with pytest.raises(TwilioRestException) as unknown:
        sdk.messages.create(to=RECIPIENT, messaging_service_sid="MG" + "0" * 32, body="x")
    with pytest.raises(TwilioRestException) as outside:
        sdk.messages.create(to=RECIPIENT, from_=SENDER, messaging_service_sid=service.sid, body="x")
    with pytest.raises(TwilioRestException) as malformed:
        sdk.messages.create(to=RECIPIENT, messaging_service_sid="MG1", body="x")

    assert [code_of(caught) for caught in (unknown, outside, malformed)] == [(404, 21701), (400, 21711), (400, 21705)]


def test_a_service_with_an_empty_pool_takes_a_message_and_fails_it(sdk: Client, fake_twilio: FakeTwilioFixture) -> None:
    service = sdk.messaging.v1.services.create(friendly_name="shop")

    sent = sdk.messages.create(to=RECIPIENT, messaging_service_sid=service.sid, body="x")
    fake_twilio.settle()

    failed = sent.fetch()
    assert (sent.status, failed.status, failed.error_code) == ("accepted", "failed", 21704)
    assert failed.error_message == "The Messaging Service contains no phone numbers"
