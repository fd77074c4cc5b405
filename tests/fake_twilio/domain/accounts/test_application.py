"""Tests of an application and its settings, against Twilio's page of the Application resource."""

import pytest

from fake_twilio.domain.accounts.application import Application, ApplicationPlan
from fake_twilio.domain.twilio.errors import Refusal
from tests.fake_twilio.doubles import ACCOUNT_SID, APPLICATION_SID, CALLBACK, START

NEW = Application(sid=APPLICATION_SID, account_sid=ACCOUNT_SID)


def test_a_new_one_has_no_addresses_and_asks_by_post() -> None:
    assert (NEW.status_callback, NEW.setting("SmsUrl"), NEW.setting("SmsMethod")) == (None, "", "POST")
    assert (NEW.setting("ApiVersion"), NEW.setting("VoiceCallerIdLookup")) == ("2010-04-01", "false")


def test_what_is_absent_stays_and_an_empty_address_is_taken_away() -> None:
    named = NEW.changed((("FriendlyName", "shop"), ("SmsUrl", CALLBACK), ("MessageStatusCallback", CALLBACK)), START)
    moved = named.changed((("SmsUrl", ""), ("SmsMethod", "GET")), START + 1)

    assert (moved.friendly_name, moved.setting("SmsUrl"), moved.setting("SmsMethod")) == ("shop", "", "GET")
    assert (moved.status_callback, named.setting("SmsUrl"), moved.updated_at) == (CALLBACK, CALLBACK, START + 1)


def test_the_old_name_of_the_callback_means_the_same() -> None:
    """Twilio: "Same as message_status_callback. Deprecated"; that the new name wins is inferred."""
    both = (("SmsStatusCallback", "http://old/"), ("MessageStatusCallback", "http://new/"))

    assert NEW.changed(both[:1], START).status_callback == "http://old/"
    assert NEW.changed(both, START).status_callback == "http://new/"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("FriendlyName", "x" * 65, 20001),
        ("SmsUrl", "x", 21402),
        ("SmsStatusCallback", "x", 21402),
        ("SmsFallbackUrl", CALLBACK, 21406),
        ("SmsMethod", "PUT", 20001),
        ("VoiceCallerIdLookup", "perhaps", 20001),
        ("ApiVersion", "2011-01-01", 20001),
    ],
)
def test_a_wrong_setting_is_refused(name: str, value: str, code: int) -> None:
    with pytest.raises(Refusal) as caught:
        NEW.changed(((name, value),), START)

    assert caught.value.code == code


def test_a_plan_becomes_an_application() -> None:
    plan = ApplicationPlan(sid=APPLICATION_SID, friendly_name="shop", settings={"MessageStatusCallback": CALLBACK})

    made = plan.to_application(ACCOUNT_SID, START)

    assert (made.sid, made.account_sid, made.friendly_name) == (APPLICATION_SID, ACCOUNT_SID, "shop")
    assert (made.created_at, made.updated_at, made.status_callback) == (START, START, CALLBACK)
