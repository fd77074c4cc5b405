"""A scope is read as it is written, and one sender has one name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles import SENDER
from tests.opt_outs import SERVICE
from twilio_sms.domain.scope import BRAND, Scope
from twilio_sms.errors import ValidationError


@pytest.mark.parametrize(
    ("written", "name"),
    [
        pytest.param("+1 500 555 0006", SENDER, id="number with spaces"),
        pytest.param("whatsapp:+15005550006", SENDER, id="WhatsApp number"),
        pytest.param("72727", "72727", id="short code"),
        pytest.param("MyShop", "myshop", id="alphanumeric"),
        pytest.param("rcs:Brand_Agent_of_some_length", "brand_agent_of_some_length", id="RCS agent"),
    ],
)
def test_a_sender_has_one_name(written, name):
    assert Scope.of_sender(written).name == name


@pytest.mark.parametrize("sender", ["", "  ", "rcs:", "a" * 101, "a\nb", None, 72727])
def test_what_cannot_be_a_sender_is_refused(sender):
    with pytest.raises(ValidationError, match="sender must have"):
        Scope.of_sender(sender)


def test_the_case_of_a_service_does_not_count():
    assert Scope.of_service(SERVICE.upper()) == Scope.of_service(SERVICE)


@pytest.mark.parametrize("sid", ["", "MG12", "SM" + "0" * 32, "MG" + "g" * 32, None])
def test_what_is_no_service_is_refused(sid):
    with pytest.raises(ValidationError, match="must be MG"):
        Scope.of_service(sid)


@pytest.mark.parametrize(
    "scope", [BRAND, Scope.of_sender(SENDER), Scope.of_sender("Shop: 1"), Scope.of_service(SERVICE)]
)
def test_a_scope_is_read_as_it_is_written(scope):
    assert Scope.parse(scope.to_text()) == scope


@given(sender=st.text(min_size=1))
def test_any_sender_that_is_taken_can_be_written(sender):
    try:
        scope = Scope.of_sender(sender)
    except ValidationError:
        return

    assert Scope.parse(scope.to_text()) == scope


@pytest.mark.parametrize("text", ["", "Brand", "brand:x", "sender:", "service:SM1", "all"])
def test_what_is_no_scope_is_refused(text):
    with pytest.raises(ValidationError):
        Scope.parse(text)


def test_a_scope_tells_no_number():
    assert repr(Scope.of_sender(SENDER)) == "sender:+1500***0006"
    assert repr(BRAND) == "brand"
