"""Our client looks numbers up on the fake, with the official SDK as the judge of what it read."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime

import pytest
from twilio.rest import Client as OfficialClient

from fake_twilio.fixture import FakeTwilioFixture
from twilio_sms import ApiError, Client, LineType
from twilio_sms.domain.lookup import PACKAGES

ALL = tuple(PACKAGES)
NUMBERS = ["+14159929960", "+141599299600", "+1", *(f"+1555060000{digit}" for digit in range(1, 8))]


@pytest.fixture
def client(fake_twilio: FakeTwilioFixture) -> Iterator[Client]:
    with fake_twilio.client() as client:
        yield client


@pytest.fixture
def sdk(fake_twilio: FakeTwilioFixture) -> Iterator[OfficialClient]:
    official = OfficialClient(fake_twilio.account_sid, fake_twilio.auth_token)
    official.lookups.base_url = fake_twilio.url
    yield official
    official.http_client.session.close()


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.fake_twilio(scenario="lookups")
def test_we_read_what_the_official_sdk_reads(number: str, client: Client, sdk: OfficialClient) -> None:
    official = sdk.lookups.v2.phone_numbers(number).fetch(fields=",".join(ALL))

    ours = client.lookups.get(number, ALL)

    for name in ("phone_number", "valid", "country_code", "calling_country_code", "national_format", "url"):
        assert getattr(ours, name) == getattr(official, name), name
    assert list(ours.validation_errors) == official.validation_errors
    for name in ALL:
        theirs, read = getattr(official, name), getattr(ours, name)
        assert (read is None) == (theirs is None), name
        if read is not None:
            assert set(asdict(read)) == set(theirs), name
            assert str(read.error_code) == str(theirs["error_code"]), name


@pytest.mark.fake_twilio(scenario="lookups")
def test_packages_come_as_values(client: Client) -> None:
    bakery = client.lookup("+15550600002", ["line_type_intelligence", "caller_name"])
    swapped = client.lookup("+15550600004", ["sim_swap"])

    assert bakery.line_type_intelligence
    assert bakery.line_type_intelligence.type is LineType.LANDLINE
    assert bakery.caller_name
    assert bakery.caller_name.caller_name == "EXAMPLE BAKERY"
    assert swapped.sim_swap
    assert swapped.sim_swap.last_sim_swap
    assert swapped.sim_swap.last_sim_swap.last_sim_swap_date == datetime(2020, 4, 27, 10, 18, 50, tzinfo=UTC)
    assert swapped.line_type_intelligence is None


@pytest.mark.fake_twilio(scenario="lookups")
def test_a_package_that_failed_keeps_its_code_and_is_asked_for_again(
    client: Client, fake_twilio: FakeTwilioFixture
) -> None:
    for _ in range(2):
        failed = client.lookup("+15550600006", ["caller_name"])

    assert failed.caller_name
    assert failed.caller_name.error_code == 60600
    assert len(fake_twilio.requests) == 2


def test_an_invalid_number_is_no_error(client: Client) -> None:
    found = client.lookup("+141599299600", ["caller_name"])

    assert (found.valid, found.validation_errors, found.caller_name) == (False, ("TOO_LONG",), None)


def test_a_number_in_national_form_is_read_with_its_country(client: Client) -> None:
    assert client.lookup("07772 000001", country_code="gb").phone_number == "+447772000001"


def test_what_a_package_needs_to_know_arrives(client: Client) -> None:
    found = client.lookup("+14159929960", ["reassigned_number"], last_verified_date=date(2020, 12, 27))

    assert found.reassigned_number
    assert found.reassigned_number.last_verified_date == date(2020, 12, 27)


def test_what_twilio_refuses_has_its_name(client: Client) -> None:
    with pytest.raises(ApiError) as refused:
        client.lookup("07772 000001", country_code="ZZ")

    assert refused.value.status == 400
