"""An error of a delivery is a value that says what to do next."""

import pickle

import pytest

from fake_twilio.domain.twilio.catalogue import RETRY_MAY_HELP
from twilio_sms.catalogue import DELIVERY_CODES
from twilio_sms.domain.delivery_error import (
    MAY_PASS_LATER,
    NEEDS_A_CHANGE,
    CarrierRejected,
    DeliveryError,
    LandlineOrUnreachable,
    UnknownNumber,
    UnreachableNumber,
)

ALSO_LATE = frozenset({20504, 21211, 21610, 21612, 21614, 21703, 21704, 30454})  # also come after the 201


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (30003, UnreachableNumber),
        (30004, CarrierRejected),
        (30005, UnknownNumber),
        (30006, LandlineOrUnreachable),
        (30007, CarrierRejected),
        (30008, DeliveryError),
        (99999, DeliveryError),
    ],
)
def test_a_code_has_its_kind(code, kind):
    error = DeliveryError.of(code)

    assert (type(error), error.code) == (kind, code)


def test_every_code_of_a_delivery_has_one_advice():
    codes = [code for table in (MAY_PASS_LATER, NEEDS_A_CHANGE) for codes in table.values() for code in codes]

    assert len(codes) == len(set(codes))
    assert set(codes) == DELIVERY_CODES | ALSO_LATE


@pytest.mark.parametrize("code", sorted(DELIVERY_CODES | ALSO_LATE))
def test_whether_a_new_message_may_get_through_is_what_the_dictionary_says(code):
    assert DeliveryError.of(code).may_repeat is (code in RETRY_MAY_HELP)


def test_of_a_new_code_nothing_is_claimed():
    error = DeliveryError.of(39999)

    assert error.may_repeat is None
    assert error.advice.endswith(".")
    assert error.more_info == "https://www.twilio.com/docs/api/errors/39999"


def test_it_is_a_value():
    error = DeliveryError.of(30005)

    assert error == UnknownNumber(30005) == pickle.loads(pickle.dumps(error))
    assert error != DeliveryError(30005)
    assert repr(error) == "UnknownNumber(code=30005)"
