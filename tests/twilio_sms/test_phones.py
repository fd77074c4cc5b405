"""Numbers as people write them become E.164; what no country could have given is refused."""

import pytest

from twilio_sms.domain.phone import Sender
from twilio_sms.errors import ValidationError
from twilio_sms.phones import number_reader


@pytest.mark.parametrize(
    ("region", "text", "e164"),
    [
        (None, "+1 (555) 123-4567", "+15551234567"),
        (None, "+15551234567", "+15551234567"),
        ("US", "(555) 123-4567", "+15551234567"),
        ("US", "+44 20 7946 0958", "+442079460958"),
        ("GB", "020 7946 0958", "+442079460958"),
        ("DE", "030 901820", "+4930901820"),
    ],
)
def test_a_number_is_read_as_it_is_written_in_its_region(region, text, e164):
    assert number_reader(region)(text).e164 == e164


@pytest.mark.parametrize(
    ("region", "text"),
    [
        (None, "(555) 123-4567"),
        (None, "+1555"),
        (None, "+1555123456789"),
        ("US", "555 123 4567 ext. 9"),
        ("US", "hello"),
        ("US", "whatsapp:+15551234567"),
        ("US", "order 5551234567"),
        ("US", "1-800-FLOWERS"),
        ("US", ""),
        ("US", None),
    ],
    ids=repr,
)
def test_what_is_no_possible_number_is_refused_and_not_shown(region, text):
    with pytest.raises(ValidationError, match="must be a possible number") as caught:
        number_reader(region)(text)

    assert "5551234" not in str(caught.value)


@pytest.mark.parametrize("region", ["us", "XX", "", 5])
def test_a_region_that_is_no_country_is_refused(region):
    with pytest.raises(ValidationError, match="default_region must be a country of two letters"):
        number_reader(region)


def test_a_sender_may_be_written_so_too_and_a_short_code_stays_one():
    read = number_reader("US")

    assert Sender.parse("(500) 555-0006", read).text == "+15005550006"
    assert Sender.parse("12345", read).text == "12345"
