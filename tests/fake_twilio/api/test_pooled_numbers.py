"""The numbers of a messaging service on the wire, with nothing but HTTP between."""

from typing import Any

import pytest
import requests

from fake_twilio.fixture import FakeTwilioFixture


def call(fake: FakeTwilioFixture, method: str, path: str, **form: str) -> tuple[int, Any]:
    """Return status and JSON of a request."""
    auth = (fake.account_sid, fake.auth_token)
    response = requests.request(method, f"{fake.url}{path}", auth=auth, data=form, timeout=5)
    return response.status_code, response.json() if response.content else None


def bought(fake: FakeTwilioFixture) -> dict[str, Any]:
    path = f"/2010-04-01/Accounts/{fake.account_sid}/IncomingPhoneNumbers.json"
    return dict(call(fake, "POST", path, AreaCode="415")[1])


@pytest.fixture
def pool(fake_twilio: FakeTwilioFixture) -> str:
    """The path of the pool of a new service."""
    return f"/v1/Services/{call(fake_twilio, 'POST', '/v1/Services', FriendlyName='shop')[1]['sid']}/PhoneNumbers"


def test_a_number_joins_and_is_shown_with_all_its_keys(fake_twilio: FakeTwilioFixture, pool: str) -> None:
    number = bought(fake_twilio)

    status, made = call(fake_twilio, "POST", pool, PhoneNumberSid=number["sid"])

    assert status == 201
    assert made == {
        "sid": number["sid"],
        "account_sid": fake_twilio.account_sid,
        "service_sid": pool.split("/")[3],
        "date_created": made["date_created"],
        "date_updated": made["date_created"],
        "phone_number": number["phone_number"],
        "country_code": "US",
        "capabilities": ["SMS", "MMS", "Voice"],
        "url": f"{fake_twilio.url}{pool}/{number['sid']}",
    }
    assert call(fake_twilio, "GET", f"{pool}/{number['sid']}") == (200, made)


def test_numbers_are_paged_and_leave(fake_twilio: FakeTwilioFixture, pool: str) -> None:
    one, two = (call(fake_twilio, "POST", pool, PhoneNumberSid=bought(fake_twilio)["sid"])[1] for _ in range(2))

    _, page = call(fake_twilio, "GET", f"{pool}?PageSize=1")

    assert page["phone_numbers"] == [two]
    assert page["meta"]["key"] == "phone_numbers"
    assert page["meta"]["next_page_url"] == f"{fake_twilio.url}{pool}?PageSize=1&Page=1&PageToken=PA{two['sid']}"
    assert call(fake_twilio, "DELETE", f"{pool}/{one['sid']}") == (204, None)
    assert call(fake_twilio, "GET", pool)[1]["phone_numbers"] == [two]
    assert call(fake_twilio, "DELETE", f"{pool}/{one['sid']}")[0] == 404


def test_what_cannot_join_is_refused(fake_twilio: FakeTwilioFixture, pool: str) -> None:
    number = bought(fake_twilio)["sid"]
    _, other = call(fake_twilio, "POST", "/v1/Services", FriendlyName="other")
    call(fake_twilio, "POST", pool, PhoneNumberSid=number)

    again = call(fake_twilio, "POST", pool, PhoneNumberSid=number)
    elsewhere = call(fake_twilio, "POST", f"/v1/Services/{other['sid']}/PhoneNumbers", PhoneNumberSid=number)
    unknown = call(fake_twilio, "POST", pool, PhoneNumberSid="PN" + "0" * 32)
    nothing = call(fake_twilio, "POST", pool)
    nowhere = call(fake_twilio, "GET", f"/v1/Services/MG{'0' * 32}/PhoneNumbers")

    told = [(status, tree["code"]) for status, tree in (again, elsewhere, unknown, nothing, nowhere)]
    assert told == [(409, 21710), (409, 21712), (404, 20404), (400, 20001), (404, 20404)]
