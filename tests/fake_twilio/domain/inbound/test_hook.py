"""Tests of where a message that came in is told, against Twilio's OpenAPI file."""

from collections.abc import Mapping

import pytest

from fake_twilio.domain.accounts.application import Application
from fake_twilio.domain.accounts.service import DEFAULTS, Service, Setting
from fake_twilio.domain.inbound.hook import Hook, hook_of, is_deaf
from tests.fake_twilio.doubles import ACCOUNT_SID, APPLICATION_SID, SERVICE_SID

NUMBER = {"SmsUrl": "http://n/", "SmsMethod": "GET", "SmsFallbackUrl": "http://n/f", "SmsFallbackMethod": "GET"}
OF_NUMBER = Hook("http://n/", "GET", "http://n/f", "GET")


def service(**settings: Setting) -> Service:
    return Service(sid=SERVICE_SID, account_sid=ACCOUNT_SID, settings={**DEFAULTS, **settings})


def test_a_number_outside_services_has_its_own_address() -> None:
    assert hook_of(None, NUMBER) == OF_NUMBER
    assert hook_of(None, {"SmsUrl": "http://n/"}) == Hook("http://n/", "POST", None, "POST")


@pytest.mark.parametrize("number", [{}, {"SmsUrl": ""}])
def test_where_nothing_is_set_nothing_is_told(number: Mapping[str, str]) -> None:
    assert (hook_of(None, number), is_deaf(None)) == (None, False)


def test_the_address_of_a_service_counts_for_its_numbers() -> None:
    one = service(InboundRequestUrl="http://s/", InboundMethod="GET", FallbackUrl="http://s/f")

    assert (hook_of(one, NUMBER), is_deaf(one)) == (Hook("http://s/", "GET", "http://s/f", "POST"), False)


def test_a_service_may_leave_it_to_its_numbers() -> None:
    one = service(InboundRequestUrl="http://s/", UseInboundWebhookOnNumber=True)

    assert hook_of(one, NUMBER) == OF_NUMBER


def application(**settings: str) -> Application:
    return Application(sid=APPLICATION_SID, account_sid=ACCOUNT_SID, settings=settings)


def test_the_addresses_of_an_application_count_before_those_of_the_number() -> None:
    """OpenAPI: "we ignore all of the `sms_*_url` urls and use those set on the application"."""
    whole = application(SmsUrl="http://a/", SmsMethod="GET", SmsFallbackUrl="http://a/f", SmsFallbackMethod="GET")

    assert hook_of(None, NUMBER, whole) == Hook("http://a/", "GET", "http://a/f", "GET")
    assert hook_of(None, NUMBER, application(SmsUrl="http://a/")) == Hook("http://a/", "POST", None, "POST")
    assert hook_of(None, NUMBER, application()) is None


def test_the_address_of_a_service_counts_before_that_of_an_application() -> None:
    leaves_it = service(InboundRequestUrl="http://s/", UseInboundWebhookOnNumber=True)

    assert hook_of(service(InboundRequestUrl="http://s/"), NUMBER, application(SmsUrl="http://a/")) == Hook("http://s/")
    assert hook_of(leaves_it, NUMBER, application(SmsUrl="http://a/")) == Hook("http://a/")


def test_a_service_without_an_address_receives_nothing() -> None:
    """OpenAPI: "When this property is null, receiving inbound messages is disabled"."""
    assert is_deaf(service())
    assert not is_deaf(service(UseInboundWebhookOnNumber=True))
