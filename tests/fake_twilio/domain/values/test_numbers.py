"""Tests of phone numbers and senders."""

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_twilio.domain.values.numbers import (
    can_receive,
    country_of,
    is_country,
    is_sender,
    is_toll_free,
    masked,
    to_e164,
)

SENDERS = ["+15005550006", "+4912345", "+123456789012345", "123", "12345678", "INFO", "My Shop", "A-1_&.+", "a" * 11]
NO_SENDERS = ["", "+", "+05005550006", "+123456", "+1234567890123456", "12", "123456789", "a" * 12, "a/b", "   "]
NO_SENDERS += ["15005550006", "+1500555" + "\u0666" * 4, "INFO\n", "MG" + "0" * 32, "é"]


@pytest.mark.parametrize("text", SENDERS)
def test_a_number_a_short_code_and_a_name_are_senders(text: str) -> None:
    assert is_sender(text)


@pytest.mark.parametrize("text", NO_SENDERS, ids=repr)
def test_anything_else_is_no_sender(text: str) -> None:
    assert not is_sender(text)


READ = [
    ("+15551234567", None, "+15551234567"),
    ("+1 (555) 123-4567", None, "+15551234567"),
    ("5551234567", None, "+15551234567"),
    ("15551234567", "+15005550006", "+15551234567"),
    ("07700 900123", "+447700900001", "+447700900123"),
    ("+447911123456", "+15005550006", "+447911123456"),
    ("5551234567", "INFO", "+15551234567"),
    ("5551234567", "12345", "+15551234567"),
    ("5551234567", "+9991234567", "+15551234567"),
    ("5551234567", "+2101234567", "+15551234567"),
]


@pytest.mark.parametrize(("text", "sender", "number"), READ, ids=[f"{text} from {sender}" for text, sender, _ in READ])
def test_a_recipient_is_read_with_the_country_of_the_sender(text: str, sender: str | None, number: str) -> None:
    assert to_e164(text, sender) == number


NO_NUMBERS = ["", "+", "nobody", "+1555", "+1555123456789", "+999123456789", "12345", "+15551234567+15551234568"]
TOO_SHORT = ["+15551234", "5551234"]  # a number inside an area, without its area code
WRAPPED = ["hello +15551234567", "whatsapp:+15551234567", "abc+15551234567"]


@pytest.mark.parametrize("text", NO_NUMBERS + TOO_SHORT + WRAPPED, ids=repr)
def test_what_cannot_be_a_number_is_none(text: str) -> None:
    assert to_e164(text, None) is None


@given(st.text(max_size=40), st.sampled_from([None, "+15005550006", "+447911123456", "INFO"]))
@settings(deadline=None)  # the first example loads what the others find loaded
def test_any_text_is_a_number_in_e164_form_or_none(text: str, sender: str | None) -> None:
    number = to_e164(text, sender)

    assert number is None or (number[0] == "+" and number[1:].isdecimal() and number.isascii() and len(number) <= 16)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+917814001234", "+91781400XXXX"),
        ("12345", "1XXXX"),
        ("1234", "1234"),
        ("INFO", "INFO"),
        ("My Shop", "My Shop"),
    ],
    ids=str,
)
def test_the_last_four_digits_are_hidden_in_a_refusal(number: str, shown: str) -> None:
    assert masked(number) == shown


COUNTRIES = [
    ("+14155550100", "US"),
    ("+447700900001", "GB"),
    ("+15005550006", "US"),
    ("+16045550100", "CA"),
    ("+999123456789", None),
    ("INFO", None),
]


@pytest.mark.parametrize(("number", "country"), COUNTRIES)
def test_the_country_of_a_number(number: str, country: str | None) -> None:
    assert country_of(number) == country


@given(st.from_regex(r"\+1[2-9][0-9]{9}", fullmatch=True))
def test_a_north_american_number_is_what_the_library_would_make_of_it(number: str) -> None:
    parsed = phonenumbers.parse(number, None)

    assert phonenumbers.is_possible_number(parsed)
    assert to_e164(number, None) == phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def test_toll_free_numbers_are_north_american() -> None:
    assert all(map(is_toll_free, ("+18005550100", "+18885550100")))
    assert not any(map(is_toll_free, ("+18105550100", "+448005550100", "800", "+180055501000")))


@pytest.mark.parametrize(("text", "can"), [("+15551234567", True), ("12345", True), ("Alice", False), ("", False)])
def test_nobody_can_write_to_a_name(text: str, can: bool) -> None:
    assert can_receive(text) is can


@pytest.mark.parametrize(("code", "is_one"), [("US", True), ("GB", True), ("UK", False), ("XX", False), ("gb", False)])
def test_a_country_has_numbers(code: str, is_one: bool) -> None:
    assert is_country(code) is is_one
