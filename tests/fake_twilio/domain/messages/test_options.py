"""Tests of what a create form may ask for besides recipient, sender and text."""

import pytest

from fake_twilio.domain.messages.options import CHOICES, OPTIONS, read_options
from fake_twilio.domain.twilio.errors import Refusal
from fake_twilio.domain.twilio.form import Form
from tests.fake_twilio.doubles import SENDER, SERVICE_SID

APPLICATION_SID = "AP" + "0f" * 16
FALLBACK: Form = (("FallbackFrom", SENDER),)

GOOD = [(name, choice) for name, choices in CHOICES.items() for choice in choices]
GOOD += [("Attempt", "1"), ("Attempt", "0"), ("ApplicationSid", APPLICATION_SID), ("MessageIntent", "anything")]
GOOD += [("MaxPrice", price) for price in ("0.5", "1", ".5", "2.", "1e-05", "1E5")]
GOOD += [(name, "perhaps") for name in ("ProvideFeedback", "ForceDelivery", "ShortenUrls", "SendAsMms")]

BAD = [
    ("ContentRetention", "Retain", 20001, "ContentRetention must be retain or discard"),
    ("AddressRetention", "discard", 20001, "AddressRetention must be retain or obfuscate"),
    ("TrafficType", "paid", 20001, "TrafficType must be free"),
    ("RiskCheck", "true", 20001, "RiskCheck must be enable or disable"),
    *(("Attempt", text, 20001, "Attempt must be a whole number") for text in ("one", "1.0", "-1", "٣", "9" * 5000)),
    ("ApplicationSid", "AP1", 20001, "ApplicationSid must be the SID of an application: AP and 32 hexadecimal digits"),
    *(
        ("MaxPrice", text, 21627, "Max Price must be a valid float")
        for text in ("free", "-1", "nan", "inf", "1_0", ".")
    ),
]


def read(form: Form) -> Form:
    return read_options(form, None, SERVICE_SID)


@pytest.mark.parametrize(("name", "value"), GOOD)
def test_an_option_is_kept_as_it_was_given(name: str, value: str) -> None:
    assert read(((name, value),)) == ((name, value),)


@pytest.mark.parametrize(("name", "value", "code", "text"), BAD, ids=[f"{row[0]} {row[1][:9]}" for row in BAD])
def test_a_malformed_option_is_refused(name: str, value: str, code: int, text: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(((name, value),))

    assert (caught.value.code, caught.value.status, caught.value.message) == (code, 400, text)


def test_order_and_repetition_are_kept_and_what_is_no_option_is_left_out() -> None:
    form = (("Body", "x"), ("PersistentAction", "geo:1,2"), ("Attempt", "1"), ("PersistentAction", "mailto:a@b"))

    assert read(form) == form[1:]


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_an_empty_value_counts_as_not_given(name: str) -> None:
    assert read(((name, ""),)) == ()


def test_no_options_are_the_same_nothing() -> None:
    assert read((("Body", "x"),)) is read(())


@pytest.mark.parametrize(
    ("sender", "service_sid", "code"),
    [(SENDER, None, 21666), (SENDER, SERVICE_SID, 21664)],
    ids=["no service", "a sender too"],
)
def test_a_fallback_goes_with_a_service_that_chooses(sender: str, service_sid: str | None, code: int) -> None:
    with pytest.raises(Refusal) as caught:
        read_options(FALLBACK, sender, service_sid)

    assert caught.value.code == code
    assert read_options(FALLBACK, None, SERVICE_SID) == FALLBACK


def test_a_fallback_must_look_like_a_sender() -> None:
    with pytest.raises(Refusal) as caught:
        read((("FallbackFrom", "no/sender"),))

    assert caught.value.code == 21665
