"""Twilio's magic numbers, against the table of its test credentials."""

import pytest

from fake_twilio.domain.rules.magic import magic_code, purchase_code
from fake_twilio.domain.rules.magic import test_code as rehearsed_code

GOOD = "+15005550006"
ANYONE = "+15551234567"


@pytest.mark.parametrize(
    ("to", "sender", "code"),
    [
        ("+15005550001", GOOD, 21211),
        ("+15005550002", GOOD, 21612),
        ("+15005550003", GOOD, 21408),
        ("+15005550004", GOOD, 21610),
        ("+15005550009", GOOD, 21614),
        (ANYONE, "+15005550001", 21212),
        (ANYONE, "+15005550007", 21606),
        (ANYONE, "+15005550008", 21611),
        (ANYONE, GOOD, None),
        (GOOD, ANYONE, None),
        (ANYONE, None, None),
    ],
)
def test_a_magic_number_is_refused_with_its_code(to: str, sender: str | None, code: int | None) -> None:
    assert magic_code(to, sender) == code


@pytest.mark.parametrize(
    ("to", "sender", "code"),
    [
        (ANYONE, GOOD, None),
        (ANYONE, ANYONE[:-1] + "8", 21606),
        (ANYONE, None, 21606),
        (ANYONE, "+15005550001", 21212),
        ("+15005550004", GOOD, 21610),
    ],
)
def test_test_credentials_send_from_one_number_alone(to: str, sender: str | None, code: int | None) -> None:
    assert rehearsed_code(to, sender) == code


@pytest.mark.parametrize(
    ("number", "area_code", "code"),
    [
        ("+15005550000", None, 21422),
        ("+15005550001", None, 21421),
        ("+15005550006", None, None),
        (None, "533", 21452),
        (None, "500", None),
    ],
)
def test_test_credentials_buy_what_twilio_says(number: str | None, area_code: str | None, code: int | None) -> None:
    assert purchase_code(number, area_code) == code
