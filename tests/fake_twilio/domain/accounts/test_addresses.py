"""Tests of settings that are addresses, against Twilio's error dictionary."""

from collections.abc import Mapping

import pytest

from fake_twilio.domain.accounts.addresses import with_addresses
from fake_twilio.domain.twilio.errors import Refusal

SET = {"SmsUrl": "http://a/"}
URLS, METHODS = ("SmsUrl", "SmsFallbackUrl"), ("SmsMethod",)


def test_what_is_given_takes_the_place_of_what_was_set() -> None:
    given = {"SmsUrl": "http://b/", "SmsMethod": "GET", "FriendlyName": "any"}

    assert with_addresses(SET, given, URLS, METHODS) == given
    assert with_addresses(SET, {}, URLS, METHODS) == SET


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"SmsUrl": "ftp://a/"}, 21402),
        ({"SmsMethod": "PUT"}, 20001),
        ({"SmsUrl": "", "SmsFallbackUrl": "http://a/"}, 21406),
    ],
)
def test_what_is_wrong_is_refused(given: Mapping[str, str], code: int) -> None:
    with pytest.raises(Refusal) as caught:
        with_addresses(SET, given, URLS, METHODS)

    assert caught.value.code == code


def test_an_address_may_be_taken_away() -> None:
    assert with_addresses(SET, {"SmsUrl": ""}, URLS, METHODS) == {"SmsUrl": ""}
