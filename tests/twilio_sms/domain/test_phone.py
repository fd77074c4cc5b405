"""Numbers and senders that exist are well-formed, and a refusal tells no number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import RECIPIENT
from twilio_sms.domain.phone import PhoneNumber, Sender, shown
from twilio_sms.errors import ValidationError

E164 = st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True)


@given(text=E164)
def test_a_number_is_what_was_read(text):
    assert PhoneNumber.parse(text).e164 == text


@given(text=st.text() | st.text("+0123456789", max_size=20))
def test_a_number_that_exists_has_a_plus_and_at_most_fifteen_digits(text):
    try:
        number = PhoneNumber.parse(text)
    except ValidationError:
        return

    assert number.e164[0] == "+"
    assert set(number.e164[1:]) <= set("0123456789")
    assert 7 <= len(number.e164[1:]) <= 15


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("15551234567", id="no plus"),
        pytest.param("+05551234567", id="leading zero"),
        pytest.param("+155512", id="six digits"),
        pytest.param("+1555123456789012", id="sixteen digits"),
        pytest.param("+1 555 123 4567", id="spaces"),
        pytest.param("+15551234567\n", id="line feed"),
        pytest.param("+१५५५१२३४५६७", id="Devanagari digits"),
        pytest.param("whatsapp:+15551234567", id="channel"),
        pytest.param(15551234567, id="int"),
        pytest.param(None, id="None"),
        pytest.param(b"+15551234567", id="bytes"),
    ],
)
def test_what_is_no_number_is_refused_and_not_told(text):
    with pytest.raises(ValidationError, match=r"must be an E\.164 number") as caught:
        PhoneNumber.parse(text)

    assert "1234567" not in str(caught.value)


def test_the_example_in_a_refusal_can_be_read():
    with pytest.raises(ValidationError) as caught:
        PhoneNumber.parse("no digits at all")

    assert "***" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("+15005550006", id="E.164"),
        pytest.param("123", id="shortest short code"),
        pytest.param("12345678", id="longest short code"),
        pytest.param("A", id="one letter"),
        pytest.param("Shop & Co.1", id="eleven characters"),
        pytest.param("a_b-c+d", id="all signs"),
    ],
)
def test_a_sender_is_what_was_read(text):
    assert Sender.parse(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("12", id="two digits"),
        pytest.param("123456789", id="nine digits"),
        pytest.param("TwelveLetter", id="twelve letters"),
        pytest.param("- & .", id="no letter"),
        pytest.param("Café", id="not ASCII"),
        pytest.param("Shop\n", id="line feed"),
        pytest.param("Shop!", id="exclamation mark"),
        pytest.param(12345, id="int"),
        pytest.param(None, id="None"),
    ],
)
def test_what_is_no_sender_is_refused(text):
    with pytest.raises(ValidationError, match=r"must be an E\.164 number, a short code or an alphanumeric"):
        Sender.parse(text)


@given(text=E164)
def test_no_repr_shows_a_whole_number(text):
    assert text[1:] not in repr(PhoneNumber.parse(text))
    assert text[1:] not in repr(Sender.parse(text))


def test_an_alphanumeric_sender_may_be_seen():
    assert repr(Sender.parse("MyShop")) == "Sender('MyShop')"


@pytest.mark.parametrize(
    ("value", "described"),
    [
        pytest.param(RECIPIENT, "1555***4567 with 12 characters", id="number"),
        pytest.param("(555) 123-4567", "5*********67 with 14 characters", id="written number"),
        pytest.param("secret", "a text of 6 characters", id="text"),
        pytest.param("", "empty", id="empty"),
        pytest.param(None, "missing", id="nothing"),
        pytest.param(15551234567, "int", id="int"),
    ],
)
def test_a_refused_value_is_described_without_being_told(value, described):
    assert shown(value) == described


@pytest.mark.parametrize(
    ("text", "is_advised"),
    [("5551234567", True), ("(555) 123-4567", True), ("Ada", False), ("", False), (15551234567, False)],
    ids=repr,
)
def test_who_writes_numbers_as_people_do_is_told_how_they_are_read(text, is_advised):
    with pytest.raises(ValidationError) as caught:
        PhoneNumber.parse(text)

    assert ('Config(default_region="US")' in str(caught.value)) is is_advised
