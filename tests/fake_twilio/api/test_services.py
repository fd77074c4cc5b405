"""The Service resource on the wire, with nothing but HTTP between."""

from typing import Any

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture


def call(fake: FakeTwilioFixture, method: str, rest: str = "", host: str | None = None, **form: str) -> tuple[int, Any]:
    """Return status and JSON of a request below the services."""
    response = requests.request(
        method,
        f"{fake.url}/v1/Services{rest}",
        auth=(fake.account_sid, fake.auth_token),
        data=form,
        headers={"Host": host} if host else {},
        timeout=5,
    )
    return response.status_code, response.json() if response.content else None


def test_a_new_service_is_shown_with_all_its_keys(fake_twilio: FakeTwilioFixture) -> None:
    status, made = call(fake_twilio, "POST", FriendlyName="shop", StickySender="false")

    url = f"{fake_twilio.url}/v1/Services/{made['sid']}"
    assert status == 201
    assert made == {
        "sid": made["sid"],
        "account_sid": fake_twilio.account_sid,
        "friendly_name": "shop",
        "date_created": made["date_created"],
        "date_updated": made["date_created"],
        "inbound_request_url": None,
        "inbound_method": "POST",
        "fallback_url": None,
        "fallback_method": "POST",
        "status_callback": None,
        "sticky_sender": False,
        "mms_converter": True,
        "smart_encoding": True,
        "scan_message_content": "inherit",
        "fallback_to_long_code": True,
        "area_code_geomatch": True,
        "validity_period": 36_000,
        "synchronous_validation": False,
        "usecase": "undeclared",
        "use_inbound_webhook_on_number": False,
        "us_app_to_person_registered": False,
        "url": url,
        "links": {"phone_numbers": f"{url}/PhoneNumbers"},
    }
    assert made["date_created"].endswith("Z")


def test_addresses_name_the_host_that_was_asked(fake_twilio: FakeTwilioFixture) -> None:
    call(fake_twilio, "POST", FriendlyName="one")
    call(fake_twilio, "POST", FriendlyName="two")

    _, page = call(fake_twilio, "GET", "?PageSize=1", host="localhost:9999")

    base = "http://localhost:9999/v1/Services"
    (shown,) = page["services"]
    assert shown["url"] == f"{base}/{shown['sid']}"
    assert page["meta"] == {
        "page": 0,
        "page_size": 1,
        "first_page_url": f"{base}?PageSize=1&Page=0",
        "next_page_url": f"{base}?PageSize=1&Page=1&PageToken=PA{shown['sid']}",
        "previous_page_url": None,
        "url": f"{base}?PageSize=1&Page=0",
        "key": "services",
    }


def test_pages_lead_through_all_services_and_back(fake_twilio: FakeTwilioFixture) -> None:
    made = [call(fake_twilio, "POST", FriendlyName=name)[1]["sid"] for name in "abc"]
    auth = (fake_twilio.account_sid, fake_twilio.auth_token)
    seen, url, last = [], f"{fake_twilio.url}/v1/Services?PageSize=1", {}
    while url:
        last = requests.get(url, auth=auth, timeout=5).json()
        seen += [service["sid"] for service in last["services"]]
        url = last["meta"]["next_page_url"]

    before = requests.get(last["meta"]["previous_page_url"], auth=auth, timeout=5).json()

    assert seen == made[::-1]
    assert [service["sid"] for service in before["services"]] == [made[1]]


def test_a_service_is_changed_and_closed(fake_twilio: FakeTwilioFixture) -> None:
    sid = call(fake_twilio, "POST", FriendlyName="shop")[1]["sid"]

    _, changed = call(fake_twilio, "POST", f"/{sid}", ValidityPeriod="90", Usecase="marketing")

    assert (changed["friendly_name"], changed["validity_period"], changed["usecase"]) == ("shop", 90, "marketing")
    assert call(fake_twilio, "GET", f"/{sid}") == (200, changed)
    assert call(fake_twilio, "DELETE", f"/{sid}") == (204, None)
    assert [call(fake_twilio, method, f"/{sid}")[0] for method in ("GET", "POST", "DELETE")] == [404] * 3


@pytest.mark.parametrize("form", [{}, {"FriendlyName": ""}, {"FriendlyName": "x", "InboundMethod": "PUT"}], ids=repr)
def test_what_is_wrong_is_refused(fake_twilio: FakeTwilioFixture, form: dict[str, str]) -> None:
    status, refused = call(fake_twilio, "POST", **form)

    assert (status, refused["code"]) == (400, 20001)


def test_test_credentials_do_not_reach_services(fake_twilio: FakeTwilioFixture) -> None:
    auth = (fake_twilio.test_account_sid, fake_twilio.test_auth_token)

    refused = requests.get(f"{fake_twilio.url}/v1/Services", auth=auth, timeout=5)

    assert (refused.status_code, refused.json()["code"]) == (403, 20008)
