"""Masked numbers hide enough, and texts hold no whole number."""

import logging
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.doubles import ACCOUNT_SID, MESSAGE_SID
from twilio_sms.redaction import RedactLevel, Redactor, level_for, mask, mask_numbers, redact_phone, redact_sid

KEY = b"a key of the tests"
HIDING = [level for level in RedactLevel if level is not RedactLevel.NONE]
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


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        (RedactLevel.NONE, "+15551234567"),
        (RedactLevel.FULL, "+1555***4567"),
        (RedactLevel.PARTIAL, "+1*********67"),
    ],
    ids=lambda value: value.name if isinstance(value, RedactLevel) else "",
)
def test_a_level_shows_that_much_of_a_number(level, shown):
    assert redact_phone("+15551234567", level, key=KEY) == shown


@pytest.mark.parametrize("level", [None, "all", 20])
def test_what_is_no_level_is_refused(level):
    with pytest.raises(ValueError, match="is not a valid RedactLevel"):
        redact_phone("+15551234567", level)


def test_a_number_is_masked_unless_a_level_is_named():
    assert redact_phone("+15551234567") == "+1555***4567"


@pytest.mark.parametrize("level", [RedactLevel.FULL, RedactLevel.PARTIAL], ids=lambda level: level.name)
@given(number=st.from_regex(r"\+?[0-9]{3,40}", fullmatch=True))
def test_each_middle_level_hides_at_least_three_digits(level, number):
    assert _digits(number) - _digits(redact_phone(number, level, key=KEY)) >= 3


@pytest.mark.parametrize("level", HIDING, ids=lambda level: level.name)
@given(number=st.from_regex(r"\+?[0-9]{9,15}", fullmatch=True))
def test_no_level_but_none_shows_a_whole_number(level, number):
    assert number.removeprefix("+") not in redact_phone(number, level, key=KEY)


@given(numbers=st.tuples(NUMBERS, NUMBERS))
def test_the_width_of_a_partial_form_tells_nothing_of_the_number(numbers):
    widths = {len(redact_phone(number, RedactLevel.PARTIAL).lstrip("+")) for number in numbers}

    assert widths == {12}


@given(number=st.text(max_size=20), key=st.binary(min_size=1))
def test_equal_numbers_have_equal_hashes(number, key):
    shown = redact_phone(number, RedactLevel.HASH, key=key)

    assert re.fullmatch(r"hash:[0-9a-f]{8}", shown)
    assert redact_phone(number, RedactLevel.HASH, key=key) == shown


def test_a_hash_differs_between_keys_and_between_numbers():
    hashes = {redact_phone(f"+1555123456{n}", RedactLevel.HASH, key=bytes([k])) for n in range(10) for k in range(10)}

    assert len(hashes) == 100


def test_a_hash_is_that_of_the_standard():
    # RFC 4231, "Test Case 2": HMAC-SHA-256 with the key "Jefe".
    assert redact_phone("what do ya want for nothing?", RedactLevel.HASH, key=b"Jefe") == "hash:5bdcc146"


@pytest.mark.parametrize("make", [lambda: Redactor(b""), lambda: redact_phone("+15551234", RedactLevel.HASH, key=b"")])
def test_a_hash_without_a_key_is_refused(make):
    with pytest.raises(ValueError, match="undone by trying all numbers"):
        make()


@pytest.mark.parametrize(
    ("logging_level", "level"),
    [
        (logging.CRITICAL, RedactLevel.PARTIAL),
        (logging.ERROR, RedactLevel.PARTIAL),
        (logging.WARNING, RedactLevel.PARTIAL),
        (logging.INFO, RedactLevel.FULL),
        (logging.DEBUG, RedactLevel.HASH),
    ],
)
def test_a_log_level_tells_how_numbers_appear(logging_level, level):
    assert level_for(logging_level) is level


@given(logging_level=st.integers())
def test_no_log_level_shows_a_whole_number(logging_level):
    assert level_for(logging_level) is not RedactLevel.NONE


def test_an_account_is_known_by_its_beginning():
    assert redact_sid("ACab12" + "0" * 28) == "ACab12***"


def test_a_redactor_keeps_its_key_to_itself():
    redactor = Redactor(KEY)

    assert redactor.phone("+15551234567", RedactLevel.HASH) == redact_phone("+15551234567", RedactLevel.HASH, key=KEY)
    assert "key of the tests" not in repr(redactor)


@pytest.mark.parametrize(
    ("sender", "shown"),
    [
        pytest.param("My Shop", "My Shop", id="a name"),
        pytest.param("Shop24", "Shop24", id="a name with digits"),
        pytest.param("+15551234567", "+1555***4567", id="a number"),
        pytest.param("12345", "*********", id="a short code"),
        pytest.param("A5551234567", "A555***4567", id="a name that hides a number"),
        pytest.param("whatsapp:+15551234567", "what***4567", id="an address of a channel"),
    ],
)
def test_a_sender_is_shown_if_it_is_a_name(sender, shown):
    assert Redactor(KEY).sender(sender) == shown
