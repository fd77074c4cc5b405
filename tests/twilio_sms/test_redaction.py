"""Masked numbers hide enough, and texts hold no whole number."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.doubles import ACCOUNT_SID, MESSAGE_SID
from twilio_sms.redaction import mask, mask_numbers

NUMBERS = st.from_regex(r"\+?[1-9][0-9]{6,14}", fullmatch=True)


def _digits(text: str) -> int:
    return sum(character.isdigit() for character in text)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        pytest.param("+15551234567", "+1555***4567", id="eleven digits"),
        pytest.param("15551234567", "1555***4567", id="without a plus"),
        pytest.param("+491701234567890", "+4917***7890", id="fifteen digits"),
        pytest.param("+5551234567", "+5*********67", id="ten digits"),
        pytest.param("123456", "1*********56", id="six digits"),
        pytest.param("12345", "*********", id="short code"),
        pytest.param("", "*********", id="nothing"),
    ],
)
def test_the_middle_of_a_number_is_hidden(number, masked):
    assert mask(number) == masked


@given(number=st.from_regex(r"\+?[0-9]{3,40}", fullmatch=True))
def test_at_least_three_digits_stay_hidden(number):
    assert _digits(number) - _digits(mask(number)) >= 3


@given(number=NUMBERS)
def test_the_length_of_a_masked_number_tells_at_most_whether_it_is_short(number):
    assert len(mask(number).lstrip("+")) in (11, 12)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("to {}", id="after a space"),
        pytest.param("'{}'", id="in quotes"),
        pytest.param("To={}&From=x", id="in a form"),
        pytest.param("whatsapp:{}", id="after a scheme"),
        pytest.param("({})", id="in brackets"),
        pytest.param("{}", id="alone"),
        pytest.param("{}\n{}", id="twice"),
    ],
)
@pytest.mark.parametrize(
    "number",
    [
        pytest.param("+15551234567", id="E.164"),
        pytest.param("15551234567", id="without a plus"),
        pytest.param("%2B15551234567", id="as a URL writes it"),
        pytest.param("+1 555 123 4567", id="with spaces"),
        pytest.param("(555) 123-4567", id="as written in North America"),
        pytest.param("+491555123456701234", id="longer than a number may be"),
    ],
)
def test_a_number_in_a_text_is_masked(text, number):
    masked = mask_numbers(text.replace("{}", number))

    assert "5551234567" not in masked
    assert "***" in masked


@given(before=st.text(" ,.;:()'\"=&?/", max_size=5), number=NUMBERS, after=st.text(" ,.;:()'\"&?/", max_size=5))
def test_no_number_stays_whole_between_punctuation(before, number, after):
    assume(number.startswith("+") or len(number) >= 10)  # fewer digits without a plus may be an amount

    masked = mask_numbers(f"{before} {number} {after}")

    assert number.removeprefix("+") not in masked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"message {MESSAGE_SID} of {ACCOUNT_SID}", id="SIDs"),
        pytest.param("SM" + "1" * 32, id="a SID of digits"),
        pytest.param("Invalid 'To' Phone Number: +1555123XXXX", id="masked by Twilio"),
        pytest.param("HTTP 400, code 21211", id="status and code"),
        pytest.param("1601 characters of 1600", id="lengths"),
        pytest.param("36000 seconds", id="seconds"),
    ],
)
def test_what_is_no_number_stays(text):
    assert mask_numbers(text) == text


@given(text=st.text("+0123456789 aX*-", max_size=60))
def test_masking_twice_changes_nothing_more(text):
    once = mask_numbers(text)

    assert mask_numbers(once) == once
