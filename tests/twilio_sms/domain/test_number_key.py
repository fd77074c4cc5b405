"""However a number is written, one form of it is kept; what is not clearly one number is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twilio_sms.domain.number_key import number_key, without_channel
from twilio_sms.errors import ValidationError

E164 = st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("+15551234567", id="E.164"),
        pytest.param("whatsapp:+15551234567", id="WhatsApp"),
        pytest.param("rcs:+15551234567", id="RCS"),
        pytest.param("RCS: +15551234567", id="channel in capitals"),
        pytest.param("+1 555 123 4567", id="spaces"),
        pytest.param("+1 (555) 123-4567", id="as in North America"),
        pytest.param("+1.555.123.4567", id="dots"),
        pytest.param(" +15551234567\n", id="white space around"),
        pytest.param("+1\u00a0555\u202f123\u20114567", id="spaces and hyphens that break no line"),
        pytest.param("\u202a+15551234567\u202c", id="marks of direction, as phones copy them"),
        pytest.param("".join(chr(ord(sign) + 0xFEE0) for sign in "+15551234567"), id="full width"),
    ],
)
def test_one_number_has_one_key(text):
    assert number_key(text) == "+15551234567"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("15551234567", id="no plus"),
        pytest.param("(555) 123-4567", id="national"),
        pytest.param("0015551234567", id="00, after which Brazil dials a carrier"),
        pytest.param("+44 (0)20 7946 0018", id="a zero for dialling within the country"),
        pytest.param("+44 ( 0 ) 20 7946 0018", id="the same with spaces"),
        pytest.param("+1555123456x7", id="a letter"),
        pytest.param("+1 555 123 4567 ext 5", id="an extension"),
        pytest.param("+1555123456७", id="a Devanagari digit"),
        pytest.param("++15551234567", id="two plus"),
        pytest.param("+1555+1234567", id="a plus within"),
        pytest.param("whatsapp:rcs:+15551234567", id="two channels"),
        pytest.param("72727", id="a short code"),
        pytest.param("", id="nothing"),
        pytest.param(None, id="None"),
    ],
)
def test_what_is_not_clearly_one_number_is_refused(text):
    with pytest.raises(ValidationError, match=r"E\.164"):
        number_key(text)


@given(text=E164)
def test_a_key_is_its_own_key(text):
    assert number_key(number_key(text)) == text


@given(number=E164, data=st.data())
def test_separators_anywhere_after_the_plus_change_nothing(number, data):
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", ".", "\u00a0"]), min_size=20, max_size=20))

    assert number_key("+" + "".join(map("".join, zip(number[1:], gaps, strict=False)))) == number


@given(text=st.from_regex(r"(whatsapp:)?0?[1-9][0-9]{7,14}", fullmatch=True))
def test_a_refused_number_is_not_told(text):
    with pytest.raises(ValidationError) as caught:
        number_key(text)

    assert text.removeprefix("whatsapp:") not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "plain"), [("rcs:agent", "agent"), ("whatsapp:+1", "+1"), ("MyShop", "MyShop"), ("tel:+1", "tel:+1")]
)
def test_a_channel_is_taken_off_an_address(address, plain):
    assert without_channel(address) == plain
