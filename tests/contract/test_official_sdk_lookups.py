"""The official Python SDK, unchanged, looks numbers up on the fake."""

from collections.abc import Iterator

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from fake_twilio.fixture import FakeTwilioFixture


@pytest.fixture
def sdk(fake_twilio: FakeTwilioFixture) -> Iterator[Client]:
    client = Client(fake_twilio.account_sid, fake_twilio.auth_token)
    client.lookups.base_url = fake_twilio.url
    yield client
    client.http_client.session.close()


def test_a_number_is_validated_and_formatted(fake_twilio: FakeTwilioFixture, sdk: Client) -> None:
    found = sdk.lookups.v2.phone_numbers("+14159929960").fetch()

    assert (found.valid, found.validation_errors) == (True, [])
    assert (found.phone_number, found.national_format) == ("+14159929960", "(415) 992-9960")
    assert (found.calling_country_code, found.country_code) == ("1", "US")
    assert found.line_type_intelligence is None
    assert found.url == f"{fake_twilio.url}/v2/PhoneNumbers/+14159929960"


def test_a_number_in_national_form_is_read_with_a_country(sdk: Client) -> None:
    assert sdk.lookups.v2.phone_numbers("07772 000001").fetch(country_code="GB").phone_number == "+447772000001"


def test_an_invalid_number_raises_nothing(sdk: Client) -> None:
    found = sdk.lookups.v2.phone_numbers("+141599299600").fetch(fields="caller_name")

    assert (found.valid, found.validation_errors, found.country_code) == (False, ["TOO_LONG"], None)


@pytest.mark.fake_twilio(scenario="lookups")
def test_packages_tell_what_the_scenario_says(sdk: Client) -> None:
    fields = "line_type_intelligence,caller_name,sms_pumping_risk"
    bakery = sdk.lookups.v2.phone_numbers("+15550600002").fetch(fields=fields)
    voip = sdk.lookups.v2.phone_numbers("+15550600003").fetch(fields=fields)
    swapped = sdk.lookups.v2.phone_numbers("+15550600004").fetch(fields="sim_swap")

    assert (bakery.caller_name["caller_name"], bakery.caller_name["caller_type"]) == ("EXAMPLE BAKERY", "BUSINESS")
    assert (bakery.line_type_intelligence["type"], voip.line_type_intelligence["type"]) == ("landline", "nonFixedVoip")
    assert voip.sms_pumping_risk["sms_pumping_risk_score"] == 95
    assert swapped.sim_swap["last_sim_swap"]["swapped_in_period"] is True


def test_a_reassigned_number_is_asked_with_a_date(sdk: Client) -> None:
    found = sdk.lookups.v2.phone_numbers("+14159929960").fetch(
        fields="reassigned_number", last_verified_date="20201227"
    )

    assert found.reassigned_number["last_verified_date"] == "2020-12-27"


def test_an_unknown_field_is_refused(sdk: Client) -> None:
    with pytest.raises(TwilioRestException) as refused:
        sdk.lookups.v2.phone_numbers("+14159929960").fetch(fields="carrier")

    assert refused.value.status == 400
