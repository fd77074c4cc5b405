"""The official Python SDK, unchanged, against the fake's incoming phone numbers."""

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
    client.api.base_url = fake_twilio.url
    yield client
    client.http_client.session.close()


def test_a_number_is_bought_set_up_used_and_released(sdk: Client) -> None:
    bought = sdk.incoming_phone_numbers.create(phone_number="+15005550010", sms_url="http://127.0.0.1:9/sms")
    changed = sdk.incoming_phone_numbers(bought.sid).update(friendly_name="shop", sms_method="GET")
    sent = sdk.messages.create(to=RECIPIENT, from_=bought.phone_number, body="x")
    released = sdk.incoming_phone_numbers(bought.sid).delete()

    with pytest.raises(TwilioRestException) as refused:
        sdk.messages.create(to=RECIPIENT, from_=bought.phone_number, body="x")

    assert (changed.friendly_name, changed.sms_method, changed.sms_url) == ("shop", "GET", "http://127.0.0.1:9/sms")
    assert (sent.from_, released, refused.value.code) == ("+15005550010", True, 21659)


def test_numbers_are_filtered_and_paged(sdk: Client) -> None:
    bought = [sdk.incoming_phone_numbers.create(phone_number=f"+1500555001{n}").phone_number for n in range(4)]

    listed = [number.phone_number for number in sdk.incoming_phone_numbers.list(page_size=2)]
    matching = [number.phone_number for number in sdk.incoming_phone_numbers.list(phone_number="555*13")]

    assert listed == [*bought[::-1], SENDER]
    assert matching == ["+15005550013"]
    assert sdk.incoming_phone_numbers.list(origin="hosted") == []


def test_a_number_that_is_taken_is_refused(sdk: Client) -> None:
    with pytest.raises(TwilioRestException) as refused:
        sdk.incoming_phone_numbers.create(phone_number=SENDER)

    assert (refused.value.status, refused.value.code) == (400, 21422)
