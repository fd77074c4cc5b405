"""Tests of what Faker makes up; texts are counted by the client."""

import re
from typing import Any

import phonenumbers
import pytest
from faker import Faker

from fake_twilio.faker_provider import FICTITIOUS, TwilioProvider
from twilio_sms import count_segments

COUNTRIES = (*FICTITIOUS, "GB", "DE", "BR", "IN", "us")


def faker(seed: int = 7) -> Any:
    made = Faker()
    made.add_provider(TwilioProvider)
    made.seed_instance(seed)
    return made


def test_a_sid_has_its_shape() -> None:
    made = faker()

    assert re.fullmatch(r"SM[0-9a-f]{32}", made.twilio_sid())
    assert re.fullmatch(r"MG[0-9a-f]{32}", made.twilio_sid(prefix="MG"))
    assert made.twilio_sid() != made.twilio_sid()


@pytest.mark.parametrize("prefix", ["", "sm", "SMS", "S1"])
def test_a_prefix_has_two_capital_letters(prefix: str) -> None:
    with pytest.raises(ValueError, match="two capital letters"):
        faker().twilio_sid(prefix)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_number_is_a_valid_one_of_its_country(country: str) -> None:
    made = faker()
    numbers = [made.e164(country) for _ in range(50)]

    assert all(re.fullmatch(r"\+[1-9][0-9]{6,14}", number) for number in numbers)
    parsed = [phonenumbers.parse(number) for number in numbers]
    assert all(phonenumbers.is_valid_number(number) for number in parsed)
    assert {phonenumbers.region_code_for_number(number) for number in parsed} == {country.upper()}


def test_american_numbers_are_those_kept_for_fiction() -> None:
    made = faker()

    numbers = {made.e164() for _ in range(100)}
    assert len(numbers) > 50
    assert all(re.fullmatch(r"\+1[2-9][0-9]{2}55501[0-9]{2}", number) for number in numbers)


@pytest.mark.parametrize("country", ["XX", "001", ""])
def test_what_is_no_country_has_no_number(country: str) -> None:
    with pytest.raises(ValueError, match="two letters of a country"):
        faker().e164(country)


@pytest.mark.parametrize(("encoding", "name", "most"), [("gsm7", "GSM-7", 11), ("ucs2", "UCS-2", 24)])
def test_a_text_takes_as_many_segments_as_were_wanted(encoding: str, name: str, most: int) -> None:
    made = faker()

    for segments in range(1, most):
        counted = [count_segments(made.sms_body(segments, encoding)) for _ in range(20)]
        assert {(each.segments, each.encoding) for each in counted} == {(segments, name)}


@pytest.mark.parametrize(("segments", "encoding"), [(0, "gsm7"), (-1, "gsm7"), (12, "gsm7"), (25, "ucs2"), (1, "utf8")])
def test_a_text_that_nobody_could_send_is_refused(segments: int, encoding: Any) -> None:
    with pytest.raises(ValueError, match="wanted"):
        faker().sms_body(segments, encoding)


def test_the_same_seed_makes_up_the_same() -> None:
    def made_up(seed: int) -> tuple[str, ...]:
        made = faker(seed)
        return made.twilio_sid(), made.e164(), made.sms_body(2), made.sms_body(3, "ucs2")

    assert made_up(1) == made_up(1)
    assert made_up(1) != made_up(2)
