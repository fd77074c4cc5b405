"""Tests of a number's settings."""

import pytest

from fake_twilio.domain.accounts.incoming_number import IncomingNumber
from fake_twilio.domain.twilio.errors import Refusal

NUMBER = IncomingNumber(sid="PN1", account_sid="AC1", phone_number="+15005550006", created_at=1.0, updated_at=1.0)


def refused(*form: tuple[str, str]) -> int:
    with pytest.raises(Refusal) as caught:
        NUMBER.changed(form, 2.0)
    return caught.value.code


def test_settings_add_up_and_can_be_emptied() -> None:
    both = NUMBER.changed((("SmsUrl", "http://a.test/sms"),), 2.0).changed((("FriendlyName", "shop"),), 3.0)

    emptied = both.changed((("SmsUrl", ""),), 4.0)

    assert (both.setting("SmsUrl"), both.setting("FriendlyName"), both.updated_at) == ("http://a.test/sms", "shop", 3.0)
    assert (emptied.setting("SmsUrl"), NUMBER.setting("SmsUrl"), emptied.created_at) == ("", "", 1.0)


@pytest.mark.parametrize("url", ["ftp://a.test", "nonsense", "http://", "http://a.test:0/", "http://[::1"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    assert refused(("SmsUrl", url)) == 21402


def test_a_fallback_needs_what_it_falls_back_from() -> None:
    assert refused(("SmsFallbackUrl", "http://a.test/")) == 21406


def test_a_method_is_get_or_post() -> None:
    assert refused(("SmsMethod", "DELETE")) == 20001
    assert NUMBER.changed((("SmsMethod", "GET"),), 2.0).setting("SmsMethod") == "GET"


def test_what_is_no_setting_is_ignored() -> None:
    assert NUMBER.changed((("PhoneNumber", "+1"), ("Nonsense", "x")), 1.0) == NUMBER
