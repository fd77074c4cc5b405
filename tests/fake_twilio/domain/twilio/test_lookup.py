"""Tests of who a number is; the numbers are Twilio's examples, and those that regulators set aside for fiction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_twilio.domain.twilio.lookup import CARRIED, Flaw, Identity, LineType, identify, is_country

# Number, country asked with, then: E.164, calling code, country, national format. The first two are Twilio's examples.
VALID = [
    ("+14159929960", "US", "+14159929960", "1", "US", "(415) 992-9960"),
    ("+447772000001", "US", "+447772000001", "44", "GB", "07772 000001"),
    ("4159929960", "US", "+14159929960", "1", "US", "(415) 992-9960"),
    ("(415) 992-9960", "US", "+14159929960", "1", "US", "(415) 992-9960"),
    ("07772 000001", "GB", "+447772000001", "44", "GB", "07772 000001"),
    ("+80012345678", "US", "+80012345678", "800", None, "1234 5678"),
]
# Twilio's example of an invalid number is +141599299600, TOO_LONG.
INVALID = [
    ("+141599299600", "+141599299600", Flaw.TOO_LONG),
    ("+1415992", "+1415992", Flaw.TOO_SHORT),
    ("9929960", "+19929960", Flaw.TOO_SHORT),
    ("+3766123456", "+3766123456", Flaw.INVALID_LENGTH),  # Andorra: six, eight or nine digits
    ("+15550100001", "+15550100001", Flaw.INVALID_BUT_POSSIBLE),
    ("+999123456789", "+999123456789", Flaw.INVALID_COUNTRY_CODE),
    ("+4", "+4", Flaw.NOT_A_NUMBER),
    ("hello", "hello", Flaw.NOT_A_NUMBER),
    ("", "", Flaw.NOT_A_NUMBER),
    ("4" * 300, "4" * 300, Flaw.TOO_LONG),
]
# Kinds that the plans of these countries reserve a range for.
KINDS = [
    ("+447772000001", LineType.MOBILE),
    ("+442079460000", LineType.LANDLINE),  # Ofcom: for drama, London
    ("+12015550123", LineType.MOBILE),  # the plan does not tell mobile from fixed
    ("+18005550199", LineType.TOLL_FREE),
    ("+19002345678", LineType.PREMIUM),
    ("+15005550006", LineType.PERSONAL),  # 500 is for personal communications
    ("+445612345678", LineType.NON_FIXED_VOIP),
    ("+491803123456", LineType.SHARED_COST),  # Germany's 0180
    ("+447640123456", LineType.PAGER),
    ("+445512345678", LineType.UAN),
    ("+15550100001", LineType.UNKNOWN),
]


@pytest.mark.parametrize(("text", "country", "e164", "calling", "home", "national"), VALID)
def test_a_valid_number_is_known_by_country_and_forms(
    text: str, country: str, e164: str, calling: str, home: str | None, national: str
) -> None:
    found = identify(text, country)

    assert (found.is_valid, found.flaw) == (True, None)
    assert (found.phone_number, found.calling_country_code) == (e164, calling)
    assert (found.country_code, found.national_format) == (home, national)


@pytest.mark.parametrize(("text", "phone_number", "flaw"), INVALID)
def test_an_invalid_number_has_a_flaw(text: str, phone_number: str, flaw: Flaw) -> None:
    found = identify(text)

    assert (found.is_valid, found.phone_number, found.flaw) == (False, phone_number, flaw)


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_the_numbering_plan_tells_the_kind_of_line(text: str, kind: LineType) -> None:
    assert identify(text).line_type is kind


def test_the_last_eight_kinds_have_no_carrier() -> None:
    assert list(LineType)[:4] == [kind for kind in LineType if kind in CARRIED]
    assert len(LineType) - len(CARRIED) == 8


def test_a_made_up_number_may_be_declared_valid_and_then_has_the_country_of_its_code() -> None:
    found = identify("+15550100001").declared(valid=True)

    assert (found.is_valid, found.country_code, found.calling_country_code) == (True, "US", "1")


def test_a_valid_number_may_be_declared_invalid() -> None:
    assert identify("+14159929960").declared(valid=False).flaw is Flaw.INVALID_BUT_POSSIBLE


@pytest.mark.parametrize("text", ["hello", "+141599299600", "+1415992"])
def test_what_no_plan_can_hold_stays_invalid(text: str) -> None:
    found = identify(text)

    assert found.declared(valid=True) == found


def test_a_number_that_cannot_be_read_has_nothing_but_its_flaw() -> None:
    assert identify("hello") == Identity("hello", Flaw.NOT_A_NUMBER)


@given(st.text() | st.text("+0123456789 ()-.;=ext", max_size=30), st.sampled_from(["US", "GB", "DE", "NZ"]))
def test_any_text_has_either_a_flaw_or_the_form_of_e164(text: str, country: str) -> None:
    found = identify(text, country)

    assert found.flaw is not None or (found.phone_number[0] == "+" and found.phone_number[1:].isdigit())


@pytest.mark.parametrize(("code", "known"), [("US", True), ("GB", True), ("us", False), ("ZZ", False), ("", False)])
def test_a_country_is_an_iso_code(code: str, known: bool) -> None:
    assert is_country(code) is known
