"""What Twilio signs has its exact shape."""

import re

import pytest

from tests.doubles import ACCOUNT_SID, MESSAGE_SID, RECIPIENT, SENDER
from twilio_sms.domain.status import Status
from twilio_sms.errors import ValidationError
from twilio_sms.webhooks import shapes
from twilio_sms.webhooks.parameters import Parameters


@pytest.mark.parametrize(
    "address",
    [
        RECIPIENT,
        "12345",
        "15551234567",
        "whatsapp:+15551234567",
        "whatsapp:US.13491208655302741918",
        "messenger:1234567890",
        "rcs:acme_shop_agent",
        "rcs:CityBank",
        "Acme Shop",
        "A&B-Co.",
    ],
)
def test_an_address_of_any_channel_is_one(address):
    assert shapes.check("From", address, shapes.ADDRESS) == address


@pytest.mark.parametrize(
    "address",
    [
        "",
        "+",
        "12",
        f"{RECIPIENT}FromCityPARIS",
        f"{SENDER}To",
        f"{RECIPIENT}\n",
        "rcs:agentToCityPARIS",
        "ABFromCity",
        "Twelve Chars",
        "+155512345671234567890",
        "WhatsApp:+15551234567",
        "٣٣٣٣٣",
    ],
)
def test_what_has_swallowed_something_is_no_address(address):
    with pytest.raises(ValidationError, match="From has not the shape of one") as refused:
        shapes.check("From", address, shapes.ADDRESS)

    assert not address or address not in str(refused.value)


@pytest.mark.parametrize(
    ("shape", "good", "bad"),
    [
        (shapes.MESSAGE_SID, MESSAGE_SID, MESSAGE_SID + "N"),
        (shapes.MESSAGE_SID, "MM" + "0" * 32, "SM" + "0" * 31),
        (shapes.ACCOUNT_SID, ACCOUNT_SID, ACCOUNT_SID.upper()),
        (shapes.SERVICE_SID, "MG" + "0" * 32, ""),
        (shapes.API_VERSION, "2010-04-01", "2010-04-01Bodyhi"),
        (shapes.COUNT, "10", "1NumSegments1"),
        (shapes.STATUS, "partially_delivered", "deliveredTo"),
        (shapes.ERROR_CODE, "30003", "30003From"),
        (shapes.MEDIA_URL, "https://api.twilio.com/2010-04-01/Accounts/AC1/Media/ME1", "https://a b"),
        (shapes.CONTENT_TYPE, "image/jpeg", "image/jpegMediaContentType1image/png"),
        (shapes.CONTENT_TYPE, "text/x-vcard; charset=utf-8", "text"),
        (shapes.CONTENT_TYPE, "", " "),
    ],
)
def test_a_shape_leaves_no_room_for_what_comes_next(shape, good, bad):
    assert shape.fullmatch(good)
    assert not shape.fullmatch(bad)


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_shape(status):
    assert shapes.STATUS.fullmatch(status)


def test_an_optional_value_is_checked_if_there_is_one():
    parameters = Parameters((("NumMedia", "x"), ("NumSegments", ""), ("Count", "2")))

    assert shapes.read_optional(parameters, "NumSegments", shapes.COUNT) is None
    assert shapes.read_optional(parameters, "Count", shapes.COUNT) == "2"
    with pytest.raises(ValidationError, match="NumMedia"):
        shapes.read_optional(parameters, "NumMedia", shapes.COUNT)


@pytest.mark.parametrize(("expected", "is_taken"), [(None, True), (ACCOUNT_SID, True), ("AC" + "0" * 32, False)])
def test_the_account_is_ours(expected, is_taken):
    parameters = Parameters((("AccountSid", ACCOUNT_SID),))

    if is_taken:
        assert shapes.read_account(parameters, expected) == ACCOUNT_SID
        return
    with pytest.raises(ValidationError, match="another account"):
        shapes.read_account(parameters, expected)


def test_names_for_one_thing_say_the_same():
    parameters = Parameters((("SmsSid", MESSAGE_SID),))

    shapes.check_equal(parameters, MESSAGE_SID, "SmsSid", "SmsMessageSid")
    with pytest.raises(ValidationError, match="SmsSid must say the same"):
        shapes.check_equal(parameters, "SM" + "1" * 32, "SmsSid")


def test_no_shape_holds_a_thread_with_what_a_stranger_writes():
    hostile = ("From" * 500 + "To" * 500)[:1600]

    assert not any(shape.fullmatch(hostile) for shape in vars(shapes).values() if isinstance(shape, re.Pattern))
