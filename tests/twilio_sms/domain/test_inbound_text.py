"""An inbound text tells neither the number nor what it says."""

import pytest

from tests.opt_outs import inbound
from twilio_sms.domain.inbound_text import InboundText
from twilio_sms.errors import ValidationError


def test_it_tells_neither_number_nor_text():
    assert repr(inbound("secret", sid="SM1")) == "InboundText(SM1 from +1555***4567)"


def test_it_counts_as_unsigned_unless_somebody_says_otherwise():
    assert not InboundText(sid="SM1", from_="+15551234567", to="72727", body="START").is_signed


@pytest.mark.parametrize("name", ["sid", "from_", "to", "body"])
@pytest.mark.parametrize("value", [None, b"STOP"], ids=["none", "bytes"])
def test_what_is_no_text_is_refused_by_name(name, value):
    with pytest.raises(ValidationError, match=f"{name} must be a text, is {type(value).__name__}"):
        inbound(**{"body": "STOP", name: value})


@pytest.mark.parametrize("value", ["no", 1, None], ids=repr)
def test_it_is_signed_or_not_and_nothing_in_between(value):
    with pytest.raises(ValidationError, match=f"is_signed must be True or False, is {value!r}"):
        inbound("START", is_signed=value)
