"""Tests of a messaging service and its settings."""

import pytest

from fake_twilio.domain.accounts.service import DEFAULTS, Service, ServicePlan
from fake_twilio.domain.twilio.errors import Refusal
from tests.fake_twilio.doubles import ACCOUNT_SID, CALLBACK, SERVICE_SID

NEW = Service(sid=SERVICE_SID, account_sid=ACCOUNT_SID, friendly_name="shop")


def test_a_new_service_has_what_twilios_have() -> None:
    assert (NEW.status_callback, NEW.validity_seconds) == (None, 36_000)
    assert (NEW.is_smart, NEW.is_sticky, NEW.matches_area) == (True, True, True)


def test_what_is_given_changes_and_what_is_absent_stays() -> None:
    form = (
        ("StatusCallback", CALLBACK),
        ("ValidityPeriod", "90"),
        ("SmartEncoding", "false"),
        ("StickySender", "False"),
        ("AreaCodeGeomatch", "false"),
        ("Usecase", "marketing"),
    )

    once = NEW.changed(form, 5.0)
    twice = once.changed((("FriendlyName", "till"), ("StickySender", "true")), 6.0)

    assert (once.status_callback, once.validity_seconds, once.updated_at) == (CALLBACK, 90, 5.0)
    assert (once.is_smart, once.is_sticky, once.matches_area) == (False, False, False)
    assert (once.friendly_name, twice.friendly_name, twice.is_sticky) == ("shop", "till", True)
    assert (twice.settings["Usecase"], twice.settings["InboundMethod"]) == ("marketing", "POST")


def test_an_empty_setting_is_the_one_of_a_new_service() -> None:
    once = NEW.changed((("StatusCallback", CALLBACK), ("ValidityPeriod", "90")), 5.0)

    assert (
        once.changed((("StatusCallback", ""), ("ValidityPeriod", ""), ("FriendlyName", "")), 6.0).settings == DEFAULTS
    )


WRONG = [
    ("FriendlyName", "x" * 65, "The FriendlyName parameter must be at most 64 characters"),
    ("StatusCallback", "nowhere", "The StatusCallback parameter must be an http or https URL"),
    ("InboundRequestUrl", "ftp://example.com", "The InboundRequestUrl parameter must be an http or https URL"),
    ("InboundMethod", "PUT", "The InboundMethod parameter must be one of GET, POST"),
    ("ScanMessageContent", "no", "The ScanMessageContent parameter must be one of inherit, enable, disable"),
    ("StickySender", "1", "The StickySender parameter must be true or false"),
    ("ValidityPeriod", "0", "The ValidityPeriod parameter must be seconds from 1 to 36000"),
    ("ValidityPeriod", "36001", "The ValidityPeriod parameter must be seconds from 1 to 36000"),
    ("ValidityPeriod", "٩٠", "The ValidityPeriod parameter must be seconds from 1 to 36000"),
]


@pytest.mark.parametrize(("name", "text", "said"), WRONG, ids=[f"{name}={text[:9]}" for name, text, _ in WRONG])
def test_a_wrong_setting_is_refused_by_its_name(name: str, text: str, said: str) -> None:
    with pytest.raises(Refusal) as caught:
        NEW.changed(((name, text),), 5.0)

    assert (caught.value.code, caught.value.status, caught.value.message) == (20001, 400, said)


def test_a_planned_service_has_what_is_planned_and_else_what_a_new_one_has() -> None:
    plan = ServicePlan(sid=SERVICE_SID, friendly_name="shop", senders=(), settings={"StickySender": False})

    made = plan.to_service(ACCOUNT_SID, 5.0)

    assert (made.sid, made.account_sid, made.friendly_name) == (SERVICE_SID, ACCOUNT_SID, "shop")
    assert (made.is_sticky, made.is_smart, made.created_at) == (False, True, 5.0)
